import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { manifestSchema } from "../manifest/index.ts";
import { createModuleDatabase, type ModuleTestDatabase } from "./create-module-database.ts";
import { sendRequest, type TestRequest } from "./send-request.ts";
import { signIdentity, type TestUser } from "./sign-identity.ts";

export interface StartOptions {
  /** A PostgreSQL server that lets databases be created; needed when the manifest has a database. The module gets one of its own. */
  postgresUrl?: string;
  config?: Record<string, unknown>;
  /** Added to what the host would set. */
  env?: Record<string, string>;
}

export interface RunningModule {
  /** A request as that user, as the gateway would pass it on; null sends no identity. */
  fetch(user: TestUser | null, path: string, init?: TestRequest): Promise<Response>;
  /** What it wrote to standard output and error so far. */
  log(): string;
  pid: number;
  socket: string;
  identityKey: Buffer;
  /** Of the module's own test database; null when it has none. */
  databaseUrl: string | null;
  /** SIGTERM; resolves with the exit code once it is gone. */
  stop(): Promise<number | null>;
}

const startTimeoutMs = 10_000;

/**
 * Runs a module from its sources in a process of its own, against a real database schema: what a test of its API needs.
 * @throws with the process's output when it does not come up
 */
export async function startModule(dir: string, options: StartOptions = {}): Promise<RunningModule> {
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(dir, "module.json"), "utf8")));
  const runDir = await mkdtemp(join(tmpdir(), "graft-module-"));
  const socket = join(runDir, "socket");
  const identityKey = randomBytes(32);
  let database: ModuleTestDatabase | undefined;
  const env: Record<string, string> = {
    GRAFT_SOCKET: socket,
    GRAFT_MODULE: manifest.name,
    GRAFT_VERSION: manifest.version,
    GRAFT_IDENTITY_KEY: identityKey.toString("base64url"),
    GRAFT_CONFIG: JSON.stringify(options.config ?? {}),
    ...options.env,
  };
  if (manifest.database) {
    if (!options.postgresUrl)
      throw new Error(`${manifest.name} has a database: pass postgresUrl to startModule.`);
    database = await createModuleDatabase(options.postgresUrl, {
      schema: `m_${manifest.name.replaceAll("-", "_")}`,
      migrations: join(dir, manifest.database.migrations),
    });
    env.DATABASE_URL = database.url;
  }
  const hook = fileURLToPath(new URL("./resolve-sdk.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", hook, resolve(dir, "server/index.ts")], {
    env: env as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const exited = new Promise<number | null>((done) => child.once("exit", done));
  const stop = async () => {
    child.kill("SIGTERM");
    const code = await exited;
    await database?.drop();
    await rm(runDir, { recursive: true, force: true });
    return code;
  };
  await waitUntilListening(socket, child, () => output).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    fetch(user, path, init = {}) {
      const token = user && signIdentity(user, { module: manifest.name, key: identityKey });
      const headers = { ...(token && { "graft-identity": token }), ...init.headers };
      return sendRequest(socket, path, { ...init, headers });
    },
    log: () => output,
    pid: child.pid ?? 0,
    socket,
    identityKey,
    databaseUrl: database?.url ?? null,
    stop,
  };
}

async function waitUntilListening(socket: string, child: ChildProcess, output: () => string): Promise<void> {
  const end = Date.now() + startTimeoutMs;
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`The module ended with ${child.exitCode}:\n${output()}`);
    const answer = await sendRequest(socket, "/healthz").catch(() => null);
    if (answer) return;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error(`The module did not listen within ${startTimeoutMs} ms:\n${output()}`);
}
