import { expect, test } from "vitest";
import { choosePart, partOf, runsAll } from "./choose-part.ts";

const commits = Array.from({ length: 64 }, (_, i) => `commit ${i}`);

test("a commit always chooses the same part, and commits choose every part", () => {
  const chosen = commits.map((commit) => partOf(commit, "kill points", 4));
  expect(commits.map((commit) => partOf(commit, "kill points", 4))).toEqual(chosen);
  expect(new Set(chosen)).toEqual(new Set([0, 1, 2, 3]));
  expect(commits.map((commit) => partOf(commit, "cut queries", 4))).not.toEqual(chosen);
});

test.skipIf(runsAll)("what is the floor is in every part, and of the rest one in so many", () => {
  const cases = Array.from({ length: 22 }, (_, i) => i);
  const chosen = choosePart("cases of a test", cases, { parts: 4, floor: (n) => n < 2 });
  expect(chosen.slice(0, 2)).toEqual([0, 1]);
  expect(chosen).toHaveLength(7);
});
