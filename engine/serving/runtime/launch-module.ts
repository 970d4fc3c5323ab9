import { GraftError } from "../../core/index.ts";
import { awaitListening } from "./await-listening.ts";
import { describeExit } from "./describe-exit.ts";
import type { LogBuffer } from "./log-buffer.ts";
import type { ModuleProcess } from "./spawn-process.ts";
import type { ModuleSpec, ProcessEvent, Takeover } from "./types.ts";

export interface LaunchOptions {
  module: string;
  logs: LogBuffer;
  spawn(spec: ModuleSpec): Promise<ModuleProcess>;
  emit(event: ProcessEvent): void;
  startTimeoutMs: number;
}

/** A listening process that has passed its gate, or an error and nothing left. @throws MODULE_START_FAILED, what the gate throws */
export async function launchModule(
  options: LaunchOptions,
  target: ModuleSpec,
  { abort, gate }: { abort: AbortController; gate: Takeover["gate"] },
): Promise<ModuleProcess> {
  const next = await listen(options, target, abort);
  try {
    next.seal();
    await gate?.(next.socket);
  } catch (error) {
    next.signal("SIGKILL");
    await next.exited;
    throw error;
  }
  if (next.exit !== null) throw startFailed(options, next);
  return next;
}

async function listen(
  options: LaunchOptions,
  target: ModuleSpec,
  abort: AbortController,
): Promise<ModuleProcess> {
  const { module, emit, startTimeoutMs } = options;
  const begin = performance.now();
  const next = await options.spawn(target);
  emit({ kind: "started", module, pid: next.pid });
  void next.exited.then(() => abort.abort());
  const listening = await awaitListening(next.socket, startTimeoutMs, abort.signal);
  if (listening && next.exit === null && !abort.signal.aborted) {
    emit({ kind: "listening", module, ms: Math.round(performance.now() - begin) });
    return next;
  }
  if (next.exit === null) {
    next.killedFor ??= abort.signal.aborted
      ? "was stopped while it started"
      : `did not listen on its socket (GRAFT_SOCKET) within ${startTimeoutMs / 1000} s`;
    next.signal("SIGKILL");
    await next.exited;
  }
  throw startFailed(options, next);
}

function startFailed({ module, logs }: LaunchOptions, next: ModuleProcess): GraftError {
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
