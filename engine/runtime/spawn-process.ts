import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { type Digest, GraftError } from "../core/index.ts";
import { captureOutput } from "./capture-output.ts";
import type { LogBuffer } from "./log-buffer.ts";
import type { ModuleSpec } from "./types.ts";
import type { Watchdog } from "./watchdog.ts";

export interface Exit {
  code: number | null;
  signal: string | null;
}

/** One process of one module; several of the same module may live at once (the old drains beside the new). */
export interface ModuleProcess {
  pid: number;
  socket: string;
  spec: ModuleSpec;
  startedAt: Date;
  /** Why the host ended it, when it did. */
  killedFor: string | null;
  rssMb: number | null;
  /** `logs.total` when it was spawned: what came later may be its own. */
  logStart: number;
  /** Resolves when it is gone with its whole group, its socket is removed and its output is read. */
  exited: Promise<Exit>;
  /** Null until then. */
  exit: Exit | null;
  signal(name: NodeJS.Signals): void;
}

export interface SpawnOptions {
  spec: ModuleSpec;
  socket: string;
  nodePath: string;
  bootstrapPath: string;
  sdkServerPath: string;
  blobPath(digest: Digest): string;
  logs: LogBuffer;
  watchdog: Watchdog;
}

/** @throws MODULE_START_FAILED when the operating system refuses the process */
export function spawnProcess(options: SpawnOptions): ModuleProcess {
  const { spec, socket, logs, watchdog } = options;
  const logStart = logs.total;
  const child = spawnNode(options);
  child.on("error", (error) => logs.add("host", error.message));
  const pid = child.pid;
  if (pid === undefined) {
    throw new GraftError("MODULE_START_FAILED", `${spec.name} cannot be started: no process was made`, {
      hint: "See the host's limits on processes and memory, and that the path of Node exists.",
    });
  }
  // Before the map is written: a process the watchdog does not know never gets to run module code.
  watchdog.add(pid);
  captureOutput(child.stdout, "stdout", logs);
  captureOutput(child.stderr, "stderr", logs);
  child.stdin.on("error", () => {});
  child.stdin.end(fileMap(options));

  const self: ModuleProcess = {
    pid,
    socket,
    spec,
    startedAt: new Date(),
    killedFor: null,
    rssMb: null,
    logStart,
    exit: null,
    exited: awaitExit(child).then((exit) => {
      signalGroup(pid, "SIGKILL");
      watchdog.remove(pid);
      rmSync(socket, { force: true });
      self.exit = exit;
      return exit;
    }),
    signal: (name) => {
      if (self.exit === null) signalGroup(pid, name);
    },
  };
  return self;
}

function spawnNode({ spec, socket, nodePath, bootstrapPath, sdkServerPath, blobPath }: SpawnOptions) {
  const readable = new Set([bootstrapPath, sdkServerPath]);
  for (const file of Object.values(spec.files)) readable.add(blobPath(file.digest));
  const args = [
    "--permission",
    ...[...readable].map((path) => `--allow-fs-read=${path}`),
    // SQLite opens, writes and creates files that --permission would refuse.
    "--no-experimental-sqlite",
    "--disable-warning=ExperimentalWarning",
    "--disable-sigusr1",
    `--max-old-space-size=${memoryMb(spec)}`,
    // Under 64 connections a module grows to 106 MB instead of 197 with Node's default of 16.
    "--max-semi-space-size=4",
    `--title=graft:${spec.name}`,
    bootstrapPath,
  ];
  try {
    return spawn(nodePath, args, {
      cwd: "/",
      detached: true,
      // A cast, because Next's types demand NODE_ENV, which a module does not get.
      env: { ...spec.env, GRAFT_SOCKET: socket } as NodeJS.Dict<string> as NodeJS.ProcessEnv,
      stdio: ["pipe", "pipe", "pipe"],
    });
  } catch (cause) {
    const tooBig = (cause as NodeJS.ErrnoException).code === "E2BIG";
    throw new GraftError(
      "MODULE_START_FAILED",
      `${spec.name} cannot be started: ${(cause as Error).message}`,
      tooBig
        ? { cause, hint: `Its ${Object.keys(spec.files).length} files are too many; bundle them.` }
        : { cause, retryable: true },
    );
  }
}

export const memoryMb = (spec: ModuleSpec) => spec.manifest.runtime?.memoryMb ?? 128;

function fileMap({ spec, sdkServerPath, blobPath }: SpawnOptions): string {
  const files: Record<string, [Digest, string]> = {};
  for (const [path, file] of Object.entries(spec.files)) files[path] = [file.digest, blobPath(file.digest)];
  return JSON.stringify({
    module: spec.name,
    entry: spec.manifest.runtime?.entry,
    sdk: sdkServerPath,
    files,
  });
}

/** Waits for the end of its output too, but not for ever: a descendant could hold the pipes open. */
function awaitExit(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => {
      const done = () => resolve({ code, signal });
      const timer = setTimeout(done, 1_000);
      child.once("close", () => {
        clearTimeout(timer);
        done();
      });
      if (child.pid !== undefined) signalGroup(child.pid, "SIGKILL");
    });
  });
}

function signalGroup(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch {
    // No process of the group is left.
  }
}
