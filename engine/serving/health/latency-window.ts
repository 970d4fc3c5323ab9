export interface LatencyWindow {
  add(ms: number): void;
  /** Null as long as too few are known to say anything. */
  p95(): number | null;
}

/** The newest latencies, for judging whether a module has become slow. */
export function createLatencyWindow(size = 20, enough = 5): LatencyWindow {
  const values: number[] = [];
  return {
    add(ms) {
      values.push(ms);
      if (values.length > size) values.shift();
    },
    p95: () => (values.length < enough ? null : percentile(values, 0.95)),
  };
}

/** Nearest rank; null for no values. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}
