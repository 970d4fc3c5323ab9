import { expect, test } from "vitest";
import { compareGenerations } from "./compare-generations";

const entry = (name: string, version: string, digest = `${name}${version}`) => ({ name, version, digest });

test("added, removed and changed modules are told apart, unchanged ones are left out", () => {
  const before = [entry("a", "1.0.0"), entry("b", "1.0.0"), entry("c", "1.0.0")];
  const after = [entry("b", "1.1.0"), entry("c", "1.0.0"), entry("d", "2.0.0")];
  expect(compareGenerations(before, after)).toEqual([
    { kind: "removed", name: "a", text: "1.0.0" },
    { kind: "changed", name: "b", text: "1.0.0 → 1.1.0" },
    { kind: "added", name: "d", text: "2.0.0" },
  ]);
});

test("the same version with other files is a change", () => {
  expect(compareGenerations([entry("a", "1.0.0", "x")], [entry("a", "1.0.0", "y")])).toEqual([
    { kind: "changed", name: "a", text: "1.0.0, other files" },
  ]);
});
