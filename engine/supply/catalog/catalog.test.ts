import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { silentLog } from "../../core/index.ts";
import { createModuleStore } from "../store/index.ts";
import { createCatalogService, createDirCatalog } from "./index.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "graft-catalog-"));
  await mkdir(join(root, "modules"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const at = (...parts: string[]) => join(root, "modules", ...parts);
const write = async (path: string, text: string) => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
};

async function module(folder: string, fields: Record<string, unknown> = {}, dir = "modules") {
  const manifest = {
    manifestVersion: 1,
    name: folder,
    publisher: "graft",
    version: "1.0.0",
    type: "module",
    title: folder,
    summary: "Does things",
    license: "MIT",
    ...fields,
  };
  await write(join(root, dir, folder, "module.json"), JSON.stringify(manifest));
}

function catalogOf(dir = "modules") {
  const store = createModuleStore(join(root, "store"));
  const source = `dir:${dir}`;
  return { store, catalog: createDirCatalog({ source, dir: join(root, dir), store, log: silentLog }) };
}

describe("a directory catalog", () => {
  test("offers each subfolder with its files in the store", async () => {
    await module("polls");
    await write(at("polls", "README.md"), "# Polls");
    await write(
      at("polls", "CHANGELOG.md"),
      "# Changes\n\n## [1.0.0] - 2026-01-01\n\n- first\n\n## 0.9.0\n- before",
    );
    const { catalog, store } = catalogOf();
    const { versions, problems } = await catalog.list();
    expect(problems).toEqual([]);
    expect(versions).toMatchObject([
      { name: "polls", version: "1.0.0", changelog: "- first", source: "dir:modules" },
    ]);
    const [polls] = versions;
    if (!polls) throw new Error("polls is not listed");
    expect((await store.readFile(polls.digest, "README.md")).toString()).toBe("# Polls");
    expect(await catalog.readme(polls)).toBe("# Polls");
  });

  test("leaves out hidden files, tests and dependencies", async () => {
    await module("polls");
    for (const path of [".env", "server/a.test.ts", "node_modules/x/index.js", "server/a.ts", ".git/config"])
      await write(at("polls", path), "x");
    const { catalog, store } = catalogOf();
    const [polls] = (await catalog.list()).versions;
    const files = polls && (await store.getModule(polls.digest)).files;
    expect(Object.keys(files ?? {})).toEqual(["module.json", "server/a.ts"]);
  });

  test("shows a change, an added and a removed folder at the next call", async () => {
    await module("polls");
    await write(at("polls", "a.txt"), "one");
    const { catalog } = catalogOf();
    const digest = async () => (await catalog.list()).versions.map((version) => version.digest);
    const [first] = await digest();
    await writeFile(at("polls", "a.txt"), "two");
    const [second] = await digest();
    expect(second).not.toBe(first);
    await writeFile(at("polls", "a.txt"), "one");
    expect(await digest()).toEqual([first]);
    await module("notes");
    expect(await digest()).toHaveLength(2);
    await rm(at("polls"), { recursive: true });
    expect((await catalog.list()).versions.map((version) => version.name)).toEqual(["notes"]);
  });

  test("reads nothing again while nothing changes", async () => {
    await module("polls");
    const { catalog, store } = catalogOf();
    let puts = 0;
    const { putModule } = store;
    store.putModule = (...args) => {
      puts++;
      return putModule(...args);
    };
    for (let i = 0; i < 3; i++) await catalog.list();
    expect(puts).toBe(1);
  });

  test("makes a problem of each folder that is no module and keeps offering the others", async () => {
    await module("polls");
    await module("typo", { titel: "x" });
    await module("absent", { icon: "assets/none.svg" });
    await mkdir(at("empty"));
    await module("linked");
    await symlink("/etc/passwd", at("linked", "secret.txt"));
    await symlink(at("polls"), at("alias"));
    const { catalog } = catalogOf();
    const { versions, problems } = await catalog.list();
    expect(versions.map((version) => version.name)).toEqual(["polls"]);
    const messages = Object.fromEntries(
      problems.map(({ path, message }) => [path.split("/").at(-1), message]),
    );
    expect(Object.keys(messages).sort()).toEqual(["absent", "alias", "empty", "linked", "typo"]);
    expect(messages.typo).toMatch(/titel.*Did you mean "title"/);
    expect(messages.absent).toContain("assets/none.svg");
    expect(messages.empty).toContain("no module.json");
    expect(messages.linked).toMatch(/secret\.txt: is a link/);
    expect(messages.alias).toMatch(/link/);
  });

  test("a folder whose schemas take long to check costs its own time, not the listing's, and becomes a problem", async () => {
    await module("polls");
    const properties = { a: { type: "string", pattern: "(" } };
    for (let i = 0; i < 3; i++) await module(`broken-${i}`, { config: { type: "object", properties } });
    const { catalog } = catalogOf();
    await catalog.list();
    await expect
      .poll(async () => (await catalog.list()).problems.map(({ message }) => message), { timeout: 10_000 })
      .toEqual(Array.from({ length: 3 }, () => expect.stringMatching(/config: cannot be compiled/)));
    expect((await catalog.list()).versions.map(({ name }) => name)).toEqual(["polls"]);
  });

  test("forgets a problem once it is corrected", async () => {
    await module("polls", { version: "1" });
    const { catalog } = catalogOf();
    expect((await catalog.list()).problems).toHaveLength(1);
    await module("polls");
    expect((await catalog.list()).problems).toEqual([]);
  });

  test("a missing directory is a problem, and its return is noticed", async () => {
    await module("polls");
    await rename(at(), join(root, "away"));
    const { catalog } = catalogOf();
    expect(await catalog.list()).toMatchObject({ versions: [], problems: [{ message: /ENOENT/ }] });
    await rename(join(root, "away"), at());
    expect((await catalog.list()).versions).toHaveLength(1);
  });

  test("two folders with one version and other files are told apart", async () => {
    await module("polls");
    await module("polls-copy", { name: "polls", title: "Other" });
    const { versions, problems } = await catalogOf().catalog.list();
    expect(versions).toHaveLength(1);
    expect(problems[0]?.message).toMatch(/polls 1\.0\.0 already/);
  });
});

describe("the catalog service", () => {
  const service = () => createCatalogService([catalogOf().catalog], "1.0.0");

  test("versions are newest first and a prerelease is not the latest", async () => {
    for (const version of ["1.0.0", "1.10.0", "1.9.0", "2.0.0-beta.1"])
      await module(`polls-${version}`, { name: "polls", version });
    await write(at("polls-1.10.0", "README.md"), "# Ten");
    const polls = await service().get("polls");
    expect(polls.versions.map(({ version }) => version)).toEqual([
      "2.0.0-beta.1",
      "1.10.0",
      "1.9.0",
      "1.0.0",
    ]);
    expect(polls).toMatchObject({ latest: "1.10.0", readme: "# Ten" });
  });

  test("the latest is the newest that this host can run, and the newest of all is named beside it", async () => {
    for (const [version, graft] of [
      ["1.0.0", "*"],
      ["1.10.0", "^1.0.0"],
      ["1.9.0", "*"],
      ["2.0.0", ">=99.0.0"],
    ])
      await module(`polls-${version}`, { name: "polls", version, engines: { graft } });
    await module("later", { version: "3.0.0", engines: { graft: "^2.0.0" } });
    const polls = await service().get("polls");
    expect(polls).toMatchObject({
      latest: "1.10.0",
      unsupported: { version: "2.0.0", graft: ">=99.0.0" },
    });
    expect(polls.versions.map(({ version, supported }) => [version, supported])).toEqual([
      ["2.0.0", false],
      ["1.10.0", true],
      ["1.9.0", true],
      ["1.0.0", true],
    ]);
    const found = (await service().search()).entries;
    expect(found.map(({ name, latest, unsupported }) => [name, latest, unsupported])).toEqual([
      ["later", "3.0.0", { version: "3.0.0", graft: "^2.0.0" }],
      ["polls", "1.10.0", { version: "2.0.0", graft: ">=99.0.0" }],
    ]);
  });

  test("an unknown module is named, with the nearest one", async () => {
    await module("announcements");
    await expect(service().get("anouncements")).rejects.toMatchObject({
      code: "MODULE_NOT_IN_CATALOG",
      hint: "Did you mean announcements?",
    });
  });

  describe("search", () => {
    beforeEach(async () => {
      await module("knowledge-graph", {
        title: "Knowledge graph",
        summary: "Entities and relations",
        categories: ["data"],
      });
      await module("graph-explorer", {
        title: "Graph explorer",
        type: "plugin",
        summary: "See the knowledge graph",
        categories: ["data", "views"],
      });
      await module("polls", {
        title: "Polls",
        type: "widget",
        summary: "Ask and vote",
        categories: ["team"],
      });
    });
    const names = async (query: Parameters<ReturnType<typeof service>["search"]>[0]) =>
      (await service().search(query)).entries.map((entry) => entry.name);

    test("without a query everything is listed by title, with every category", async () => {
      expect(await names({})).toEqual(["graph-explorer", "knowledge-graph", "polls"]);
      expect((await service().search({ query: "polls" })).categories).toEqual(["data", "team", "views"]);
    });
    test("a title beats a summary", async () => {
      expect(await names({ query: "knowledge" })).toEqual(["knowledge-graph", "graph-explorer"]);
    });
    test("a part of a word, a summary word and a slip find it", async () => {
      expect(await names({ query: "expl" })).toEqual(["graph-explorer"]);
      expect(await names({ query: "vote" })).toEqual(["polls"]);
      expect(await names({ query: "knowlege" })).toContain("knowledge-graph");
    });
    test("every word must be found", async () => {
      expect(await names({ query: "graph polls" })).toEqual([]);
      expect(await names({ query: "zzzz" })).toEqual([]);
    });
    test("type and category narrow it", async () => {
      expect(await names({ type: "plugin" })).toEqual(["graph-explorer"]);
      expect(await names({ category: "data", query: "graph" })).toHaveLength(2);
      expect(await names({ category: "team", type: "plugin" })).toEqual([]);
    });
  });

  test("a name belongs to the first catalog that offers it; another's newer version is none, visibly", async () => {
    await module("polls");
    await module("polls", { title: "Fork" }, "second");
    await module("polls-2", { name: "polls", version: "2.0.0" }, "second");
    const both = createCatalogService([catalogOf().catalog, catalogOf("second").catalog], "1.0.0");
    const { versions } = await both.get("polls");
    expect(versions.map(({ version, source }) => [version, source])).toEqual([["1.0.0", "dir:modules"]]);
    expect((await both.search()).problems).toMatchObject([
      { source: "dir:second", path: "polls", message: /polls 1\.0\.0 is not offered.*dir:modules/ },
      { source: "dir:second", path: "polls", message: /polls 2\.0\.0 is not offered/ },
    ]);
  });
});
