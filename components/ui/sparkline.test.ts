import { expect, test } from "vitest";
import { sparklinePaths } from "./sparkline";

test("a gap in what is known is a gap in the line", () => {
  expect(sparklinePaths([1, 2, null, 2, 1], 2)).toHaveLength(2);
});

test("the largest value reaches the top and zero the bottom", () => {
  expect(sparklinePaths([0, 10], 10)).toEqual(["M0.0 26.5L120.0 1.5"]);
});

test("a single known value is drawn, not lost", () => {
  expect(sparklinePaths([null, 5, null], 5)).toEqual(["M60.0 1.5h-1.5"]);
});

test("nothing known draws nothing", () => {
  expect(sparklinePaths([null, null], 0)).toEqual([]);
});
