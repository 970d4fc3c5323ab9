import { expect, test } from "vitest";
import { learnTypes, lookOf } from "./type-look.ts";

test("types of one graph differ in colour and shape while there are enough of both", () => {
  const types = ["person", "place", "idea", "machine", "language", "organisation", "event", "work"];
  learnTypes(types);
  expect(new Set(types.map((type) => lookOf(type).colour)).size).toBe(8);
  expect(new Set(types.map((type) => lookOf(type).shape)).size).toBe(8);
});

test("a type keeps its look, and there is one for any number of types", () => {
  const before = lookOf("person");
  learnTypes(Array.from({ length: 50 }, (_, i) => `type ${i}`));
  expect(lookOf("person")).toBe(before);
  expect(lookOf("type 49").colour).toMatch(/^oklch/);
});
