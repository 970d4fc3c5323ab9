import type { Socket } from "node:net";
import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { type Digest, GraftError } from "../../core/index.ts";
import type { Isolation, Place } from "../isolation/index.ts";
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
  /** Resolves when it is gone with its whole group, its sockets are removed and its output is read. */
  exited: Promise<Exit>;
  /** Null until then. */
  exit: Exit | null;
  signal(name: NodeJS.Signals): void;
  /** It listens: the gateway may follow its path. @throws MODULE_START_FAILED where that leads elsewhere */
  seal(): void;
}

export interface SpawnOptions {
  spec: ModuleSpec;
  isolation: Isolation;
  logs: LogBuffer;
  launcher: Launcher;
  watchdog: Watchdog;
}

// As the bootstrap's formats: other files are no code, and no process of a module can read them.
const isCode = (path: string) => /\.([mc]?[jt]s|json|wasm)$/.test(path);

/** @throws MODULE_START_FAILED when the operating system refuses the process, SANDBOX_REQUIRED */
export async function spawnProcess(options: SpawnOptions): Promise<ModuleProcess> {
  const { spec, logs, watchdog } = options;
  const logStart = logs.total;
  const code = Object.entries(spec.files).flatMap(([path, { digest }]) => (isCode(path) ? [digest] : []));
  const place = await options.isolation.place({
    ...{ module: spec.name, env: spec.env, code: [...new Set(code)] },
    network: spec.manifest.permissions.network,
    note: (text) => logs.add("host", text),
  });
  const child = await launchNode(options, place);
  const { pid, group, stdin, stdout, stderr } = child;
  // Before the map is written: a process the watchdog does not know never gets to run module code.
  watchdog.add(group);
  captureOutput(stdout, { name: "stdout", logs });
  captureOutput(stderr, { name: "stderr", logs });
  stdin.end(fileMap(spec, place));
  stdin.resume();

  const self: ModuleProcess = {
    pid,
    socket: place.socket,
    spec,
    startedAt: new Date(),
    killedFor: null,
    rssMb: null,
    logStart,
    exit: null,
    exited: awaitExit(child).then(async (exit) => {
      killGroup(group);
      watchdog.remove(group);
      await place.close();
      self.exit = pid === group ? exit : asOfProgram(exit);
      return self.exit;
    }),
    signal: (name) => {
      if (self.exit === null) sendSignal(child, name);
    },
    seal: place.seal,
  };
  return self;
}

/**
 * A sandbox that is killed leaves its program to be reaped by whatever is the first process here, and some never do. So the
 * program gets the signal, and the sandbox ends after it.
 */
function sendSignal({ pid, group }: Launched, name: NodeJS.Signals): void {
  if (pid === group) {
    killGroup(group, name);
    return;
  }
  try {
    process.kill(pid, name);
  } catch {
    // It is gone.
  }
}

async function launchNode({ spec, launcher }: SpawnOptions, place: Place): Promise<Launched> {
  const args = [
    "--permission",
    ...place.readable.map((path) => `--allow-fs-read=${path}`),
    // SQLite opens, writes and creates files that --permission would refuse.
    "--no-experimental-sqlite",
    "--disable-warning=ExperimentalWarning",
    "--disable-sigusr1",
    // Node lets programs change V8's flags while they run, one of which names a file to write to.
    "--freeze-flags-after-init",
    `--max-old-space-size=${memoryMb(spec)}`,
    // Under 64 connections a module grows to 106 MB instead of 197 with Node's default of 16.
    "--max-semi-space-size=4",
    `--title=graft:${spec.name}`,
    place.bootstrapPath,
  ];
  try {
    return await launcher.launch({ ...place.command(args), env: place.env });
  } catch (cause) {
    await place.close();
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

function fileMap(spec: ModuleSpec, place: Place): string {
  const files: Record<string, [Digest, string]> = {};
  for (const [path, { digest }] of Object.entries(spec.files)) files[path] = [digest, place.codePath(digest)];
  return JSON.stringify({
    module: spec.name,
    entry: spec.manifest.runtime?.entry,
    sdk: place.sdkServerPath,
    files,
  });
}

/** bubblewrap ends with 128 and the number of the signal that ended its program, as shells do. */
function asOfProgram(exit: Exit): Exit {
  const number = exit.code === null ? 0 : exit.code - 128;
  const signal = Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
  return signal === undefined ? exit : { code: null, signal };
}

/** Waits for the end of its output too, but not for ever: a descendant could hold the streams open. */
async function awaitExit({ group, stdout, stderr, ended }: Launched): Promise<Exit> {
  const read = Promise.all([stdout, stderr].map((stream) => closed(stream)));
  const exit = await ended;
  killGroup(group);
  const timer = new AbortController();
  await Promise.race([read, sleep(1_000, undefined, { signal: timer.signal }).catch(() => {})]);
  timer.abort();
  return exit;
}

function closed(stream: Socket): Promise<void> {
  return new Promise((resolve) => stream.once("close", () => resolve()));
}
