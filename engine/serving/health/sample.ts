import type { ModuleState } from "../../../contract/health.ts";
import { percentile } from "./latency-window.ts";

/** One minute of one module, as stored. */
export interface Sample {
  module: string;
  /** ISO 8601, whole minute. */
  minute: string;
  state: ModuleState;
  probes: number;
  failures: number;
  latencyMsP50: number | null;
  latencyMsMax: number | null;
  rssMb: number | null;
  requests: number;
  errors: number;
}

/**
 * From weakest to strongest: the strongest seen names the minute. Starting and stopped come first, so that a restart
 * of a moment does not darken a minute in which the module served.
 */
export const stateStrength: readonly ModuleState[] = [
  "stopped",
  "starting",
  "healthy",
  "degraded",
  "quarantined",
  "failing",
];

export function strongerState(a: ModuleState, b: ModuleState): ModuleState {
  return stateStrength.indexOf(a) >= stateStrength.indexOf(b) ? a : b;
}

/** A minute in the making; fields are written directly, since `requests` and `errors` are counted per request. */
export interface Tally {
  minuteMs: number;
  state: ModuleState;
  latencies: number[];
  failures: number;
  probes: number;
  rssMb: number | null;
  requests: number;
  errors: number;
}

export const openTally = (nowMs: number, state: ModuleState): Tally => ({
  minuteMs: nowMs - (nowMs % 60_000),
  state,
  latencies: [],
  failures: 0,
  probes: 0,
  rssMb: null,
  requests: 0,
  errors: 0,
});

export function toSample(module: string, tally: Tally): Sample {
  return {
    module,
    minute: new Date(tally.minuteMs).toISOString(),
    state: tally.state,
    probes: tally.probes,
    failures: tally.failures,
    latencyMsP50: percentile(tally.latencies, 0.5),
    latencyMsMax: percentile(tally.latencies, 1),
    rssMb: tally.rssMb,
    requests: tally.requests,
    errors: tally.errors,
  };
}

/** Two parts of the same minute, as another host or a restart makes them. The statement in sample-store.ts does the same. */
export function mergeSamples(a: Sample, b: Sample): Sample {
  const probes = a.probes + b.probes;
  const p50 =
    a.latencyMsP50 !== null && b.latencyMsP50 !== null && probes > 0
      ? (a.latencyMsP50 * a.probes + b.latencyMsP50 * b.probes) / probes
      : (a.latencyMsP50 ?? b.latencyMsP50);
  return {
    ...a,
    state: strongerState(a.state, b.state),
    probes,
    failures: a.failures + b.failures,
    latencyMsP50: p50,
    latencyMsMax: maxOf(a.latencyMsMax, b.latencyMsMax),
    rssMb: maxOf(a.rssMb, b.rssMb),
    requests: a.requests + b.requests,
    errors: a.errors + b.errors,
  };
}

export function maxOf(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
