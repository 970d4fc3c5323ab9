import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createHostDb, type Problem } from "../../../core/index.ts";
import { childEnv } from "../../../core/testing/child-env.ts";
import { createTestDatabase, type TestDatabase } from "../../../core/testing/index.ts";
import type { HostCommand } from "../../../edge/host/testing/run-host.ts";
import { embeddedUrl, type HostDatabase } from "../../../module-data/testing/query-module.ts";
import type { OperationView } from "../../operations/types.ts";
import type { PlanChange } from "../../plan/index.ts";

type WorldDatabase = TestDatabase & HostDatabase;

export interface CrashWorld {
  database: WorldDatabase;
  root: string;
  dataDir: string;
  catalogDir: string;
  hostPid(): number;
  /** A host that is up, has recovered and converged; the one that runs, or another. */
  up(): Promise<void>;
  /** On the host that runs. @throws when it is refused or the host dies */
  apply(changes: PlanChange[]): Promise<OperationView>;
  send(command: HostCommand): Promise<Problem | null>;
  /** The host that runs, or one that starts and recovers, must die at that point. */
  killAt(fault: string, command: HostCommand): Promise<void>;
  close(): Promise<void>;
}

export interface CrashWorldOptions {
  /** PostgreSQL is the host's own, which it starts and ends, instead of a database on the server of the run. */
  embedded?: boolean;
  env?: Record<string, string>;
}

interface HostProcess {
  child: ChildProcess;
  /** Null when it died instead of answering. */
  ask(command: HostCommand): Promise<Answer | null>;
  output(): string;
}
type Answer = { result?: unknown; problem?: Problem };

const script = join(import.meta.dirname, "../../../edge/host/testing/run-host.ts");

/** A database, a data directory and hosts on them, one at a time; the next is loaded, not started, beside the present one. */
export async function createCrashWorld(options: CrashWorldOptions = {}): Promise<CrashWorld> {
  const shared = options.embedded ? null : await createTestDatabase();
  const root = mkdtempSync(join(tmpdir(), "gc-"));
  // As root, PostgreSQL and modules run as other accounts that must pass through.
  chmodSync(root, 0o711);
  const [dataDir, catalogDir] = [join(root, "data"), join(root, "catalog")];
  mkdirSync(catalogDir);
  // Sockets of module processes: short, for sun_path.
  mkdirSync(join(root, "t"));
  const settings = {
    ...{ TMPDIR: join(root, "t"), GRAFT_LOG_LEVEL: "silent" },
    ...{ GRAFT_DATA_DIR: dataDir, GRAFT_CATALOGS: `dir:${catalogDir}` },
    ...(shared ? { DATABASE_URL: shared.url } : {}),
    ...options.env,
  };
  const running: { host: HostProcess | null } = { host: null };
  let standby = load(settings);

  let embedded: WorldDatabase | null = null;
  /** Once the host is up. */
  function own(): WorldDatabase {
    if (embedded) return embedded;
    const url = embeddedUrl(dataDir, "postgres");
    const db = createHostDb(url);
    embedded = { url, db, close: db.close, modulesUrl: embeddedUrl(dataDir, "postgres-modules") };
    return embedded;
  }
  async function ask(command: HostCommand): Promise<Answer> {
    const answer = await running.host?.ask(command);
    if (answer) return answer;
    throw new Error(`the host died: ${running.host?.output()}`);
  }
  function next(): HostProcess {
    running.host = standby;
    standby = load(settings);
    return running.host;
  }
  const world: CrashWorld = {
    ...{ root, dataDir, catalogDir },
    get database() {
      return shared ?? own();
    },
    hostPid: () => running.host?.child.pid as number,
    async up() {
      if (running.host !== null) return;
      next();
      const { problem } = await ask({ do: "start" });
      if (problem) throw new Error(`the host did not start: ${problem.detail}`);
    },
    async apply(changes) {
      const { result, problem } = await ask({ do: "apply", changes });
      if (problem) throw new Error(`${problem.code}: ${problem.detail}`);
      return result as OperationView;
    },
    send: async (command) => (await ask(command)).problem ?? null,
    async killAt(fault, command) {
      const victim = command.do === "start" ? next() : running.host;
      if (victim === null) throw new Error("no host runs");
      const answer = await victim.ask({ ...command, fault });
      if (answer) throw new Error(`the host was not killed at ${fault}: ${JSON.stringify(answer)}`);
      if (victim.child.signalCode !== "SIGKILL") throw new Error("it ended otherwise");
      running.host = null;
    },
    async close() {
      // Its connections keep an embedded server from ending in order.
      await embedded?.close();
      for (const each of [running.host, standby]) await end(each);
      await shared?.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
  return world;
}

async function end(host: HostProcess | null): Promise<void> {
  if (host === null || host.child.exitCode !== null || host.child.signalCode !== null) return;
  const gone = once(host.child, "exit");
  host.child.stdin?.end();
  await gone;
}

function load(env: Record<string, string>): HostProcess {
  const child = spawn(process.execPath, [script], {
    env: childEnv(env),
    stdio: ["pipe", "pipe", "pipe"],
  });
  let output = "";
  child.stderr.on("data", (chunk) => {
    output += chunk;
  });
  child.stdin.on("error", () => {});
  const gone = once(child, "exit").then(() => null);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    output: () => output,
    async ask(command) {
      child.stdin.write(`${JSON.stringify(command)}\n`);
      const line = lines.next().then(({ value, done }) => (done ? gone : (JSON.parse(value) as Answer)));
      return Promise.race([line, gone]);
    },
  };
}
