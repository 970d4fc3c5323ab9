import { readWidgetAnswer } from "@graft/sdk/testing";
import { beforeEach, describe, expect, test } from "vitest";
import document from "../openapi/v1.json" with { type: "json" };
import {
  type Answer,
  call,
  called,
  database,
  type Entity,
  entity,
  graph,
  ids,
  type List,
  load,
  ndjson,
  relation,
} from "./testing/graph-api.ts";

describe("entities", () => {
  test("are created, read, changed and deleted", async () => {
    const created = await call("POST", "/entities", {
      type: "person",
      name: "Ada",
      properties: { born: 1815 },
    });
    expect(created.status).toBe(201);
    const { id } = created.json<Entity>();
    const path = `/entities/${id}`;
    expect((await call("GET", path)).json<Entity>()).toMatchObject({
      name: "Ada",
      properties: { born: 1815 },
    });
    const patched = await call("PATCH", path, { name: "Ada Lovelace" });
    expect(patched.json<Entity>()).toMatchObject({
      name: "Ada Lovelace",
      type: "person",
      properties: { born: 1815 },
    });
    expect((await call("PATCH", path, { properties: {} })).json<Entity>().properties).toEqual({});
    expect((await call("DELETE", path)).status).toBe(204);
    expect((await call("GET", path)).status).toBe(404);
    expect((await call("DELETE", path)).status).toBe(404);
    expect((await call("PATCH", path, {})).status).toBe(404);
  });

  test("an id that is taken is refused", async () => {
    const body = { id: "ada", type: "person", name: "Ada" };
    expect((await call("POST", "/entities", body)).status).toBe(201);
    expect((await call("POST", "/entities", body)).status).toBe(409);
  });

  test.each<[string, object]>([
    ["no type", { name: "x" }],
    ["empty name", { type: "t", name: "" }],
    ["slash in the id", { type: "t", name: "x", id: "a/b" }],
    ["unknown key", { type: "t", name: "x", colour: "red" }],
    ["NUL in the name", { type: "t", name: "nul\0" }],
    ["half a character", { type: "t", name: "half \ud800" }],
    ["NUL in a property", { type: "t", name: "x", properties: { a: "\0" } }],
    ["too large", { type: "t", name: "x", properties: { a: "y".repeat(70_000) } }],
  ])("a body that is not valid is refused: %s", async (_, body) => {
    expect((await call("POST", "/entities", body)).status).toBe(422);
  });

  test("an id nothing can have is simply not there", async () => {
    expect((await call("GET", "/entities/%00")).status).toBe(404);
    expect((await call("GET", "/entities/a%20b/neighbours")).status).toBe(404);
  });

  test("deleting one takes its relations along", async () => {
    await graph("a>b b>c");
    await call("DELETE", "/entities/b");
    expect((await call("GET", "/relations")).json<List<unknown>>().items).toEqual([]);
  });

  test("the list is by name and its pages hold each entity once", async () => {
    const names = ["banana", "Apple", "cherry", "apple", "Äpfel", "date"];
    await load(...names.map((name, i) => entity(`e${i}`, { name, type: i % 2 ? "odd" : "even" })));
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const answer: Answer = await call("GET", `/entities?limit=2${cursor ? `&cursor=${cursor}` : ""}`);
      seen.push(...answer.json<List<Entity>>().items.map((item) => item.name));
      cursor = answer.json<List<Entity>>().nextCursor;
    }
    expect(seen).toEqual(["Apple", "apple", "banana", "cherry", "date", "Äpfel"]);
    expect(ids(await call("GET", "/entities?type=odd"))).toEqual(["e1", "e3", "e5"]);
    expect(ids(await call("GET", "/entities?type=odd&type=even"))).toHaveLength(6);
  });

  test.each(["cursor=nonsense", "limit=0", "limit=x", "typ=person", "query=%00"])(
    "a wrong query is refused: %s",
    async (query) => {
      expect((await call("GET", `/entities?${query}`)).status).toBe(400);
    },
  );
});

describe("search", () => {
  beforeEach(() =>
    load(
      entity("ada", { name: "Ada Lovelace", type: "person", properties: { field: "analytical engine" } }),
      entity("babbage", { name: "Charles Babbage", type: "person" }),
      entity("engine", { name: "Analytical Engine", type: "machine" }),
      entity("adaptor", { name: "Adaptor 100%", type: "machine" }),
    ),
  );
  const search = async (query: string, more = "") =>
    ids(await call("GET", `/entities?query=${encodeURIComponent(query)}${more}`));

  test("finds names by their beginning, the exact one first", async () => {
    expect(await search("ada")).toEqual(["ada", "adaptor"]);
    expect(await search("ADA LOVELACE")).toEqual(["ada"]);
  });
  test("finds every word, also in properties, the name before the rest", async () => {
    expect(await search("engine analytical")).toEqual(["engine", "ada"]);
  });
  test("finds a misspelt name", async () => {
    expect(await search("lovlace")).toEqual(["ada"]);
    expect(await search("charls babage")).toContain("babbage");
  });
  test("keeps to the type asked for", async () => {
    expect(await search("engine", "&type=person")).toEqual(["ada"]);
    expect(await search("lovlace", "&type=machine")).toEqual([]);
  });
  test("takes signs of a pattern or a query language as they are", async () => {
    expect(await search("100%")).toEqual(["adaptor"]);
    for (const query of ["%", "_", "'", "a & | !", "\\", "((", ":*", "<->"]) await search(query);
    expect(await search("%")).toEqual([]);
  });
});

describe("relations", () => {
  beforeEach(() => load(entity("a"), entity("b"), entity("c")));

  test("are created, listed, changed and deleted", async () => {
    const created = await call("POST", "/relations", {
      from: "a",
      type: "knows",
      to: "b",
      properties: { since: 1 },
    });
    expect(created.status).toBe(201);
    const { id } = created.json<Entity>();
    await call("POST", "/relations", { from: "b", type: "likes", to: "c" });
    expect(ids(await call("GET", "/relations?entity=b"))).toHaveLength(2);
    expect(ids(await call("GET", "/relations?entity=c"))).toHaveLength(1);
    expect(ids(await call("GET", "/relations?type=knows"))).toEqual([id]);
    expect((await call("GET", `/relations/${id}`)).status).toBe(200);
    expect((await call("PATCH", `/relations/${id}`, { type: "likes" })).json<Entity>().type).toBe("likes");
    expect((await call("DELETE", `/relations/${id}`)).status).toBe(204);
    for (const method of ["GET", "DELETE"]) expect((await call(method, `/relations/${id}`)).status).toBe(404);
    expect((await call("PATCH", "/relations/nonsense", {})).status).toBe(404);
  });

  test("pages hold each relation once", async () => {
    await load(relation("a", "b"), relation("b", "c"), relation("c", "a"));
    const first = (await call("GET", "/relations?limit=2")).json<List<Entity>>();
    const second = (await call("GET", `/relations?limit=2&cursor=${first.nextCursor}`)).json<List<Entity>>();
    expect(new Set([...first.items, ...second.items].map((item) => item.id)).size).toBe(3);
    expect(second.nextCursor).toBeNull();
    expect((await call("GET", "/relations?cursor=WyJ4Il0")).status).toBe(400);
  });

  test("the same one twice, or made the same by a change, is refused", async () => {
    await call("POST", "/relations", { from: "a", type: "knows", to: "b" });
    expect((await call("POST", "/relations", { from: "a", type: "knows", to: "b" })).status).toBe(409);
    const { id } = (await call("POST", "/relations", { from: "a", type: "likes", to: "b" })).json<Entity>();
    expect((await call("PATCH", `/relations/${id}`, { type: "knows" })).status).toBe(409);
  });

  test("an end that does not exist is refused", async () => {
    const answer = await call("POST", "/relations", { from: "a", type: "knows", to: "nobody" });
    expect(answer.status).toBe(422);
    expect(answer.json()).toMatchObject({ code: "ENTITY_MISSING" });
  });
});

describe("import", () => {
  test("creates what is new and replaces what is there", async () => {
    expect(await load(entity("a"), entity("b"), relation("a", "b"))).toMatchObject({
      entities: { created: 2, updated: 0 },
      relations: { created: 1, updated: 0 },
    });
    const again = await load(
      entity("a", { name: "Anna" }),
      relation("a", "b"),
      entity("c"),
      entity("c", { name: "Last" }),
    );
    expect(again).toMatchObject({
      entities: { created: 2 - 1, updated: 2 },
      relations: { created: 0, updated: 1 },
    });
    expect((await call("GET", "/entities/c")).json<Entity>().name).toBe("Last");
  });

  test("wrong lines are named by their numbers and nothing is written", async () => {
    const lines = [
      JSON.stringify(entity("a")),
      "{",
      "",
      '{"kind":"entity","id":"b"}',
      JSON.stringify(relation("a", "zz")),
    ];
    const answer = await call("POST", "/import", lines.join("\n"));
    expect(answer.status).toBe(422);
    const { errors } = answer.json<{ errors: { line: number; message: string }[] }>();
    expect(errors.map(({ line }) => line)).toEqual([2, 4]);
    expect((await call("GET", "/stats")).json()).toMatchObject({ entities: 0 });
  });

  test("a relation to nothing is named by its line and takes the entities before it back", async () => {
    const answer = await call(
      "POST",
      "/import",
      ndjson([entity("a"), relation("a", "a"), relation("zz", "a")]),
    );
    expect(answer.json()).toMatchObject({ errors: [{ line: 3, message: expect.stringContaining("zz") }] });
    expect((await call("GET", "/stats")).json()).toMatchObject({ entities: 0 });
  });

  test("progress is told line by line to those who want it", async () => {
    const lines = Array.from({ length: 4500 }, (_, i) => entity(`e${i}`));
    const accept = "application/x-ndjson";
    const answer = await call("POST", "/import", ndjson(lines), accept);
    const events = answer.text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.map((event) => event.kind)).toEqual(["progress", "progress", "progress", "result"]);
    expect(events.at(-1)).toMatchObject({ lines: 4500, entities: { created: 4500, updated: 0 } });
    const failed = await call("POST", "/import", "{}", accept);
    expect(JSON.parse(failed.text)).toMatchObject({ kind: "error", errors: [{ line: 1 }] });
  });

  test("an empty body is nothing to do", async () => {
    expect((await call("POST", "/import", "")).json()).toMatchObject({ lines: 0 });
  });

  test("counts are by type", async () => {
    await load(entity("a"), entity("b"), entity("m", { type: "machine" }), relation("a", "b"));
    expect((await call("GET", "/stats")).json()).toEqual({
      entities: 3,
      relations: 1,
      entityTypes: [
        { type: "thing", count: 2 },
        { type: "machine", count: 1 },
      ],
      relationTypes: [{ type: "knows", count: 1 }],
    });
  });
});

describe("the widget", () => {
  test("says how many there are and how they grew, day by day", async () => {
    await load(entity("old"), entity("new"), entity("newer"), relation("new", "newer"));
    await database.query("UPDATE entities SET created_at = now() - interval '20 days' WHERE id = 'old'");
    const answer = await call("GET", "/figures?days=7");
    const read = readWidgetAnswer("figures", answer.json());
    if (!read.ok) throw new Error(read.problem);
    const [entities, relations] = read.answer.figures;
    expect(entities).toEqual({
      label: "Entities",
      value: 3,
      delta: { value: 2, label: "in 7 days" },
      series: [1, 1, 1, 1, 1, 1, 3],
    });
    expect(relations).toMatchObject({ value: 1, series: [0, 0, 0, 0, 0, 0, 1] });
  });

  test("refuses a span it cannot draw", async () => {
    expect((await call("GET", "/figures?days=1000")).status).toBe(400);
  });
});

/** By graph.int.test.ts. */
const askedInGraphTests = ["getNeighbours", "getPath"];

test("the document is served and every operation of it was called above", async () => {
  expect((await call("GET", "/openapi.json")).json()).toEqual(document);
  const operations = Object.values(document.paths).flatMap((path) =>
    Object.values(path).flatMap((operation) => ("operationId" in operation ? [operation.operationId] : [])),
  );
  expect([...new Set([...called, ...askedInGraphTests])].sort()).toEqual(operations.sort());
});
