import { expect, test } from "vitest";
import { type ManifestInput, manifestSchema } from "../sdk/manifest/index.ts";
import { describePermissions, permissionKind, reachesOut } from "./permissions.ts";

const manifest = manifestSchema.parse({
  ...{ manifestVersion: 1, name: "notes", publisher: "tests", version: "1.0.0", type: "module" },
  ...{ title: "Notes", summary: "Notes", license: "MIT" },
  runtime: { kind: "node", entry: "server/index.mjs", memoryMb: 64 },
  database: { migrations: "prisma/migrations", extensions: ["citext", "pg_trgm"] },
  api: { v1: {}, v2: {} },
  pages: [{ path: "/", title: "Notes", entry: "client/notes.html" }],
  widgets: [
    { id: "recent", title: "Recent", entry: "client/recent.html" },
    { id: "mine", title: "Mine", entry: "client/mine.html" },
  ],
  permissions: { network: ["a.example", "b.example"], modules: ["polls:v1"] },
});

test("everything a manifest asks for is said, in the order of how far it reaches", () => {
  const known = { schema: "m_notes", newExtensions: new Set(["citext"]) };
  expect(describePermissions(manifest, known).map(({ text }) => text)).toEqual([
    "Keeps its own tables in the schema m_notes; it cannot read anyone else's.",
    "Adds to the database and uses the PostgreSQL extension citext.",
    "Uses the PostgreSQL extension pg_trgm.",
    "Runs a process of its own with up to 64 MB of memory.",
    "Calls the v1 API of polls in the name of the user who is using it.",
    "Connects to a.example, b.example.",
    "Answers at /api/v1/notes/ and /api/v2/notes/.",
    "Adds the page Notes to the navigation.",
    "Adds 2 widgets to the home page: Recent, Mine.",
  ]);
});

test("pages, widgets and APIs stay below the module's address; the rest reaches out", () => {
  const inside = permissionKind.options.filter((kind) => !reachesOut(kind));
  expect(inside).toEqual(["pages", "widgets", "api"]);
});

const page = (title: string) => ({ path: `/${title.toLowerCase()}`, title, entry: "client/page.html" });
const describeOne = (rest: Partial<ManifestInput>, newExtensions: string[] = []) => {
  const base = { manifestVersion: 1, name: "notes", publisher: "tests", version: "1.0.0", type: "module" };
  const asked = manifestSchema.parse({ ...base, title: "Notes", summary: "Notes", license: "MIT", ...rest });
  const known = { schema: "m_notes", newExtensions: new Set(newExtensions) };
  return describePermissions(asked, known).map(({ kind, text }) => [kind, text]);
};

test("a module that asks for nothing is granted nothing", () => {
  expect(describeOne({})).toEqual([]);
});

test.each<[string, Partial<ManifestInput>, string, string]>([
  ["one API", { api: { v1: {} } }, "api", "Answers at /api/v1/notes/."],
  ["one page", { pages: [page("Graph")] }, "pages", "Adds the page Graph to the navigation."],
  [
    "pages",
    { pages: [page("Graph"), page("List")] },
    "pages",
    "Adds 2 pages to the navigation: Graph, List.",
  ],
  ["a port", { permissions: { network: ["b.example:443"] } }, "network", "Connects to b.example:443."],
])("who grants %s reads what that means", (_, rest, kind, text) => {
  expect(describeOne(rest)).toEqual([[kind, text]]);
});
