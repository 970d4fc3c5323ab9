import { setTimeout as sleep } from "node:timers/promises";
import { type Close, GraftError, isGraftError } from "../../core/index.ts";
import { describeExit } from "./describe-exit.ts";
import { drainProcess } from "./drain-process.ts";
import { type LaunchOptions, launchModule } from "./launch-module.ts";
import type { LogBuffer } from "./log-buffer.ts";
import type { RestartPolicy } from "./restart-policy.ts";
import type { ModuleProcess } from "./spawn-process.ts";
import {
  type Failure,
  neverStarted,
  type Supervision,
  type SupervisionEffect,
  type SupervisionEvent,
  shownAs,
} from "./supervision.ts";
import { transition } from "./transition.ts";
import type { ModuleSpec, ProcessEvent, ProcessStatus, Takeover } from "./types.ts";

/** Longest between the move of traffic and the old process's SIGTERM: event streams do not end by themselves. */
const leaveMs = 150;

export interface SuperviseOptions extends LaunchOptions {
  /** Resolves when what was sent to this socket before traffic moved has been answered. */
  leave(socket: string): Promise<void>;
  policy: RestartPolicy;
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
 * Keeps one module running: does what the transitions say, and tells them what happened. Its operations take turns;
 * `stop` ends a start that is under way. A start while one runs makes the new process first, moves traffic to it, then
 * drains the old.
 */
export function superviseModule(options: SuperviseOptions): Supervisor {
  const { module, logs } = options;
  const turns = takeTurns();
  const retiring = new Set<Promise<void>>();
  let state: Supervision<ModuleProcess> = neverStarted;
  let retry: NodeJS.Timeout | undefined;
  let abort = new AbortController();

  /** The state has changed when it returns; what is waited for is a drain. @returns what is to be launched */
  function dispatch(event: SupervisionEvent<ModuleProcess>): {
    target: ModuleSpec | null;
    done: Promise<void>;
  } {
    const next = transition(state, event, options.policy);
    state = next.state;
    const launch = next.effects.find((effect) => effect.kind === "launch");
    return { target: launch?.target ?? null, done: performAll(next.effects) };
  }
  async function performAll(effects: readonly SupervisionEffect<ModuleProcess>[]): Promise<void> {
    for (const effect of effects) {
      const waited = perform(effect);
      if (waited) await waited;
    }
  }
  function perform(effect: SupervisionEffect<ModuleProcess>): Promise<unknown> | undefined {
    switch (effect.kind) {
      case "launch":
        abort = new AbortController();
        return;
      case "abort-launch":
        return void abort.abort();
      case "retry-never":
        return void clearTimeout(retry);
      case "retry-after":
        retry = setTimeout(
          () => void turns.next(() => launch({ kind: "retry" }).catch(() => {})),
          effect.delayMs,
        );
        return void retry.unref();
      case "retire":
        return void track(retire(effect.process));
      case "drain":
        if (effect.process) track(drainProcess(effect.process, effect.drainMs, logs));
        return Promise.all(retiring);
      case "log":
        return void logs.add("host", effect.text);
      case "emit":
        return void options.emit({ ...effect.event, module } as ProcessEvent);
    }
  }
  function track(work: Promise<void>): void {
    retiring.add(work);
    void work.finally(() => retiring.delete(work));
  }
  /** Requests that were sent a moment ago have been answered, or at least read, when the old process is asked to end. */
  async function retire(old: ModuleProcess): Promise<void> {
    await Promise.race([options.leave(old.socket), sleep(leaveMs)]);
    await drainProcess(old, options.drainMs, logs);
  }

  /** @throws why it did not start */
  async function launch(
    event: Extract<SupervisionEvent<ModuleProcess>, { kind: "start" | "retry" }>,
    { gate, switched }: Takeover = {},
  ): Promise<void> {
    const { target } = dispatch(event);
    if (target === null) return;
    try {
      const process = await launchModule(options, target, { abort, gate });
      dispatch({ kind: "launched", process, spec: target, now: performance.now() });
      void process.exited.then(() => dispatch({ kind: "exited", process, ...failureOf(process) }));
    } catch (error) {
      dispatch({ kind: "launch-failed", ...startFailure(error) });
      throw error;
    }
    switched?.();
  }
  function failureOf(gone: ModuleProcess): Failure {
    return {
      reason: describeExit(gone, logs.since(gone.logStart)),
      ...{ exitCode: gone.exit?.code ?? null, signal: gone.exit?.signal ?? null },
      ...{ now: performance.now(), random: Math.random() },
    };
  }
  async function stop(drainMs = options.drainMs): Promise<void> {
    dispatch({ kind: "stop-asked" });
    await turns.next(() => dispatch({ kind: "stop", drainMs }).done);
  }
  const serving = () => ("process" in state ? state.process : null);

  return {
    logs,
    stop,
    start: (target, takeover) =>
      turns.next(() => launch({ kind: "start", target, isRestart: false }, takeover)),
    restart: () =>
      turns.next(async () => {
        if (state.wanted === null) throw new GraftError("MODULE_STOPPED", `${module} is stopped`);
        await launch({ kind: "start", target: state.wanted, isRestart: true });
      }),
    async drained() {
      await Promise.all(retiring);
    },
    status: () =>
      state.spec && {
        module,
        digest: state.spec.digest,
        state: shownAs(state),
        pid: serving()?.pid ?? null,
        startedAt: serving()?.startedAt ?? null,
        restarts: state.restarts,
        rssMb: serving()?.rssMb ?? null,
        lastError: state.lastError,
      },
    socket: () => serving()?.socket ?? null,
    isIdle: () => turns.waiting() === 0 && state.kind === "stopped",
    close: () => stop(),
  };
}

function takeTurns() {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    waiting: () => waiting,
    next<T>(operation: () => Promise<T>): Promise<T> {
      waiting++;
      const turn = last.then(operation).finally(() => {
        waiting--;
      });
      last = turn.catch(() => {});
      return turn;
    },
  };
}

function startFailure(error: unknown): Failure {
  const { reason, exitCode, signal } = isGraftError(error) ? error.details : {};
  return {
    reason: typeof reason === "string" ? reason : (error as Error).message,
    exitCode: typeof exitCode === "number" ? exitCode : null,
    signal: typeof signal === "string" ? signal : null,
    ...{ now: performance.now(), random: Math.random() },
  };
}
