import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildAllModules, buildModule } from "./index.ts";

const manifest = {
  $schema: "../module.schema.json",
  manifestVersion: 1,
  name: "notes",
  publisher: "acme",
  version: "1.0.0",
  type: "widget",
  title: "Notes",
  summary: "Keeps notes.",
  license: "MIT",
};
const html =
  '<!doctype html><html><head><script type="module" src="./notes.ts"></script></head><body></body></html>';

let root: string;
let source: string;
let target: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "graft-build-"));
  source = join(root, "modules/notes");
  target = join(root, "built/notes");
  await write("module.json", JSON.stringify(manifest));
  await write(
    "server/index.ts",
    'import { defineModule } from "@graft/sdk/server"; export default defineModule({ routes: {} });',
  );
  await write("client/notes.html", html);
  await write(
    "client/notes.ts",
    'import "./notes.css"; import { connect } from "@graft/sdk/client"; void connect();',
  );
  await write("client/notes.css", "p { color: red }");
  await write("prisma/migrations/1_init/migration.sql", "CREATE TABLE notes ()");
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(path: string, text: string) {
  await mkdir(dirname(join(source, path)), { recursive: true });
  await writeFile(join(source, path), text);
}
const built = (path: string) => readFile(join(target, path), "utf8");

describe("buildModule", () => {
  it("leaves the sdk of the server to the host and bundles the frame's", async () => {
    await buildModule(source, target);
    expect(await built("server/index.mjs")).toContain('from"@graft/sdk/server"');
    expect(await built("client/notes.js")).toContain("postMessage");
    expect(await built("client/notes.html")).toContain('<link rel="stylesheet" href="./notes.css">');
    expect(await built("client/notes.html")).not.toContain("notes.ts");
    expect(await built("prisma/migrations/1_init/migration.sql")).toBe("CREATE TABLE notes ()");
    expect(JSON.parse(await built("module.json"))).not.toHaveProperty("$schema");
  });

  it("builds again only when a source changed", async () => {
    expect(await buildModule(source, target)).toBe(true);
    expect(await buildModule(source, target)).toBe(false);
    await write("client/notes.css", "p { color: blue }");
    expect(await buildModule(source, target)).toBe(true);
    expect(await built("client/notes.css")).toContain("#00f");
  });

  it("names what is wrong in a manifest or a source, and keeps the last good build", async () => {
    await buildModule(source, target);
    await write("server/index.ts", "export default (");
    await expect(buildModule(source, target)).rejects.toThrow(/server\/index\.ts/);
    await write("module.json", JSON.stringify({ ...manifest, colour: "red" }));
    await expect(buildModule(source, target)).rejects.toThrow(
      /module\.json is not a valid manifest:[\s\S]*colour/,
    );
    expect(await built("server/index.mjs")).toContain("defineModule");
  });
});

describe("buildAllModules", () => {
  it("builds each module and removes what has no source any more", async () => {
    const [from, to] = [join(root, "modules"), join(root, "built")];
    expect(await buildAllModules(from, to)).toEqual(["notes"]);
    expect(await buildAllModules(from, to)).toEqual([]);
    await rm(source, { recursive: true });
    expect(await buildAllModules(from, to)).toEqual([]);
    await expect(stat(target)).rejects.toThrow(/ENOENT/);
  });
});
