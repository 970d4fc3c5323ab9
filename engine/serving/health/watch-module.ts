import type { HealthNow } from "../../../contract/health.ts";
import type { ProcessStatus } from "../runtime/index.ts";
import { type HealthSignal, type HealthState, initialHealth, nextHealth } from "./health-state.ts";
import { createLatencyWindow } from "./latency-window.ts";
import type { ProbeOutcome } from "./probe-module.ts";
import { maxOf, openTally, type Sample, strongerState, type Tally, toSample } from "./sample.ts";

/** What is known of one module: its state and the minute in the making. No timers, no input or output. */
export interface Watched {
  /** Written to directly by `countRequest`. */
  tally: Tally;
  health(): HealthState;
  now(process: ProcessStatus | null): HealthNow;
  /** True when state or message changed. */
  signal(signal: HealthSignal): boolean;
  probed(outcome: ProbeOutcome, rssMb: number | null, timeoutMs: number): boolean;
  /** Closes the minute if it is over, or whatever there is of it when `force` is set. */
  closeMinute(force?: boolean): Sample | null;
}

export function watchModule(module: string, clock: () => number): Watched {
  let health = initialHealth;
  let since = clock();
  let latencyMs: number | null = null;
  let latencies = createLatencyWindow();

  function apply(signal: HealthSignal): boolean {
    const before = health;
    health = nextHealth(before, signal);
    if (health.state !== before.state) since = clock();
    watched.tally.state = strongerState(watched.tally.state, health.state);
    return health.state !== before.state || health.message !== before.message;
  }

  const watched: Watched = {
    tally: openTally(clock(), health.state),
    health: () => health,
    now: (process) => ({
      module,
      state: health.state,
      since: new Date(since).toISOString(),
      latencyMs,
      message: health.message,
      rssMb: process?.rssMb ?? null,
      restarts: process?.restarts ?? 0,
      pid: process?.pid ?? null,
    }),
    signal(signal) {
      // A new process owes nothing to the slowness of the old one.
      if (signal.kind === "started") latencies = createLatencyWindow();
      return apply(signal);
    },
    probed(outcome, rssMb, timeoutMs) {
      const { tally } = watched;
      tally.probes++;
      tally.rssMb = maxOf(tally.rssMb, rssMb);
      latencyMs = outcome.latencyMs;
      if (outcome.message !== null) {
        tally.failures++;
        return apply({ kind: "failed", message: outcome.message });
      }
      tally.latencies.push(outcome.latencyMs);
      latencies.add(outcome.latencyMs);
      return apply({ kind: "passed", slow: slowness(latencies.p95(), timeoutMs) });
    },
    closeMinute(force = false) {
      const { tally } = watched;
      const fresh = openTally(clock(), health.state);
      if (fresh.minuteMs === tally.minuteMs && !force) return null;
      watched.tally = fresh;
      return toSample(module, tally);
    },
  };
  return watched;
}

/** Half of the time it is given is where an answer is about to fail. */
function slowness(p95: number | null, timeoutMs: number): string | null {
  if (p95 === null || p95 <= timeoutMs / 2) return null;
  return `answers slowly: 95 of 100 probes take up to ${Math.round(p95)} ms`;
}
