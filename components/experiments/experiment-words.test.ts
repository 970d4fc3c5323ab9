import { expect, test } from "vitest";
import { formatDifference, formatFigure } from "./experiment-words.ts";

const conversion = { kind: "conversion" } as const;
const value = { kind: "value" } as const;

test.each([
  [0.12345, "12.3 %"],
  [1, "100 %"],
  [0.000343, "0.034 %"],
  [0, "0 %"],
])("a share of %d is %s", (share, words) => {
  expect(formatFigure(share, conversion)).toBe(words);
});

test.each([
  [0.59, conversion, "+59 pp"],
  [-0.000312, conversion, "−0.031 pp"],
  [0, conversion, "0 pp"],
  [12.097, value, "+12.1"],
  [-0.0000412, value, "−0.0000412"],
])("a difference of %d is told with its sign, and a small one is never 0", (difference, goal, words) => {
  expect(formatDifference(difference, goal)).toBe(words);
});
