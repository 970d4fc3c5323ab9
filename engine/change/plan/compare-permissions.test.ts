import { expect, test } from "vitest";
import { manifestSchema } from "../../../sdk/manifest/schema.ts";
import { comparePermissions } from "./compare-permissions.ts";

const manifest = (rest: object) =>
  manifestSchema.parse({
    ...{ manifestVersion: 1, name: "notes", publisher: "tests", version: "1.0.0", type: "module" },
    ...{ title: "Notes", summary: "Notes", license: "MIT", ...rest },
  });
const compare = (before: object, after: object) =>
  comparePermissions(manifest(before), manifest(after)).map(({ change, consent, text }) => ({
    change,
    consent,
    text,
  }));
const node = (memoryMb: number) => ({ runtime: { kind: "node", entry: "server/index.mjs", memoryMb } });
const database = (extensions: string[]) => ({ database: { migrations: "prisma/migrations", extensions } });

test("a version that asks for the same has no changes", () => {
  const same = { ...node(128), ...database(["pg_trgm"]), permissions: { network: ["a.example"] } };
  expect(compare(same, same)).toEqual([]);
});

test.each([
  [
    "a network host",
    {},
    { permissions: { network: ["a.example", "b.example:443"] } },
    ["Connects to a.example.", "Connects to b.example:443."],
  ],
  [
    "another module's API",
    { permissions: { modules: ["polls:v1"] } },
    { permissions: { modules: ["polls:v1", "polls:v2"] } },
    ["Calls the v2 API of polls in the name of the user who is using it."],
  ],
  ["more memory", node(128), node(256), ["Takes up to 256 MB of memory instead of 128 MB."]],
  ["a process", {}, node(64), ["Runs a process of its own with up to 64 MB of memory."]],
  ["an extension", database([]), database(["citext"]), ["Uses the PostgreSQL extension citext."]],
  [
    "tables",
    {},
    database([]),
    ["Keeps its own tables in a database of its own; it cannot read anyone else's."],
  ],
])("%s that the installed version had not is new and needs consent", (_, before, after, texts) => {
  expect(compare(before, after)).toEqual(texts.map((text) => ({ change: "added", consent: true, text })));
});

test("what a version gives up is shown and needs no consent", () => {
  expect(compare({ ...node(256), permissions: { network: ["a.example"] } }, node(128))).toEqual([
    { change: "removed", consent: false, text: "Takes up to 256 MB of memory; now 128 MB." },
    { change: "removed", consent: false, text: "Connects to a.example." },
  ]);
});

test("pages, widgets and APIs are shown as new and need no consent", () => {
  const page = { path: "/", title: "Notes", entry: "client/page.html" };
  const widget = { id: "recent", title: "Recent", entry: "client/recent.html", size: { w: 1, h: 1 } };
  const found = compare({}, { pages: [page], widgets: [widget], api: { v1: {} } });
  expect(found.map(({ change, consent }) => ({ change, consent }))).toEqual(
    Array(3).fill({ change: "added", consent: false }),
  );
});

test("a host below a wildcard that was granted is nothing new, one beside it is", () => {
  const before = { permissions: { network: ["*.example.org"] } };
  expect(compare(before, { permissions: { network: ["*.example.org", "API.example.org"] } })).toEqual([]);
  expect(compare(before, { permissions: { network: ["*.example.org", "example.com"] } })).toHaveLength(1);
});

test("without a version before, everything is new", () => {
  const all = comparePermissions(null, manifest({ ...node(64), permissions: { network: ["a.example"] } }));
  expect(all.map(({ change }) => change)).toEqual(["added", "added"]);
});
