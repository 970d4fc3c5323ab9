import { expect, test } from "vitest";
import { layoutGraph } from "./layout-graph";

const at = (layout: ReturnType<typeof layoutGraph>, id: string) =>
  layout.nodes.find((node) => node.id === id);

test("what a module needs stands right of it, by the longest chain", () => {
  const layout = layoutGraph([
    { id: "app", needs: ["graph", "base"] },
    { id: "graph", needs: ["base"] },
    { id: "base", needs: [] },
  ]);
  const xs = ["app", "graph", "base"].map((id) => at(layout, id)?.x ?? -1);
  expect(xs[0]).toBeLessThan(xs[1] ?? 0);
  expect(xs[1]).toBeLessThan(xs[2] ?? 0);
  expect(layout.edges).toHaveLength(3);
});

test("a need outside the plan draws no line", () => {
  expect(layoutGraph([{ id: "a", needs: ["elsewhere"] }]).edges).toEqual([]);
});

test("a circle ends", () => {
  const layout = layoutGraph([
    { id: "a", needs: ["b"] },
    { id: "b", needs: ["a"] },
  ]);
  expect(layout.nodes).toHaveLength(2);
});

test("no two modules overlap", () => {
  const layout = layoutGraph([
    { id: "a", needs: ["c", "d"] },
    { id: "b", needs: ["c"] },
    { id: "c", needs: [] },
    { id: "d", needs: [] },
  ]);
  const places = new Set(layout.nodes.map((node) => `${node.x},${node.y}`));
  expect(places.size).toBe(4);
});

test("nothing to draw has no size", () => {
  expect(layoutGraph([])).toEqual({ nodes: [], edges: [], width: 0, height: 0 });
});
