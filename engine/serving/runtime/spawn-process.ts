import { rmSync } from "node:fs";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type Digest, GraftError } from "../../core/index.ts";
import { captureOutput } from "./capture-output.ts";
import { type Exit, killGroup, type Launched, type Launcher } from "./launcher.ts";
import type { LogBuffer } from "./log-buffer.ts";
import type { ModuleSpec } from "./types.ts";
import type { Watchdog } from "./watchdog.ts";

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
  launcher: Launcher;
  watchdog: Watchdog;
}

/** @throws MODULE_START_FAILED when the operating system refuses the process */
export async function spawnProcess(options: SpawnOptions): Promise<ModuleProcess> {
  const { spec, socket, logs, watchdog } = options;
  const logStart = logs.total;
  const child = await launchNode(options);
  const { pid, stdin, stdout, stderr } = child;
  // Before the map is written: a process the watchdog does not know never gets to run module code.
  watchdog.add(pid);
  captureOutput(stdout, "stdout", logs);
  captureOutput(stderr, "stderr", logs);
  stdin.end(fileMap(options));
  stdin.resume();

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
      killGroup(pid);
      watchdog.remove(pid);
      rmSync(socket, { force: true });
      self.exit = exit;
      return exit;
    }),
    signal: (name) => {
      if (self.exit === null) killGroup(pid, name);
    },
  };
  return self;
}

async function launchNode(options: SpawnOptions): Promise<Launched> {
  const { spec, socket, nodePath, bootstrapPath, sdkServerPath, blobPath } = options;
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
    const env = { ...spec.env, GRAFT_SOCKET: socket };
    return await options.launcher.launch({ command: nodePath, args, env });
  } catch (cause) {
    const tooBig = (cause as NodeJS.ErrnoException).code === "E2BIG";
    throw new GraftError(
      "MODULE_START_FAILED",
      `${spec.name} cannot be started: ${(cause as Error).message}`,
      tooBig
        ? { cause, hint: `Its ${Object.keys(spec.files).length} files are too many; bundle them.` }
        : {
            cause,
            hint: "See the host's limits on processes and memory, and that the path of Node exists.",
            retryable: true,
          },
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

/** Waits for the end of its output too, but not for ever: a descendant could hold the streams open. */
async function awaitExit({ pid, stdout, stderr, ended }: Launched): Promise<Exit> {
  const read = Promise.all([stdout, stderr].map((stream) => closed(stream)));
  const exit = await ended;
  killGroup(pid);
  const timer = new AbortController();
  await Promise.race([read, sleep(1_000, undefined, { signal: timer.signal }).catch(() => {})]);
  timer.abort();
  return exit;
}

function closed(stream: Socket): Promise<void> {
  return new Promise((resolve) => stream.once("close", () => resolve()));
}
