import fc from "fast-check";
import { expect, test } from "vitest";
import { fromRows, toRows } from "./properties.ts";
import { entityOfPath, pathOfEntity } from "./route.ts";

test("what a person types becomes the value it looks like", () => {
  const rows = [
    ["born", "1815"],
    ["alive", "false"],
    ["name", " Ada "],
    ["tags", '["a","b"]'],
    ["broken", "[1,"],
    ["version", "1.2.3"],
    ["quoted", '"1815"'],
  ].map(([key = "", text = ""]) => ({ key, text }));
  expect(fromRows(rows)).toEqual({
    born: 1815,
    alive: false,
    name: "Ada",
    tags: ["a", "b"],
    broken: "[1,",
    version: "1.2.3",
    quoted: "1815",
  });
});

test("editing without a change changes nothing", () => {
  const key = fc.string({ minLength: 1 }).filter((name) => name === name.trim() && name !== "__proto__");
  fc.assert(
    fc.property(fc.dictionary(key, fc.jsonValue(), { noNullPrototype: true }), (properties) => {
      const stored = JSON.parse(JSON.stringify(properties));
      expect(fromRows(toRows(stored))).toEqual(stored);
    }),
  );
});

test("an empty row is left out, a nameless or repeated one refused", () => {
  expect(fromRows([{ key: " ", text: "" }])).toEqual({});
  expect(() => fromRows([{ key: "", text: "x" }])).toThrow(/Name the property/);
  expect(() =>
    fromRows([
      { key: "a", text: "1" },
      { key: "a ", text: "2" },
    ]),
  ).toThrow(/twice/);
});

test("an entity's address leads back to it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (id) => {
      expect(entityOfPath(pathOfEntity(id))).toBe(id);
    }),
  );
  for (const path of ["/", "/entities", "/entities/", "/entities/%E0%A4%A", "/other/x"])
    expect(entityOfPath(path)).toBeNull();
});
