import { describe, expect, test } from "vitest";
import type { Entity, Relation } from "./api.ts";
import { addToGraph, bestConnected, countTypes, emptyGraph, linksOf, removeFromGraph } from "./graph.ts";

const entity = (id: string, type = "thing"): Entity => ({ id, type, name: id.toUpperCase(), properties: {} });
const relation = (from: string, to: string, type = "knows"): Relation => ({
  id: `${from}${to}`,
  from,
  type,
  to,
  properties: {},
});
const graph = addToGraph(emptyGraph, {
  entities: [entity("a"), entity("b"), entity("c", "place")],
  relations: [relation("a", "b"), relation("c", "a", "holds"), relation("b", "z")],
});

describe("the graph on the screen", () => {
  test("has no relation with an end that is not there", () => {
    expect([...graph.relations.keys()]).toEqual(["ab", "ca"]);
  });
  test("is not changed in place, and what is added again replaces", () => {
    const next = addToGraph(graph, { entities: [{ ...entity("a"), name: "Anna" }] });
    expect(graph.entities.get("a")?.name).toBe("A");
    expect(next.entities.get("a")?.name).toBe("Anna");
    expect(next.entities.size).toBe(3);
  });
  test("loses an entity with its relations, and a relation alone", () => {
    expect([...removeFromGraph(graph, { entities: ["a"] }).relations]).toEqual([]);
    expect([...removeFromGraph(graph, { relations: ["ab"] }).relations.keys()]).toEqual(["ca"]);
    expect(removeFromGraph(graph, { relations: ["ab"] }).entities.size).toBe(3);
  });
  test("tells the links of an entity with their direction", () => {
    expect(linksOf(graph, "a").map(({ other, outgoing }) => [other.id, outgoing])).toEqual([
      ["c", false],
      ["b", true],
    ]);
  });
  test("counts types, the most first", () => {
    expect(countTypes(graph)).toEqual([
      { type: "thing", count: 2 },
      { type: "place", count: 1 },
    ]);
  });
  test("begins where most relations meet", () => {
    expect(bestConnected([relation("a", "b"), relation("c", "a"), relation("b", "a")])).toBe("a");
    expect(bestConnected([])).toBeNull();
  });
});
