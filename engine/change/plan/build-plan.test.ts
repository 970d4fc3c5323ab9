import { describe, expect, test } from "vitest";
import { createPlanWorld, digestOf, type PlanWorldOptions } from "./testing/plan-world.ts";
import type { PlanChange } from "./types.ts";

const modules: PlanWorldOptions["modules"] = {
  "notes@1.0.0": { migrations: ["1_init"] },
  "notes@1.1.0": { migrations: ["1_init", "2_add"], changelog: "Tags." },
  "notes@2.0.0": { migrations: ["1_init", "2_add", "3_rename"], changelog: "Other names." },
  "notes@3.0.0": { migrations: ["1_init", "2_add", "3_rename", "4_drop"], changelog: "Fewer columns." },
  "book@1.0.0": { manifest: { dependencies: { notes: "^1.0.0" } } },
  "search@1.0.0": { manifest: { provides: { search: "1.0.0" } } },
  "finder@1.0.0": { manifest: { needs: { search: "^1.0.0" } } },
  "net@1.0.0": {},
  "net@1.1.0": { manifest: { permissions: { network: ["a.example"] } } },
  "tool@1.0.0": { manifest: { dependencies: { net: "^1.1.0" } } },
};
const world = (options: Partial<PlanWorldOptions> = {}) => createPlanWorld({ modules, ...options });
const notes = (version: string, applied: string[]) => ({
  installed: [`notes@${version}`],
  applied: { notes: applied },
});
const upgrade = (module: string, version: string): PlanChange => ({ action: "upgrade", module, version });
const kept = {
  ...{ module: "notes", version: "1.0.0", tables: 1, rows: 9, bytes: 100 },
  keptAt: "2026-01-01T00:00:00Z",
};

describe("another publisher", () => {
  const other = { publisher: "hostile" };
  const offered = {
    ...modules,
    "notes@1.0.1": { migrations: ["1_init"], manifest: other },
    "notes@9.0.0": { migrations: ["1_init"], manifest: other },
  };

  test("a version of theirs is no version of the installed module, asked for or not", async () => {
    const there = world({ modules: offered, ...notes("1.0.0", ["1_init"]) });
    const [newest] = (await there.plan({ action: "upgrade", module: "notes" })).steps;
    expect(newest?.to).toBe("3.0.0");
    await expect(there.plan(upgrade("notes", "1.0.1"))).rejects.toMatchObject({
      message: expect.stringContaining("notes 1.0.1 is by another publisher"),
      hint: expect.stringContaining("hostile"),
    });
  });

  test("nor is it what a module that depends on it gets", async () => {
    const there = world({
      modules: { ...offered, "late@1.0.0": { manifest: { dependencies: { notes: "^9.0.0" } } } },
      ...notes("1.0.0", ["1_init"]),
    });
    await expect(there.plan({ action: "install", module: "late" })).rejects.toMatchObject({
      code: "DEPENDENCY_MISSING",
    });
  });

  test("does not get the data that the first one left, and may begin with none", async () => {
    const left = world({ modules: offered, kept: [kept], applied: { notes: ["1_init"] } });
    const install = (data: "reuse" | "fresh"): PlanChange => ({
      ...{ action: "install", module: "notes", version: "9.0.0", data },
    });
    await expect(left.plan(install("reuse"))).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await left.plan(install("fresh"))).steps[0]).toMatchObject({ to: "9.0.0", data: "fresh" });
  });
});

describe("steps", () => {
  test.each<[string, Partial<PlanWorldOptions>, PlanChange[], string[]]>([
    [
      "a dependency is installed before what needs it, and says for whom",
      {},
      [{ action: "install", module: "book" }],
      ["install notes 1.1.0 for book", "install book 1.0.0"],
    ],
    [
      "what depends on another is removed before it",
      { installed: ["notes@1.0.0", "book@1.0.0"] },
      [
        { action: "uninstall", module: "notes", data: "keep" },
        { action: "uninstall", module: "book", data: "keep" },
      ],
      ["uninstall book", "uninstall notes"],
    ],
    [
      "a dependency that is too old is upgraded along",
      { installed: ["net@1.0.0"] },
      [{ action: "install", module: "tool" }],
      ["upgrade net 1.1.0 for tool", "install tool 1.0.0"],
    ],
  ])("%s", async (_, options, changes, steps) => {
    const found = (await world(options).plan(...changes)).steps.map(({ action, module, to, neededBy }) =>
      [action, module, to, neededBy && `for ${neededBy}`].filter(Boolean).join(" "),
    );
    expect(found).toEqual(steps);
  });

  test("a new module is for nobody unless the change says for whom; one that stays keeps its access", async () => {
    const accessAfter = async (options: Partial<PlanWorldOptions>, change: PlanChange) =>
      (await world(options).plan(change)).steps.map(({ access }) => access);
    const staff = { mode: "groups" as const, groups: ["staff"] };
    expect(await accessAfter({}, { action: "install", module: "net" })).toEqual([{ mode: "nobody" }]);
    expect(await accessAfter({}, { action: "install", module: "net", access: staff })).toEqual([staff]);
    expect(
      await accessAfter({ installed: ["net@1.0.0"], access: { net: staff } }, upgrade("net", "1.1.0")),
    ).toEqual([staff]);
  });

  test("an upgrade tells the changes of every version in between, the newest first", async () => {
    const { steps } = await world(notes("1.0.0", ["1_init"])).plan(upgrade("notes", "2.0.0"));
    expect(steps[0]?.changelog).toEqual([
      { version: "2.0.0", text: "Other names." },
      { version: "1.1.0", text: "Tags." },
    ]);
  });

  test("the target is the whole set by digest, also of what does not change", async () => {
    const { target } = await world({ installed: ["search@1.0.0"] }).plan({
      action: "install",
      module: "net",
    });
    expect(target).toContainEqual({ name: "search", version: "1.0.0", digest: digestOf("search@1.0.0") });
    expect(target.map(({ name }) => name).sort()).toEqual(["net", "search"]);
  });

  test("a change of nothing is refused", async () => {
    await expect(world({ installed: ["net@1.1.0"] }).plan(upgrade("net", "1.1.0"))).rejects.toMatchObject({
      code: "CONFLICT",
    });
  });
});

describe("the impact of an upgrade and the SQL it shows", () => {
  test.each([
    ["only adds", "1.0.0", "1.1.0", ["1_init"], "expand", ["2_add"]],
    ["changes what is in use", "1.1.0", "2.0.0", ["1_init", "2_add"], "breaking", ["3_rename"]],
    ["takes away", "2.0.0", "3.0.0", ["1_init", "2_add", "3_rename"], "breaking", ["4_drop"]],
    ["ran ahead of its version", "1.0.0", "1.1.0", ["1_init", "2_add"], "none", []],
  ])("of one that %s", async (_, from, to, applied, impact, sql) => {
    const body = await world(notes(from, applied)).plan(upgrade("notes", to));
    expect(body.steps[0]).toMatchObject({
      ...{ impact, schema: { action: sql.length > 0 ? "migrate" : "keep" } },
    });
    expect(body.sql.map(({ migration }) => migration)).toEqual(sql);
  });

  test("an install shows all its SQL and breaks nobody, whatever the SQL does", async () => {
    const body = await world().plan({ action: "install", module: "notes" });
    expect(body.steps[0]?.impact).toBe("none");
    expect(body.sql.map(({ migration }) => migration)).toEqual(["1_init", "2_add", "3_rename", "4_drop"]);
    expect(body.destructive).toEqual([]);
  });

  test("the verdicts of a migration stand beside its SQL", async () => {
    const { sql } = await world(notes("1.1.0", ["1_init", "2_add"])).plan(upgrade("notes", "3.0.0"));
    expect(sql.map(({ verdicts }) => verdicts.map(({ kind }) => kind))).toEqual([
      ["breaking"],
      ["destructive"],
    ]);
  });
});

describe("what is lost must be confirmed", () => {
  const uninstall = (data: "keep" | "export" | "delete"): PlanChange => ({
    ...{ action: "uninstall", module: "notes", data },
  });
  test.each<[string, Partial<PlanWorldOptions>, PlanChange, number[]]>([
    [
      "a destructive upgrade",
      notes("2.0.0", ["1_init", "2_add", "3_rename"]),
      upgrade("notes", "3.0.0"),
      [3],
    ],
    ["an upgrade that only adds", notes("1.0.0", ["1_init"]), upgrade("notes", "1.1.0"), []],
    ["an uninstall with deletion", notes("1.0.0", ["1_init"]), uninstall("delete"), [3]],
    ["an uninstall with export", notes("1.0.0", ["1_init"]), uninstall("export"), [3]],
    ["an uninstall that keeps the data", notes("1.0.0", ["1_init"]), uninstall("keep"), []],
    [
      "kept data that its version uses again",
      { kept: [kept], applied: { notes: ["1_init"] } },
      { action: "install", module: "notes", version: "1.0.0" },
      [],
    ],
    [
      "kept data that a later version takes from",
      { kept: [kept], applied: { notes: ["1_init"] } },
      { action: "install", module: "notes" },
      [3],
    ],
    [
      "kept data that a fresh start deletes",
      { kept: [kept] },
      { action: "install", module: "notes", data: "fresh" },
      [9],
    ],
  ])("%s", async (_, options, change, rows) => {
    expect((await world(options).plan(change)).destructive.map((lost) => lost.rows)).toEqual(rows);
  });

  test("of kept data a plan says whether it comes back or goes", async () => {
    const stepOf = async (data: "reuse" | "fresh") => {
      const body = await world({ kept: [kept] }).plan({ action: "install", module: "notes", data });
      return [body.steps[0]?.data, body.keptData, body.warnings[0]?.text];
    };
    expect(await stepOf("reuse")).toEqual(["reuse", [kept], "Data kept from version 1.0.0 comes back."]);
    expect(await stepOf("fresh")).toEqual([
      ...["fresh", [kept]],
      "Data kept from version 1.0.0 is deleted and the module starts empty.",
    ]);
  });
});

describe("a module that others need is not removed alone", () => {
  test.each<[string, string[], string[], { module: string; neededBy: string[] }[]]>([
    ["by name", ["notes@1.0.0", "book@1.0.0"], ["notes"], [{ module: "notes", neededBy: ["book"] }]],
    [
      "by what it provides",
      ["search@1.0.0", "finder@1.0.0"],
      ["search"],
      [{ module: "search", neededBy: ["finder"] }],
    ],
    ["unless who needs it goes too", ["notes@1.0.0", "book@1.0.0"], ["notes", "book"], []],
  ])("%s", async (_, installed, names, blockedBy) => {
    const changes = names.map((module): PlanChange => ({ action: "uninstall", module, data: "keep" }));
    expect((await world({ installed }).plan(...changes)).blockedBy).toEqual(blockedBy);
  });

  test("a blocked plan shows what would go and moves nothing", async () => {
    const installed = ["notes@1.0.0", "book@1.0.0"];
    const body = await world({ installed }).plan({ action: "uninstall", module: "notes", data: "keep" });
    expect(body.steps.map(({ action, module }) => `${action} ${module}`)).toEqual(["uninstall notes"]);
    expect(body.target).toHaveLength(2);
  });

  test("another module that provides the same takes its place", async () => {
    const two = { ...modules, "index@1.0.0": { manifest: { provides: { search: "1.0.0" } } } };
    const installed = ["search@1.0.0", "index@1.0.0", "finder@1.0.0"];
    const body = await world({ modules: two, installed }).plan({
      ...{ action: "uninstall", module: "search", data: "keep" },
    });
    expect(body.blockedBy).toEqual([]);
  });
});

describe("what must be accepted once more", () => {
  test.each<[string, Partial<PlanWorldOptions>, PlanChange, string[]]>([
    [
      "what an upgrade asks for anew",
      { installed: ["net@1.0.0"] },
      upgrade("net", "1.1.0"),
      ["Connects to a.example."],
    ],
    ["nothing of an install: it lists all it asks for", {}, { action: "install", module: "net" }, []],
    [
      "nothing of a generation gone back to: it was granted then",
      {
        installed: ["net@1.0.0"],
        generations: { 3: [{ name: "net", digest: digestOf("net@1.1.0") }] },
      },
      { action: "rollback", generation: 3 },
      [],
    ],
  ])("%s", async (_, options, change, texts) => {
    const { permissionChanges } = await world(options).plan(change);
    expect(permissionChanges.filter(({ consent }) => consent).map(({ text }) => text)).toEqual(texts);
  });

  test("a module that an upgrade brings along is asked about, one that an install brings is listed", async () => {
    const needing = { ...modules, "net@2.0.0": { manifest: { dependencies: { keeps: "1.0.0" } } } };
    const both = { ...needing, "keeps@1.0.0": { migrations: ["1_init"] } };
    const upgraded = await world({ modules: both, installed: ["net@1.0.0"] }).plan(upgrade("net", "2.0.0"));
    expect(upgraded.permissionChanges).toMatchObject([{ module: "keeps", kind: "database", consent: true }]);
    const installed = await world({ modules: both }).plan({ action: "install", module: "net" });
    expect(installed.permissionChanges).toEqual([]);
    expect(installed.permissions).toMatchObject([{ module: "keeps", kind: "database" }]);
  });
});
