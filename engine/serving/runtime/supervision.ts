import { type CrashHistory, noCrashes } from "./restart-policy.ts";
import type { ModuleSpec, ProcessEvent, ProcessState } from "./types.ts";

// The states of one module, what can happen to it, and what is to be done then.

export interface Memory {
  /** Of the process that runs or ran; null before the first that listened. */
  spec: ModuleSpec | null;
  /** What a restart starts; null once it was stopped. */
  wanted: ModuleSpec | null;
  restarts: number;
  lastError: string | null;
  crashes: CrashHistory;
}

/** A start that is under way, and what a failure of it puts back. */
export interface Launching {
  isRestart: boolean;
  before: Pick<Memory, "spec" | "wanted">;
}

interface Serving<Process> {
  process: Process;
  /** When it began to listen, in ms of a clock that nobody sets. */
  since: number;
}

type Situation<Process> =
  | { kind: "stopped" }
  /** Nothing serves, and a process that somebody asked for is being made. `otherwise`: where a failure leads. */
  | { kind: "starting"; launching: Launching; otherwise: "stopped" | "backoff" | "quarantined" }
  | ({ kind: "running" } & Serving<Process>)
  /** One serves while its successor is being made. */
  | ({ kind: "replacing"; launching: Launching } & Serving<Process>)
  /** The one that served crashed while its successor is being made. */
  | { kind: "fallen"; launching: Launching; otherwise: "backoff" | "quarantined" }
  | { kind: "backoff" }
  /** The time to wait is over, and a process is being made. */
  | { kind: "retrying" }
  | { kind: "quarantined" };

export type Supervision<Process> = Memory & Situation<Process>;

/** Of a crash, or of a start that counts as one. */
export interface Failure {
  /** What it did: "exited with status 1". */
  reason: string;
  exitCode: number | null;
  signal: string | null;
  now: number;
  /** In [0, 1). */
  random: number;
}

export type SupervisionEvent<Process> =
  /** Somebody wants this to run. */
  | { kind: "start"; target: ModuleSpec; isRestart: boolean }
  /** The time to wait after a crash is over. */
  | { kind: "retry" }
  /** The process that was being made listens, and has passed its gate. */
  | { kind: "launched"; process: Process; spec: ModuleSpec; now: number }
  | ({ kind: "launch-failed" } & Failure)
  | ({ kind: "exited"; process: Process } & Failure)
  /** A stop waits for its turn: what is being made need not be waited for. */
  | { kind: "stop-asked" }
  | { kind: "stop"; drainMs: number };

export type SupervisionEffect<Process> =
  | { kind: "launch"; target: ModuleSpec }
  | { kind: "abort-launch" }
  | { kind: "retry-after"; delayMs: number }
  | { kind: "retry-never" }
  /** What it was asked a moment ago is answered, then it ends. */
  | { kind: "retire"; process: Process }
  /** It ends, and all that retire are waited for. */
  | { kind: "drain"; process: Process | null; drainMs: number }
  | { kind: "log"; text: string }
  | { kind: "emit"; event: EmittedEvent };

type EmittedEvent = ProcessEvent extends infer Event
  ? Event extends unknown
    ? Omit<Event, "module">
    : never
  : never;

export interface Transition<Process> {
  state: Supervision<Process>;
  effects: SupervisionEffect<Process>[];
}

export const neverStarted = {
  ...{ kind: "stopped", spec: null, wanted: null, restarts: 0, lastError: null, crashes: noCrashes },
} as const satisfies Supervision<never>;

/** As others are told. */
export function shownAs(state: Supervision<unknown>): ProcessState {
  if (state.kind === "replacing") return "running";
  if (state.kind === "retrying") return "backoff";
  return state.kind === "fallen" ? state.otherwise : state.kind;
}
