import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  call,
  database,
  type Entity,
  entity,
  graph,
  load,
  type Path,
  relation,
} from "./testing/graph-api.ts";

describe("neighbours", () => {
  const near = async (query: string, id = "a") => {
    const body = (await call("GET", `/entities/${id}/neighbours${query}`)).json<{
      neighbours: (Entity & { distance: number })[];
      relations: { from: string; to: string }[];
      truncated: boolean;
    }>();
    return {
      neighbours: body.neighbours.map(({ id, distance }) => `${id}${distance}`),
      relations: body.relations.map(({ from, to }) => `${from}>${to}`),
      truncated: body.truncated,
    };
  };

  test("are found one and two relations away, with the relations among them", async () => {
    await graph("a>b b>c c>d d>a x>y b>d");
    expect(await near("")).toEqual({
      neighbours: ["b1", "d1"],
      relations: ["a>b", "b>d", "d>a"],
      truncated: false,
    });
    expect((await near("?depth=2")).neighbours).toEqual(["b1", "d1", "c2"]);
  });
  test("follow a direction, relation types and entity types", async () => {
    await graph("a>b b>c c>a");
    await load(entity("m", { type: "machine" }), relation("a", "m", "owns"), relation("m", "b", "owns"));
    expect((await near("?direction=out")).neighbours).toEqual(["b1", "m1"]);
    expect((await near("?direction=in")).neighbours).toEqual(["c1"]);
    expect((await near("?type=owns&depth=2")).neighbours).toEqual(["m1", "b2"]);
    expect((await near("?entityType=machine")).neighbours).toEqual(["m1"]);
  });
  test("are limited, and say so", async () => {
    await graph("a>b a>c a>d");
    expect(await near("?limit=2")).toMatchObject({ neighbours: ["b1", "c1"], truncated: true });
    expect(await near("?limit=3")).toMatchObject({ truncated: false });
  });
  test("an entity related to itself is not its own neighbour", async () => {
    await graph("a>a a>b");
    expect((await near("?depth=2")).neighbours).toEqual(["b1"]);
  });
  test("a relation between the same two in both directions counts them once", async () => {
    await graph("a>b b>a");
    expect((await near("?depth=2")).neighbours).toEqual(["b1"]);
  });
});

describe("shortest path", () => {
  const path = async (query: string) => (await call("GET", `/paths?${query}`)).json<Path>();
  const names = ({ entities }: Path) => entities.map((item) => item.id).join("");

  test("is found against the direction too, unless asked otherwise", async () => {
    await graph("b>a b>c c>d a>x x>y y>d");
    expect(names(await path("from=a&to=d"))).toBe("abcd");
    expect(names(await path("from=a&to=d&directed=true"))).toBe("axyd");
    expect(await path("from=d&to=a&directed=true")).toEqual({
      found: false,
      hops: null,
      entities: [],
      relations: [],
    });
  });
  test("each relation on it joins the entities around it", async () => {
    await graph("b>a b>c c>d e>d");
    const { entities, relations, hops } = await path("from=a&to=e");
    expect(hops).toBe(4);
    for (const [i, { from, to }] of relations.entries())
      expect([from, to].sort()).toEqual([entities[i]?.id, entities[i + 1]?.id].sort());
  });
  test("keeps to relation types and to the longest path allowed", async () => {
    await graph("a>b b>c");
    await load(relation("a", "c", "far"));
    expect(names(await path("from=a&to=c"))).toBe("ac");
    expect(names(await path("from=a&to=c&type=knows"))).toBe("abc");
    expect((await path("from=a&to=c&type=knows&maxHops=1")).found).toBe(false);
  });
  test("from an entity to itself has no relations", async () => {
    await graph("a>b");
    expect(await path("from=a&to=a")).toMatchObject({ found: true, hops: 0, relations: [] });
  });
  test("an end that is not there is 404", async () => {
    await graph("a>b");
    expect((await call("GET", "/paths?from=a&to=zz")).status).toBe(404);
    expect((await call("GET", "/paths?from=a")).status).toBe(400);
  });
  test("is as long as a plain breadth-first search says, on random graphs", async () => {
    for (let round = 0; round < 5; round++) {
      await database.query("TRUNCATE entities, relations");
      const nodes = Array.from({ length: 40 }, (_, i) => `n${i}`);
      // The same graphs each time: what fails once can be looked at.
      const picks = fc.sample(fc.noBias(fc.constantFrom(...nodes)), { numRuns: 140, seed: round });
      const pick = () => picks.pop() as string;
      const edges = Array.from({ length: 55 }, () => [pick(), pick()] as const);
      await load(...nodes.map((id) => entity(id)), ...edges.map(([a, b]) => relation(a, b)));
      for (let i = 0; i < 15; i++) {
        const [from, to] = [pick(), pick()];
        for (const directed of [false, true])
          expect((await path(`from=${from}&to=${to}&maxHops=12&directed=${directed}`)).hops).toBe(
            hopsBetween(from, to, edges, directed),
          );
      }
    }
  });
});

function hopsBetween(
  from: string,
  to: string,
  edges: (readonly [string, string])[],
  directed: boolean,
): number | null {
  let front = new Set([from]);
  const seen = new Set(front);
  for (let hops = 0; hops <= 12 && front.size > 0; hops++) {
    if (front.has(to)) return hops;
    const next = new Set<string>();
    for (const [a, b] of edges) {
      if (front.has(a) && !seen.has(b)) next.add(b);
      if (!directed && front.has(b) && !seen.has(a)) next.add(a);
    }
    for (const id of next) seen.add(id);
    front = next;
  }
  return null;
}
