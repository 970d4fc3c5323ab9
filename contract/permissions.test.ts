import { expect, test } from "vitest";
import { type ManifestInput, manifestSchema } from "../sdk/manifest/index.ts";
import { describePermissions, permissionKind, reachesOut } from "./permissions.ts";

const describePlain = (
  rest: Partial<ManifestInput>,
  extensions: [name: string, known: { trusted: boolean; installed: boolean }][] = [],
) => {
  const manifest = manifestSchema.parse({
    ...{ manifestVersion: 1, name: "notes", publisher: "tests", version: "1.0.0", type: "module" },
    ...{ title: "Notes", summary: "Notes", license: "MIT", ...rest },
  });
  return describePermissions(manifest, new Map(extensions)).map(({ kind, text }) => [kind, text]);
};
const page = (title: string) => ({ path: `/${title.toLowerCase()}`, title, entry: "client/page.html" });
const widget = { id: "recent", title: "Recent", entry: "client/recent.html", size: { w: 1, h: 1 } };
const tables = "Keeps its own tables in a database of its own; it cannot read anyone else's.";

test("a module that asks for nothing is granted nothing", () => {
  expect(describePlain({})).toEqual([]);
});

test.each<[string, Partial<ManifestInput>, string, string]>([
  ["tables", { database: { migrations: "prisma/migrations" } }, "database", tables],
  [
    "a process",
    { runtime: { kind: "node", entry: "server/index.mjs", memoryMb: 64 } },
    "memory",
    "Runs a process of its own with up to 64 MB of memory.",
  ],
  [
    "another module's API",
    { permissions: { modules: ["polls:v2"] } },
    "module",
    "Calls the v2 API of polls in the name of the user who is using it.",
  ],
  [
    "hosts, all in one line",
    { permissions: { network: ["a.example", "b.example:443"] } },
    "network",
    "Connects to a.example, b.example:443.",
  ],
  ["one API", { api: { v1: {} } }, "api", "Answers at /api/v1/notes/."],
  ["APIs", { api: { v1: {}, v2: {} } }, "api", "Answers at /api/v1/notes/ and /api/v2/notes/."],
  ["one page", { pages: [page("Graph")] }, "pages", "Adds 1 page to the navigation: Graph."],
  [
    "pages",
    { pages: [page("Graph"), page("List")] },
    "pages",
    "Adds 2 pages to the navigation: Graph, List.",
  ],
  ["a widget", { widgets: [widget] }, "widgets", "Adds 1 widget to the home page: Recent."],
])("who grants %s reads what that means", (_, rest, kind, text) => {
  expect(describePlain(rest)).toEqual([[kind, text]]);
});

test("an extension that the database does not have yet is said to be added to it", () => {
  const database = { migrations: "prisma/migrations", extensions: ["citext", "pg_trgm"] };
  expect(describePlain({ database }, [["pg_trgm", { trusted: true, installed: false }]])).toEqual([
    ["database", tables],
    ["extension", "Uses the PostgreSQL extension citext."],
    ["extension", "Adds to its database and uses the PostgreSQL extension pg_trgm."],
  ]);
});

test("pages, widgets and APIs stay below the module's address; the rest reaches out", () => {
  const inside = permissionKind.options.filter((kind) => !reachesOut(kind));
  expect(inside).toEqual(["pages", "widgets", "api"]);
});
