import { describe, expect, it } from "vitest";
import type { Manifest } from "../../../sdk/manifest/index.ts";
import { testModule } from "../../supply/installed/testing/create-test-registry.ts";
import { isPublicFile } from "./public-files.ts";

const manifestWith = (sections: Record<string, unknown> = {}) =>
  testModule({ name: "m", api: { v1: {} }, ...sections }).manifest;

describe("which files are public", () => {
  const entries = (entry: string, more = {}) =>
    manifestWith({ pages: [{ path: "/", title: "P", entry }], ...more });
  const server = { runtime: { kind: "node", entry: "server/index.mjs" } };
  const database = { database: { migrations: "prisma/migrations", schema: "prisma/schema.prisma" } };
  it.each<[Manifest, string, boolean]>([
    [entries("client/a.html"), "client/deep/b.js", true],
    [entries("ui/a.html"), "ui/shared/b.css", true],
    [entries("ui/a.html"), "lib/secret.mjs", false],
    [entries("index.html"), "index.js", true],
    [entries("index.html"), "img/a.png", true],
    [entries("index.html"), "module.json", false],
    [entries("index.html", server), "server/other.js", false],
    [entries("index.html", database), "prisma/migrations/1/migration.sql", false],
    [entries("src/a.html", { runtime: { kind: "node", entry: "src/server.mjs" } }), "src/server.mjs", false],
    [entries("src/a.html", { runtime: { kind: "node", entry: "src/server.mjs" } }), "src/a.js", true],
    [manifestWith({ icon: "logo.svg", screenshots: ["shots/1.png"] }), "shots/1.png", true],
    [manifestWith({ icon: "logo.svg" }), "logo.svg", true],
    [manifestWith(), "README.md", false],
  ])("case %#", (manifest, path, expected) => {
    expect(isPublicFile(manifest, path)).toBe(expected);
  });
});
