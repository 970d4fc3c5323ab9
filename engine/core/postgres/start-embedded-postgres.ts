import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { GraftError } from "../errors.ts";
import { postgresAccount } from "./account.ts";
import { runnableBinaries } from "./binaries.ts";
import { initialiseData } from "./initialise-data.ts";
import { runAs } from "./run-as.ts";

export interface EmbeddedPostgres {
  url: string;
  pid: number;
  port: number;
  /** It was left running by a host that died, and is used as it is. */
  takenOver: boolean;
  /** Fast shutdown; resolves when the server is gone. */
  stop(): Promise<void>;
}

const database = "graft";

/**
 * Starts PostgreSQL on `dir` (created at first use), or takes over the one a killed host left running there.
 * It listens on 127.0.0.1 at a free port, scram-sha-256, password in `dir`.password (mode 0600).
 * @throws EMBEDDED_POSTGRES_FAILED with the end of the server's log
 */
export async function startEmbeddedPostgres(options: {
  dir: string;
  settings?: Record<string, string>;
  /** Undefined: a free one. */
  port?: number;
}): Promise<EmbeddedPostgres> {
  const { dir } = options;
  const account = postgresAccount();
  const passwordFile = `${dir}.password`;
  if (!existsSync(join(dir, "PG_VERSION"))) await initialiseData(dir, passwordFile, account);
  const password = readFileSync(passwordFile, "utf8").trim();

  const left = readPostmaster(dir);
  if (left) {
    const url = urlOf(left.port, password);
    await waitUntilReady(url, dir, () => isAlive(left.pid));
    return { url, ...left, takenOver: true, stop: () => stopServer(left.pid) };
  }
  const { postgres } = await runnableBinaries(account);
  const port = options.port ?? (await freePort());
  const { dataPath, ...as } = runAs(account, dir);
  const args = [
    "-D",
    dataPath,
    "-p",
    String(port),
    "-c",
    "listen_addresses=127.0.0.1",
    "-c",
    "unix_socket_directories=",
  ];
  for (const [key, value] of Object.entries(options.settings ?? {})) args.push("-c", `${key}=${value}`);
  const log = openSync(`${dir}.log`, "a", 0o600);
  // Detached: Ctrl-C in the terminal reaches the host alone, which then stops modules first and the database last.
  const child = spawn(postgres, args, { stdio: ["ignore", log, log], detached: true, ...as });
  closeSync(log);
  const pid = await spawned(child);
  child.unref();
  const url = urlOf(port, password);
  await waitUntilReady(url, dir, () => child.exitCode === null && child.signalCode === null);
  return { url, pid, port, takenOver: false, stop: () => stopServer(pid) };
}

function urlOf(port: number, password: string): string {
  return `postgresql://graft:${password}@127.0.0.1:${port}/${database}`;
}

/** postmaster.pid: line 1 the process id, line 4 the port (PostgreSQL, miscadmin.h). */
function readPostmaster(dir: string): { pid: number; port: number } | null {
  const file = join(dir, "postmaster.pid");
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, "utf8").split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  return pid > 0 && port > 0 && isAlive(pid) ? { pid, port } : null;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function spawned(child: ChildProcess): Promise<number> {
  await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
  return child.pid as number;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Crash recovery of a large database may take a while; a server that is alive is waited for, up to a minute. */
async function waitUntilReady(url: string, dir: string, alive: () => boolean): Promise<void> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    const client = new pg.Client({
      connectionString: url.replace(/\/[^/]*$/, "/postgres"),
      connectionTimeoutMillis: 2000,
    });
    client.on("error", () => {});
    try {
      await client.connect();
      const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [database]);
      if (rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
      await client.end();
      return;
    } catch (cause) {
      await client.end().catch(() => {});
      if (alive() && performance.now() < deadline) {
        await sleep(10);
        continue;
      }
      const tail = existsSync(`${dir}.log`)
        ? readFileSync(`${dir}.log`, "utf8").split("\n").slice(-8).join("\n")
        : "";
      throw new GraftError(
        "EMBEDDED_POSTGRES_FAILED",
        `The embedded PostgreSQL did not come up: ${(cause as Error).message}\n${tail}`,
        {
          hint: `Its log is ${dir}.log. Set DATABASE_URL to use a PostgreSQL server of yours.`,
          cause,
        },
      );
    }
  }
}

/** SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one (crash recovery at the next start). */
async function stopServer(pid: number): Promise<void> {
  const signal = (name: NodeJS.Signals) => {
    if (isAlive(pid)) process.kill(pid, name);
  };
  signal("SIGINT");
  for (let waitedMs = 0; isAlive(pid); waitedMs += 10) {
    if (waitedMs === 10_000) signal("SIGQUIT");
    if (waitedMs > 20_000) return;
    await sleep(10);
  }
}
