import { describe, expect, it } from "vitest";
import { labelledPlaces, linePaths, places, timeFormat, valueTicks } from "./chart-scale.ts";

describe("valueTicks", () => {
  it.each([
    [
      [0, 12_500],
      [0, 5000, 10_000, 15_000],
    ],
    [
      [3, null, 4],
      [0, 1, 2, 3, 4],
    ],
    [
      [-4, 4],
      [-4, -2, 0, 2, 4],
    ],
    [
      [0.1, 0.3],
      [0, 0.1, 0.2, 0.3],
    ],
    [[], [0, 0.25, 0.5, 0.75, 1]],
  ])("of %j are round, hold zero and everything between", (values, ticks) => {
    expect(valueTicks(values)).toEqual(ticks);
  });
});

describe("places", () => {
  it("puts times where they are, not one after the other", () => {
    expect(places({ type: "time", values: ["2026-01-01", "2026-01-02", "2026-01-05"] })).toEqual([
      0, 0.25, 1,
    ]);
  });
  it("puts names in the middle of even slots", () => {
    expect(places({ type: "category", values: ["a", "b"] })).toEqual([0.25, 0.75]);
  });
});

it("names at most so many places, evenly", () => {
  expect(labelledPlaces(10, 4)).toEqual([0, 3, 6, 9]);
  expect(labelledPlaces(2, 4)).toEqual([0, 1]);
  expect(labelledPlaces(0, 4)).toEqual([]);
});

it("leaves a gap where nothing is known", () => {
  const at = (x: number) => ({ x, y: 0 });
  expect(linePaths([at(1), at(2), null, at(4)])).toEqual([[at(1), at(2)], [at(4)]]);
});

it("says times in the user's zone, and a day without a time as that day everywhere", () => {
  const days = timeFormat(["2026-03-01", "2026-03-02"], "en-GB", "America/New_York");
  expect(days("2026-03-01")).toBe("1 Mar");
  const hours = timeFormat(["2026-03-01T10:00:00Z", "2026-03-01T12:00:00Z"], "en-GB", "Asia/Tokyo");
  expect(hours("2026-03-01T10:00:00Z")).toBe("19:00");
});
