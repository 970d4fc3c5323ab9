import type { HealthPoint, ModuleHistory } from "../../../contract/health.ts";
import { percentile } from "./latency-window.ts";
import { maxOf, type Sample, strongerState } from "./sample.ts";

export interface BucketOptions {
  fromMs: number;
  toMs: number;
  buckets: number;
}

/** Puts minutes into equal stretches of time; a stretch nothing is known of says so. Pure. */
export function bucketSamples(
  module: string,
  samples: readonly Sample[],
  { fromMs, toMs, buckets }: BucketOptions,
): ModuleHistory {
  const widthMs = (toMs - fromMs) / buckets;
  const inBucket: Sample[][] = Array.from({ length: buckets }, () => []);
  let up = 0;
  let known = 0;
  for (const sample of samples) {
    const index = Math.floor((Date.parse(sample.minute) - fromMs) / widthMs);
    const bucket = inBucket[index];
    if (bucket === undefined) continue;
    bucket.push(sample);
    known++;
    if (sample.state === "healthy" || sample.state === "degraded") up++;
  }
  return {
    module,
    points: inBucket.map((each, i) => toPoint(new Date(fromMs + i * widthMs).toISOString(), each)),
    uptime: known === 0 ? null : up / known,
  };
}

function toPoint(at: string, samples: readonly Sample[]): HealthPoint {
  const medians = samples.flatMap((sample) => sample.latencyMsP50 ?? []);
  const point: HealthPoint = {
    at,
    state: samples.map((sample) => sample.state).reduce(strongerState, "stopped"),
    latencyMsP50: percentile(medians, 0.5),
    latencyMsMax: samples.reduce((max: number | null, sample) => maxOf(max, sample.latencyMsMax), null),
    rssMb: samples.reduce((max: number | null, sample) => maxOf(max, sample.rssMb), null),
    requests: samples.reduce((sum, sample) => sum + sample.requests, 0),
    errors: samples.reduce((sum, sample) => sum + sample.errors, 0),
  };
  return samples.length === 0 ? { ...point, state: "unknown" } : point;
}
