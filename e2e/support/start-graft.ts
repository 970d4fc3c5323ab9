import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { childEnv } from "../../engine/core/testing/child-env.ts";

export interface RunningGraft {
  url: string;
  dataDir: string;
  pid: number;
  /** Of `.graft/host.json`: acts as the CLI on the host's own machine. */
  hostToken: string;
  output(): string;
  /** SIGTERM, as a service manager would; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL of the host alone. */
  kill(): Promise<void>;
}

export interface StartOptions {
  /** One that exists is started again. */
  dataDir?: string;
  env?: Record<string, string>;
}

/** A data directory with an administrator, made once for the run (prepare-run.ts). */
export const templateVariable = "GRAFT_E2E_TEMPLATE";

/** What a first start makes, PostgreSQL and its tables above all, copied; owners stay as they are. */
export function copyTemplate(): string {
  const dataDir = mkdtempSync(join(tmpdir(), "graft-e2e-"));
  const template = process.env[templateVariable];
  if (template === undefined) throw new Error(`${templateVariable} is not set: run this through Playwright.`);
  execFileSync("cp", ["-a", `${template}/.`, dataDir]);
  return dataDir;
}

const rootDir = join(import.meta.dirname, "../..");

/** The real server as `npm start` runs it, on a free port with a data directory of its own. */
export async function startGraft(options: StartOptions = {}): Promise<RunningGraft> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "graft-e2e-"));
  const { HOME, TMPDIR, GRAFT_CHECK_ANSWERS } = process.env;
  const env = {
    HOME,
    TMPDIR,
    PORT: "0",
    GRAFT_DATA_DIR: dataDir,
    GRAFT_LOG_LEVEL: "warn",
    GRAFT_CHECK_ANSWERS,
    ...options.env,
  };
  const child = spawn(process.execPath, ["server.ts"], {
    cwd: rootDir,
    env: childEnv(env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  await untilReady(child, () => output);
  const file = JSON.parse(readFileSync(join(dataDir, "host.json"), "utf8")) as { url: string; token: string };
  const gone = new Promise<number | null>((resolve) => child.once("exit", resolve));
  return {
    url: file.url,
    dataDir,
    pid: child.pid ?? 0,
    hostToken: file.token,
    output: () => output,
    async stop() {
      child.kill("SIGTERM");
      return gone;
    },
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
  };
}

function untilReady(child: ChildProcess, output: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish(new Error(`Graft was not ready in time:\n${output()}`)), 90_000);
    const look = setInterval(() => output().includes("is ready in") && finish(), 20);
    const exited = (code: number | null) => finish(new Error(`Graft ended with ${code}:\n${output()}`));
    function finish(error?: Error) {
      clearTimeout(timer);
      clearInterval(look);
      child.off("exit", exited);
      if (!error) return resolve();
      child.kill("SIGKILL");
      reject(error);
    }
    child.once("exit", exited);
  });
}

/** Stops it and removes all it had. */
export async function endGraft(graft: RunningGraft): Promise<void> {
  await graft.stop();
  rmSync(graft.dataDir, { recursive: true, force: true });
}
