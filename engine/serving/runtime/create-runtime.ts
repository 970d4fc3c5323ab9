import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Digest, GraftError, type Log } from "../../core/index.ts";
import {
  createIsolation,
  type Isolation,
  type IsolationOptions,
  type SandboxMode,
} from "../isolation/index.ts";
import { type Launcher, startLauncher } from "./launcher.ts";
import { createLogBuffer } from "./log-buffer.ts";
import { readRss } from "./read-rss.ts";
import { defaultRestartPolicy, type RestartPolicy } from "./restart-policy.ts";
import { makeSocketDir } from "./socket-dir.ts";
import { type ModuleProcess, memoryMb, spawnProcess } from "./spawn-process.ts";
import { type Supervisor, superviseModule } from "./supervise-module.ts";
import type { ModuleSpec, ProcessEvent, Runtime, StopOptions, Takeover } from "./types.ts";
import { startWatchdog, type Watchdog } from "./watchdog.ts";

export interface RuntimeOptions {
  log: Log;
  /** Absolute path of a blob on this machine; the module's process verifies what it loads. */
  blobPath(digest: Digest): string;
  /** What `@graft/sdk/server` resolves to: one bundled file. */
  sdkServerPath: string;
  /** Where the directory of sockets is made; default the system's temporary directory. */
  runDir?: string;
  nodePath?: string;
  /** How long a module may take until it listens; default 10 s. */
  startTimeoutMs?: number;
  /** Resolves when what was sent to a socket, from which traffic has moved, has been answered; it waits a moment if absent. */
  leave?(module: string, socket: string): Promise<void>;
  /** A process is gone with its sockets; what it left elsewhere is to be ended. */
  gone?(): Promise<void>;
  /** From SIGTERM to SIGKILL; default 5 s. */
  drainMs?: number;
  /** Between looks at memory; default 250 ms: a loop that allocates takes about 1 GB a second. */
  memoryPollMs?: number;
  restart?: Partial<RestartPolicy>;
  /** Default `auto`. */
  sandbox?: SandboxMode;
  /** Where it is recorded which account each module has; absent: this process remembers it. */
  accountsFile?: string;
  /** Layers of isolation that tests leave out. */
  allowed?: IsolationOptions["allowed"];
}

/** Nobody tells. */
const unknown = new Promise<void>(() => {});
const beside = (name: string) => realpathSync(fileURLToPath(new URL(name, import.meta.url)));
const bootstrapPath = beside("./bootstrap.mjs");
const egressPath = beside("./connect-through-egress.mjs");

/**
 * Runs each module as a Node process of its own, held by all that `../isolation` finds on this machine. Makes its socket directory and watchdog with the
 * first start; `close` drains every module and removes both. No module outlives this process, even after SIGKILL.
 */
export function createRuntime(options: RuntimeOptions): Runtime {
  const log = options.log.child({ room: "runtime" });
  const supervisors = new Map<string, Supervisor>();
  const processes = new Set<ModuleProcess>();
  const listeners = new Set<(event: ProcessEvent) => void>();
  let ground: { watchdog: Watchdog; launcher: Launcher; isolation: Isolation } | null = null;
  let closing: Promise<void> | null = null;

  function makeGround() {
    const sockets = makeSocketDir(options.runDir);
    const watchdog = startWatchdog(sockets.path, log);
    const { sandbox: mode = "auto", nodePath = process.execPath, accountsFile = null, allowed } = options;
    const isolation = createIsolation({
      ...{ log, dir: sockets.path, mode, nodePath, bootstrapPath, egressPath, accountsFile },
      ...{ sdkServerPath: options.sdkServerPath, blobPath: options.blobPath },
      ...(allowed === undefined ? {} : { allowed }),
    });
    return { watchdog, launcher: startLauncher({ ioPath: sockets.next, watchdog, log }), isolation };
  }

  async function spawn(module: string, spec: ModuleSpec): Promise<ModuleProcess> {
    ground ??= makeGround();
    const made = await spawnProcess({
      spec,
      isolation: ground.isolation,
      logs: supervisor(module).logs,
      launcher: ground.launcher,
      watchdog: ground.watchdog,
    });
    processes.add(made);
    void made.exited
      .then(() => {
        processes.delete(made);
        return options.gone?.();
      })
      .catch((err) => log.warn({ err, module }, "what its process left was not ended"));
    return made;
  }

  function emit(event: ProcessEvent): void {
    const level = event.kind === "crashed" || event.kind === "quarantined" ? "warn" : "info";
    log[level](event, `module ${event.kind}`);
    for (const listener of listeners) {
      try {
        listener(event);
      } catch (error) {
        log.error({ err: error }, "a listener of module events failed");
      }
    }
  }

  function supervisor(module: string): Supervisor {
    const known = supervisors.get(module);
    if (known) return known;
    const made = superviseModule({
      module,
      logs: createLogBuffer(),
      spawn: (spec) => spawn(module, spec),
      leave: (socket) => options.leave?.(module, socket) ?? unknown,
      emit,
      policy: { ...defaultRestartPolicy, ...options.restart },
      startTimeoutMs: options.startTimeoutMs ?? 10_000,
      drainMs: options.drainMs ?? 5_000,
    });
    supervisors.set(module, made);
    return made;
  }

  async function watchMemory(): Promise<void> {
    const found = await readRss([...processes].map((each) => each.pid));
    for (const each of processes) {
      each.rssMb = found.get(each.pid) ?? each.rssMb;
      const limit = memoryMb(each.spec);
      // Node itself takes about 60 MB, and the heap's limit leaves out buffers and code.
      if (each.rssMb === null || each.rssMb <= limit * 1.5 + 64 || each.killedFor !== null) continue;
      each.killedFor = `used ${Math.round(each.rssMb)} MB, its limit is ${limit} MB`;
      each.signal("SIGKILL");
    }
  }

  const memoryTimer = setInterval(() => {
    void watchMemory().catch((error) => log.error({ err: error }, "the memory of modules cannot be read"));
  }, options.memoryPollMs ?? 250);
  memoryTimer.unref();

  async function start(spec: ModuleSpec, takeover?: Takeover): Promise<void> {
    if (closing) throw new GraftError("NOT_READY", `Graft is shutting down; ${spec.name} was not started`);
    if (spec.manifest.runtime === undefined) return;
    await supervisor(spec.name).start(spec, takeover);
  }

  async function stop(module: string, { drainMs, forget = false }: StopOptions = {}): Promise<void> {
    const known = supervisors.get(module);
    await known?.stop(drainMs);
    if (forget && known?.isIdle() && supervisors.get(module) === known) supervisors.delete(module);
  }

  async function close(): Promise<void> {
    await Promise.all([...supervisors.values()].map((each) => each.close()));
    clearInterval(memoryTimer);
    await ground?.launcher.close();
    await ground?.watchdog.close();
  }

  return {
    warm() {
      if (closing) return;
      ground ??= makeGround();
      ground.launcher.warm();
      void ground.isolation.view().catch(() => {});
    },
    async isolation() {
      ground ??= makeGround();
      return ground.isolation.view();
    },
    start,
    stop,
    async restart(module) {
      const known = supervisors.get(module);
      if (!known || closing) throw new GraftError("MODULE_STOPPED", `${module} is not running here`);
      await known.restart();
    },
    async drained(module) {
      await supervisors.get(module)?.drained();
    },
    status: (module) => supervisors.get(module)?.status() ?? null,
    list: () => [...supervisors.values()].flatMap((each) => each.status() ?? []),
    socket: (module) => supervisors.get(module)?.socket() ?? null,
    logs: (module, limit = 500) => supervisors.get(module)?.logs.tail(limit) ?? [],
    onLog: (module, listener) => supervisor(module).logs.on(listener),
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closing ??= close();
      return closing;
    },
  };
}
