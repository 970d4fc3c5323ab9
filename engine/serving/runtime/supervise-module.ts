import { setTimeout as sleep } from "node:timers/promises";
import { type Close, GraftError, isGraftError } from "../../core/index.ts";
import { awaitListening } from "./await-listening.ts";
import { describeExit } from "./describe-exit.ts";
import type { LogBuffer } from "./log-buffer.ts";
import { afterCrash, noCrashes, type RestartPolicy } from "./restart-policy.ts";
import type { ModuleProcess } from "./spawn-process.ts";
import type { ModuleSpec, ProcessEvent, ProcessState, ProcessStatus, Takeover } from "./types.ts";

/** Longest between the move of traffic and the old process's SIGTERM: event streams do not end by themselves. */
const leaveMs = 150;

export interface SuperviseOptions {
  module: string;
  logs: LogBuffer;
  spawn(spec: ModuleSpec): Promise<ModuleProcess>;
  /** Resolves when what was sent to this socket before traffic moved has been answered. */
  leave(socket: string): Promise<void>;
  emit(event: ProcessEvent): void;
  policy: RestartPolicy;
  startTimeoutMs: number;
  drainMs: number;
}

export interface Supervisor {
  logs: LogBuffer;
  start(spec: ModuleSpec, takeover?: Takeover): Promise<void>;
  restart(): Promise<void>;
  stop(drainMs?: number): Promise<void>;
  /** When those that were taken over from are gone. */
  drained(): Promise<void>;
  status(): ProcessStatus | null;
  /** Null when none is listening. */
  socket(): string | null;
  /** Stopped, with nothing waiting for its turn. */
  isIdle(): boolean;
  close: Close;
}

/**
 * Keeps one module running. Its operations take turns; `stop` ends a start that is under way.
 * A start while one runs makes the new process first, moves traffic to it, then drains the old.
 */
export function superviseModule(options: SuperviseOptions): Supervisor {
  const { module, logs, emit, policy } = options;
  /** Of the process that runs or ran; null before the first that listened. */
  let spec: ModuleSpec | null = null;
  /** What a restart starts; null once it was stopped. */
  let wanted: ModuleSpec | null = null;
  let state: ProcessState = "stopped";
  let current: ModuleProcess | null = null;
  let listeningSince = 0;
  let restarts = 0;
  let lastError: string | null = null;
  let crashes = noCrashes;
  let retry: NodeJS.Timeout | undefined;
  let launching: AbortController | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let pending = 0;
  const draining = new Set<Promise<void>>();

  function inTurn<T>(operation: () => Promise<T>): Promise<T> {
    pending++;
    const run = turn.then(operation).finally(() => {
      pending--;
    });
    turn = run.catch(() => {});
    return run;
  }

  /** A listening process, or an error and nothing left. */
  async function launch(target: ModuleSpec): Promise<ModuleProcess> {
    const abort = new AbortController();
    launching = abort;
    const begin = performance.now();
    const next = await options.spawn(target);
    emit({ kind: "started", module, pid: next.pid });
    void next.exited.then(() => abort.abort());
    const listening = await awaitListening(next.socket, options.startTimeoutMs, abort.signal);
    if (listening && next.exit === null && !abort.signal.aborted) {
      emit({ kind: "listening", module, ms: Math.round(performance.now() - begin) });
      return next;
    }
    if (next.exit === null) {
      next.killedFor ??= abort.signal.aborted
        ? "was stopped while it started"
        : `did not listen on its socket (GRAFT_SOCKET) within ${options.startTimeoutMs / 1000} s`;
      next.signal("SIGKILL");
      await next.exited;
    }
    throw startFailed(next);
  }

  function startFailed(next: ModuleProcess): GraftError {
    const lines = logs.since(next.logStart);
    const reason = describeExit(next, lines);
    return new GraftError("MODULE_START_FAILED", `${module} did not start: it ${reason}`, {
      hint: "Its log, in the details, has its last words.",
      details: {
        module,
        version: next.spec.version,
        reason,
        exitCode: next.exit?.code ?? null,
        signal: next.exit?.signal ?? null,
        log: lines.slice(-20).map((line) => line.text),
      },
    });
  }

  function adopt(next: ModuleProcess): void {
    const before = current;
    current = next;
    spec = next.spec;
    state = "running";
    listeningSince = performance.now();
    void next.exited.then(() => {
      if (current === next) onCrash(next);
    });
    if (before) void track(retire(before));
  }

  async function passGate(next: ModuleProcess, takeover: Takeover): Promise<void> {
    try {
      await takeover.gate?.(next.socket);
    } catch (error) {
      next.signal("SIGKILL");
      await next.exited;
      throw error;
    }
    if (next.exit !== null) throw startFailed(next);
  }

  /** Requests that were sent a moment ago have been answered, or at least read, when the old process is asked to end. */
  async function retire(old: ModuleProcess): Promise<void> {
    await Promise.race([options.leave(old.socket), sleep(leaveMs)]);
    await drain(old, options.drainMs);
  }

  function onCrash(gone: ModuleProcess): void {
    current = null;
    const message = describeExit(gone, logs.since(gone.logStart));
    crashed(message, gone.exit?.code ?? null, gone.exit?.signal ?? null, performance.now() - listeningSince);
  }

  function crashed(message: string, exitCode: number | null, signal: string | null, ranMs: number): void {
    lastError = message;
    logs.add("host", `crashed: it ${message}`);
    emit({ kind: "crashed", module, message, exitCode, signal });
    const next = afterCrash(crashes, { now: performance.now(), ranMs, random: Math.random() }, policy);
    crashes = next.history;
    if (next.verdict.kind === "quarantine") {
      state = "quarantined";
      const text = `crashed ${crashes.times.length} times within ${policy.quarantineWindowMs / 1000} s, the last time because it ${message}`;
      logs.add("host", `in quarantine: ${text}`);
      emit({ kind: "quarantined", module, message: text });
      return;
    }
    state = "backoff";
    retry = setTimeout(() => void inTurn(retryStart), next.verdict.delayMs);
    retry.unref();
  }

  async function retryStart(): Promise<void> {
    if (state !== "backoff" || spec === null) return;
    try {
      const next = await launch(spec);
      restarts++;
      adopt(next);
      emit({ kind: "restarted", module, attempt: restarts });
    } catch (error) {
      // Stopped meanwhile: the stop that comes next in turn says so.
      if (state !== "backoff") return;
      launchFailed(error);
    }
  }

  function launchFailed(error: unknown): void {
    clearTimeout(retry);
    const details = isGraftError(error) ? error.details : {};
    crashed(reasonOf(error), numberOrNull(details.exitCode), stringOrNull(details.signal), 0);
  }

  async function replace(target: ModuleSpec, takeover: Takeover = {}): Promise<void> {
    clearTimeout(retry);
    const wantedBefore = wanted;
    wanted = target;
    const isFirst = spec === null;
    spec ??= target;
    const before = state;
    if (current === null) state = "starting";
    try {
      const next = await launch(target);
      await passGate(next, takeover);
      adopt(next);
      takeover.switched?.();
    } catch (error) {
      lastError = reasonOf(error);
      logs.add("host", `did not start: it ${lastError}`);
      if (isFirst) spec = null;
      // A restart is of what serves, not of what was refused.
      if (wantedBefore !== null) wanted = wantedBefore;
      // A crash of the running one during the launch has set its own state.
      if (state === "starting") state = before;
      if (state === "backoff" && current === null) launchFailed(error);
      throw error;
    }
    crashes = noCrashes;
    lastError = null;
  }

  function track(work: Promise<void>): Promise<void> {
    draining.add(work);
    return work.finally(() => draining.delete(work));
  }

  async function drain(old: ModuleProcess, drainMs: number): Promise<void> {
    old.signal("SIGTERM");
    const timer = new AbortController();
    const late = sleep(drainMs, "late", { signal: timer.signal }).catch(() => "gone");
    if ((await Promise.race([old.exited, late])) === "late") {
      logs.add("host", `did not end within ${drainMs} ms of SIGTERM; killed`);
      old.signal("SIGKILL");
    }
    timer.abort();
    await old.exited;
  }

  async function stop(drainMs = options.drainMs): Promise<void> {
    clearTimeout(retry);
    if (state === "backoff") state = "stopped";
    launching?.abort();
    await inTurn(async () => {
      clearTimeout(retry);
      const old = current;
      const wasUp = old !== null || state !== "stopped";
      current = null;
      state = "stopped";
      wanted = null;
      crashes = noCrashes;
      if (old) await track(drain(old, drainMs));
      await Promise.all(draining);
      if (wasUp) emit({ kind: "stopped", module });
    });
  }

  return {
    logs,
    stop,
    start: (target, takeover) => inTurn(() => replace(target, takeover)),
    restart: () =>
      inTurn(async () => {
        if (wanted === null) throw new GraftError("MODULE_STOPPED", `${module} is stopped`);
        await replace(wanted);
        restarts++;
        emit({ kind: "restarted", module, attempt: restarts });
      }),
    async drained() {
      await Promise.all(draining);
    },
    status: () =>
      spec && {
        module,
        digest: spec.digest,
        state,
        pid: current?.pid ?? null,
        startedAt: current?.startedAt ?? null,
        restarts,
        rssMb: current?.rssMb ?? null,
        lastError,
      },
    socket: () => current?.socket ?? null,
    isIdle: () => pending === 0 && current === null && state === "stopped",
    close: () => stop(),
  };
}

function reasonOf(error: unknown): string {
  const reason = isGraftError(error) ? error.details.reason : undefined;
  return typeof reason === "string" ? reason : (error as Error).message;
}

const numberOrNull = (value: unknown) => (typeof value === "number" ? value : null);
const stringOrNull = (value: unknown) => (typeof value === "string" ? value : null);
