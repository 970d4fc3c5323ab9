import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { childEnv } from "../../engine/core/testing/child-env.ts";
import { copyTemplate, type RunningGraft } from "./start-graft.ts";

// One for each worker of Playwright: what a start costs (4 s of a core, and pages that are rendered for the first time) is
// paid once for all files that need no process of their own.
let server: ChildProcess | null = null;
let output = "";

/** As `startGraft`, on the worker's server, whose host before this one must have been ended. */
export async function reuseServer(options: { env?: Record<string, string> }): Promise<RunningGraft> {
  server ??= await startServer();
  const { pid = 0 } = server;
  const dataDir = copyTemplate();
  output = "";
  await tell({ GRAFT_DATA_DIR: dataDir, GRAFT_LOG_LEVEL: "warn", ...options.env });
  const { url, token } = JSON.parse(readFileSync(join(dataDir, "host.json"), "utf8"));
  return {
    ...{ url, dataDir, pid, hostToken: token, output: () => output },
    async stop() {
      await tell(null);
      return 0;
    },
    kill: () => Promise.reject(new Error("Others use this server; the file needs one of its own.")),
  };
}

async function startServer(): Promise<ChildProcess> {
  const { HOME, TMPDIR } = process.env;
  const child = spawn(process.execPath, [join(import.meta.dirname, "reused-server.ts")], {
    env: childEnv({ HOME, TMPDIR }),
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
    });
  }
  child.once("exit", () => {
    server = null;
  });
  await answer(child);
  return child;
}

async function tell(env: Record<string, string> | null): Promise<void> {
  if (server === null) throw new Error(`The worker's server has ended:\n${output}`);
  const answered = answer(server);
  server.send({ env });
  await answered;
}

async function answer(child: ChildProcess): Promise<void> {
  const ended = new AbortController();
  const exit = () => ended.abort();
  child.once("exit", exit);
  try {
    const [{ ok, error }] = await once(child, "message", { signal: ended.signal });
    if (!ok) throw new Error(`${error}\n${output}`);
  } catch (cause) {
    throw ended.signal.aborted ? new Error(`The worker's server has ended:\n${output}`, { cause }) : cause;
  } finally {
    child.off("exit", exit);
  }
}
