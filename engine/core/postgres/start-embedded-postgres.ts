import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { GraftError } from "../errors.ts";
import { type Account, assertReachable, postgresAccount } from "./account.ts";
import { findBinaries } from "./binaries.ts";

export interface EmbeddedPostgres {
  url: string;
  pid: number;
  port: number;
  /** It was left running by a host that died, and is used as it is. */
  takenOver: boolean;
  /** Fast shutdown; resolves when the server is gone. */
  stop(): Promise<void>;
}

const user = "graft";
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
  if (!existsSync(join(dir, "PG_VERSION"))) await initialise(dir, passwordFile, account);
  const password = readFileSync(passwordFile, "utf8").trim();

  const left = readPostmaster(dir);
  if (left) {
    const url = urlOf(left.port, password);
    await waitUntilReady(url, dir, () => isAlive(left.pid));
    return { url, ...left, takenOver: true, stop: () => stopServer(left.pid) };
  }
  const { postgres } = await findBinaries();
  assertReachable(postgres, account);
  const port = options.port ?? (await freePort());
  const args = [
    "-D",
    dir,
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
  const child = spawn(postgres, args, { stdio: ["ignore", log, log], detached: true, ...owner(account) });
  const pid = await spawned(child);
  child.unref();
  const url = urlOf(port, password);
  await waitUntilReady(url, dir, () => child.exitCode === null && child.signalCode === null);
  return { url, pid, port, takenOver: false, stop: () => stopServer(pid) };
}

async function initialise(dir: string, passwordFile: string, account: Account | null): Promise<void> {
  const { initdb } = await findBinaries();
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (account) chownSync(dir, account.uid, account.gid);
  assertReachable(dir, account);
  assertReachable(initdb, account);
  // Without PG_VERSION whatever lies here is an initdb that was killed.
  rmSync(dir, { recursive: true });
  mkdirSync(dir, { mode: 0o700 });
  if (account) chownSync(dir, account.uid, account.gid);
  const password = randomBytes(24).toString("base64url");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) chownSync(passwordFile, account.uid, account.gid);
  const args = ["-D", dir, "-U", user, "-A", "scram-sha-256", `--pwfile=${passwordFile}`, "-E", "UTF8"];
  // The same sort order and case rules on every machine, whatever locales it has.
  args.push("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8");
  const child = spawn(initdb, args, { stdio: ["ignore", "ignore", "pipe"], ...owner(account) });
  let stderr = "";
  child.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  if (code === 0) return;
  rmSync(dir, { recursive: true, force: true });
  throw new GraftError("EMBEDDED_POSTGRES_FAILED", `initdb ended with ${code}: ${stderr.trim()}`, {
    hint: "Set DATABASE_URL to use a PostgreSQL server of yours.",
  });
}

function owner(account: Account | null) {
  return account
    ? {
        uid: account.uid,
        gid: account.gid,
        env: { PATH: "/usr/bin:/bin", LC_ALL: "C" } as unknown as NodeJS.ProcessEnv,
      }
    : {};
}

function urlOf(port: number, password: string): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
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
