import { expect, test } from "vitest";
import { matchesEntityTag } from "./matches-entity-tag.ts";

test.each([
  ['"x"', true],
  ['W/"x"', true],
  ['"old", "x"', true],
  ['"old",W/"x"', true],
  ["*", true],
  [" * ", true],
  ['"a,b", "x"', true],
  ['"xx"', false],
  ['"old"', false],
  ["x", false],
  ['"x', false],
  ["", false],
  [undefined, false],
])("If-None-Match: %s", (given, matches) => {
  expect(matchesEntityTag(given, '"x"')).toBe(matches);
  expect(matchesEntityTag(given, 'W/"x"')).toBe(matches);
});
