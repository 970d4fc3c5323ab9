import { expect, test } from "vitest";
import { bucketSamples } from "./bucket-samples.ts";
import { mergeSamples, type Sample } from "./sample.ts";

const fromMs = Date.parse("2026-01-01T00:00:00Z");
const window = { fromMs, toMs: fromMs + 3_600_000, buckets: 4 };

const sample = (minute: number, values: Partial<Sample> = {}): Sample => ({
  module: "m",
  minute: new Date(fromMs + minute * 60_000).toISOString(),
  state: "healthy",
  probes: 6,
  failures: 0,
  latencyMsP50: 2,
  latencyMsMax: 5,
  rssMb: 60,
  requests: 10,
  errors: 0,
  ...values,
});

test("a stretch nothing is known of is unknown, not healthy and not down", () => {
  const { points, uptime } = bucketSamples("m", [sample(1), sample(50)], window);
  expect(points.map((point) => point.state)).toEqual(["healthy", "unknown", "unknown", "healthy"]);
  expect(points[1]).toMatchObject({ latencyMsP50: null, latencyMsMax: null, rssMb: null, requests: 0 });
  expect(uptime).toBe(1);
});

test("a stretch shows its worst minute, sums what is counted and keeps the highest", () => {
  const samples = [
    sample(0, { latencyMsP50: 1, latencyMsMax: 4, rssMb: 50 }),
    sample(1, { state: "failing", latencyMsP50: null, latencyMsMax: 90, errors: 3 }),
    sample(2, { latencyMsP50: 9, rssMb: 70 }),
    sample(3, { state: "stopped", latencyMsP50: 3 }),
  ];
  const { points, uptime } = bucketSamples("m", samples, window);
  expect(points[0]).toEqual({
    at: "2026-01-01T00:00:00.000Z",
    state: "failing",
    latencyMsP50: 3,
    latencyMsMax: 90,
    rssMb: 70,
    requests: 40,
    errors: 3,
  });
  expect(uptime).toBe(0.5);
});

test("minutes before and after the window are left out", () => {
  const { points, uptime } = bucketSamples("m", [sample(-1), sample(60)], window);
  expect(points.every((point) => point.state === "unknown")).toBe(true);
  expect(uptime).toBeNull();
});

test("a restart of a moment does not darken the minute it fell into", () => {
  expect(mergeSamples(sample(0), sample(0, { state: "starting" })).state).toBe("healthy");
  expect(mergeSamples(sample(0), sample(0, { state: "failing" })).state).toBe("failing");
});
