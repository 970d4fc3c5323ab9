import type { ModuleHistory } from "../../../contract/health.ts";
import { bucketSamples } from "./bucket-samples.ts";
import type { HealthStore } from "./health-store.ts";
import { mergeSamples, type Tally, toSample } from "./sample.ts";

/** Minutes that are stored and the one that is counted now, in buckets up to the end of it. */
export async function readHistory(
  { store, nowMs, tally }: { store: HealthStore; nowMs: number; tally(): Tally | undefined },
  module: string,
  { hours = 24, buckets = 96 }: { hours?: number; buckets?: number } = {},
): Promise<ModuleHistory> {
  const toMs = Math.ceil((nowMs + 1) / 60_000) * 60_000;
  const fromMs = toMs - hours * 3_600_000;
  const samples = await store.samples(module, fromMs);
  const counted = tally();
  if (counted) {
    const live = toSample(module, counted);
    const last = samples.at(-1);
    if (last?.minute === live.minute) samples[samples.length - 1] = mergeSamples(last, live);
    else samples.push(live);
  }
  return bucketSamples(module, samples, { fromMs, toMs, buckets });
}
