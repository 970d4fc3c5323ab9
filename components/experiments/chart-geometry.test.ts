import { expect, test } from "vitest";
import { areaPaths, linePaths, niceTicks, plot, rangeOf } from "./chart-geometry";

test.each([
  [0, 60, [0, 20, 40, 60]],
  [-0.3, 0.82, [-0.5, 0, 0.5, 1]],
  [0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1]],
])("the ticks from %d to %d are round and hold them all", (min, max, expected) => {
  const ticks = niceTicks(min, max);
  expect(ticks[0]).toBeLessThanOrEqual(min);
  expect(ticks.at(-1)).toBeGreaterThanOrEqual(max);
  expect(ticks.length).toBeLessThanOrEqual(7);
  if (max > 0) expect(ticks).toEqual(expected);
});

test("counts have no tick between them", () => {
  expect(niceTicks(0, 1, 1)).toEqual([0, 1]);
});

const at = (value: number) => plot.bottom - value;

test("a gap in what is known is a gap in the line and in its interval", () => {
  expect(linePaths([1, 2, null, 2, 1], at)).toHaveLength(2);
  expect(areaPaths([null, 0, 0, null, 0], [null, 2, 2, null, 2], at)).toHaveLength(2);
});

test("nothing known draws nothing, a single value is drawn", () => {
  expect(linePaths([null, null], at)).toEqual([]);
  expect(linePaths([null, 5], at)[0]).toContain("h-2");
});

test("the picture holds every value and later intervals; those of the first few users are cut off", () => {
  const low = [null, -9, -4, -2, -1];
  expect(rangeOf([{ values: [null, 5, 1, 1, 1], low, high: low.map((value) => value && -value) }])).toEqual({
    min: -4,
    max: 5,
  });
  expect(rangeOf([{ values: [3, 4] }])).toEqual({ min: 0, max: 4 });
  expect(rangeOf([{ values: [null] }])).toBeNull();
});
