import type { ModuleState } from "../../../contract/health.ts";

export interface HealthState {
  state: ModuleState;
  /** Failed probes in a row. */
  failures: number;
  /** Passed probes in a row. */
  passes: number;
  /** Why it is not healthy; null when it is. */
  message: string | null;
}

export type HealthSignal =
  | { kind: "passed"; slow: string | null }
  | { kind: "failed"; message: string }
  | { kind: "started" }
  | { kind: "crashed"; message: string }
  | { kind: "quarantined"; message: string }
  | { kind: "stopped" };

export const failuresUntilFailing = 3;
/** One good answer of a module that was failing may be chance. */
export const passesUntilRecovered = 2;

export const initialHealth: HealthState = { state: "starting", failures: 0, passes: 0, message: null };

/** What a module's health is after a signal. Pure. */
export function nextHealth(now: HealthState, signal: HealthSignal): HealthState {
  switch (signal.kind) {
    case "started":
      return initialHealth;
    case "crashed":
      return { state: "failing", failures: now.failures, passes: 0, message: signal.message };
    case "quarantined":
      return { state: "quarantined", failures: now.failures, passes: 0, message: signal.message };
    case "stopped":
      return { state: "stopped", failures: 0, passes: 0, message: null };
    case "passed":
      return isDown(now) ? now : afterPass(now, signal.slow);
    case "failed":
      return isDown(now) ? now : afterFailure(now, signal.message);
  }
}

/** An answer that was still under way when the process ended says nothing. */
const isDown = ({ state }: HealthState) => state === "stopped" || state === "quarantined";

function afterPass(now: HealthState, slow: string | null): HealthState {
  const passes = now.passes + 1;
  if (now.state === "failing" && passes < passesUntilRecovered) {
    return { state: "failing", failures: 0, passes, message: now.message };
  }
  return { state: slow === null ? "healthy" : "degraded", failures: 0, passes, message: slow };
}

function afterFailure(now: HealthState, message: string): HealthState {
  const failures = now.failures + 1;
  const failing = now.state === "failing" || failures >= failuresUntilFailing;
  const state = failing ? "failing" : now.state === "starting" ? "starting" : "degraded";
  return { state, failures, passes: 0, message };
}
