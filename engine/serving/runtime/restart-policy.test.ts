import { expect, test } from "vitest";
import { afterCrash, noCrashes, defaultRestartPolicy as policy } from "./restart-policy.ts";

/** Crashes `everyMs`, each after running `ranMs`; the delays given, and whether it ended in quarantine. */
function crashRepeatedly(count: number, everyMs: number, ranMs = 0) {
  let history = noCrashes;
  const delays: number[] = [];
  for (let i = 0; i < count; i++) {
    const next = afterCrash(history, { now: i * everyMs, ranMs, random: 0 }, policy);
    history = next.history;
    if (next.verdict.kind === "quarantine") return { delays, quarantinedAfter: i + 1 };
    delays.push(next.verdict.delayMs);
  }
  return { delays, quarantinedAfter: null };
}

test("the delay doubles from the shortest to the longest and stays there", () => {
  const { delays } = crashRepeatedly(10, 20_000);
  expect(delays).toEqual([200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000]);
});

test("five crashes within a minute lead to quarantine", () => {
  expect(crashRepeatedly(10, 1_000).quarantinedAfter).toBe(5);
});

test("crashes that are far apart never lead to quarantine", () => {
  expect(crashRepeatedly(50, 15_001).quarantinedAfter).toBeNull();
});

test("a crash after a long quiet run starts again with the shortest delay", () => {
  expect(crashRepeatedly(5, 90_000, 60_000).delays).toEqual([200, 200, 200, 200, 200]);
});

test("jitter shortens a delay by half at most", () => {
  const { verdict } = afterCrash(noCrashes, { now: 0, ranMs: 0, random: 0.999 }, policy);
  expect(verdict).toMatchObject({ kind: "retry" });
  expect(verdict.kind === "retry" && verdict.delayMs).toBeGreaterThan(99);
});
