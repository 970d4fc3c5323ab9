import { describe, expect, test } from "vitest";
import type { ReverseMigration, ReverseMigrationAnswer } from "../../module-data/index.ts";
import type { PlannedSchema } from "./plan-data-rollback.ts";
import { planSchema } from "./plan-schema.ts";
import { createPlanWorld, databaseOf, digestOf, type PlanWorldOptions } from "./testing/plan-world.ts";
import type { DataPolicy } from "./types.ts";

// notes 2 only adds to what 1 has; 3 also changes it.

const migrations = ["1_init", "2_add", "3_rename"];
const modules: PlanWorldOptions["modules"] = {
  "notes@1.0.0": { migrations: ["1_init"] },
  "notes@2.0.0": { migrations: ["1_init", "2_add"] },
  "notes@3.0.0": { migrations },
  "notes@4.0.0": { migrations: [...migrations, "4_slow"] },
  "notes@5.0.0": { migrations: [...migrations, "5_refused"] },
  "notes@6.0.0": { migrations: ["1_init", "6_alone"] },
};
const world = (options: Partial<PlanWorldOptions> = {}) => createPlanWorld({ modules, ...options });

interface Way {
  from?: string;
  to: string;
  applied: string[];
  fresh?: boolean;
  policy?: DataPolicy;
}
function schemaOf(
  { from, to, applied, fresh = false, policy }: Way,
  options: Partial<PlanWorldOptions> = {},
) {
  const installed = from ? [`notes@${from}`] : [];
  const { deps, stored, current } = world({ ...options, installed, applied: { notes: applied } });
  const place = fresh ? null : { module: "notes", database: databaseOf("notes") };
  return planSchema(deps, { target: stored(`notes@${to}`), before: current.modules[0], place, policy });
}

describe("forward", () => {
  test.each<[string, Way, Pick<PlannedSchema, "impact"> & { on?: string; pending: string[] }]>([
    [
      "a new module runs everything in a new database and disturbs nobody",
      { to: "3.0.0", applied: [], fresh: true },
      { impact: "none", on: "new", pending: migrations },
    ],
    [
      "a fresh start does not ask what ran before",
      { to: "1.0.0", applied: migrations, fresh: true },
      { impact: "none", on: "new", pending: ["1_init"] },
    ],
    [
      "an upgrade runs only what did not run yet, in place where it only adds",
      { from: "1.0.0", to: "2.0.0", applied: ["1_init"] },
      { impact: "expand", on: "place", pending: ["2_add"] },
    ],
    [
      "one change among additions breaks, and runs on a copy",
      { from: "1.0.0", to: "3.0.0", applied: ["1_init"] },
      { impact: "breaking", on: "copy", pending: ["2_add", "3_rename"] },
    ],
    [
      "what one transaction cannot hold runs on a copy, though it only adds",
      { from: "1.0.0", to: "6.0.0", applied: ["1_init"] },
      { impact: "expand", on: "copy", pending: ["6_alone"] },
    ],
    [
      "kept data goes forward on a copy: what was kept stays as it is",
      { to: "2.0.0", applied: ["1_init"] },
      { impact: "expand", on: "copy", pending: ["2_add"] },
    ],
    [
      "nothing to run has no impact",
      { from: "1.0.0", to: "2.0.0", applied: ["1_init", "2_add"] },
      { impact: "none", pending: [] },
    ],
  ])("%s", async (_, way, { impact, on, pending }) => {
    const planned = await schemaOf(way);
    expect(planned).toMatchObject({ impact, schema: on ? { action: "migrate", on } : { action: "keep" } });
    expect(planned.preview.pending.map(({ name }) => name)).toEqual(pending);
  });

  test.each<[string, Way, RegExp[]]>([
    ["an install warns of nothing", { to: "4.0.0", applied: [], fresh: true }, []],
    [
      "an upgrade says that a snapshot is taken",
      { from: "1.0.0", to: "2.0.0", applied: ["1_init"] },
      [/^A snapshot of its data is taken first/],
    ],
    [
      "an upgrade says where it takes time and what the running version cannot live with",
      { from: "2.0.0", to: "4.0.0", applied: ["1_init", "2_add"] },
      [
        /^Takes time: what 4_slow does \(4_slow, line 1\)/,
        /^The running version cannot live with this: what 3_rename does \(3_rename, line 1\)/,
        /^It runs on a copy of its data/,
      ],
    ],
  ])("%s", async (_, way, texts) => {
    const { warnings } = await schemaOf(way);
    expect(warnings.map(({ text }) => text)).toEqual(texts.map((text) => expect.stringMatching(text)));
  });

  test("what reaches out of the module is refused with file, line and reason", async () => {
    await expect(schemaOf({ to: "5.0.0", applied: [], fresh: true })).rejects.toMatchObject({
      code: "MIGRATION_REFUSED",
      message: expect.stringContaining("5_refused, line 1: what 5_refused does"),
    });
  });

  test("an extension that the server does not have is named", async () => {
    const extensions = [
      { name: "citext", available: true, trusted: true, installed: false },
      { name: "postgis", available: false, trusted: false, installed: false },
    ];
    await expect(schemaOf({ to: "1.0.0", applied: [], fresh: true }, { extensions })).rejects.toMatchObject({
      code: "EXTENSION_UNAVAILABLE",
      details: { extensions: ["postgis"] },
    });
  });

  test("an install on kept data of a later version is refused, and says what ran on it", async () => {
    await expect(schemaOf({ to: "1.0.0", applied: migrations })).rejects.toMatchObject({
      code: "MIGRATION_HISTORY_DIVERGED",
      details: { unknown: ["2_add", "3_rename"] },
    });
  });
});

describe("back to a version that does not know what ran", () => {
  const way: ReverseMigration = {
    ...{ by: "graft", scripts: [{ name: "down", sql: "SQL back" }], migrations: ["2_add"] },
    ...{ from: "a", structure: "b" },
  };
  const bySql: ReverseMigrationAnswer = {
    way,
    lost: [{ kind: "column", name: "t.x", rows: 2 }],
    emptied: [],
  };
  const no: ReverseMigrationAnswer = { way: null, reason: "it drops a column" };
  const snapshots = [
    {
      ...{ id: "s", module: "notes", digest: digestOf("notes@1.0.0"), database: null },
      ...{ takenAt: "2026-01-01T00:00:00Z", rows: 4 },
    },
  ];
  const standing = snapshots.map((one) => ({ ...one, database: 3 }));
  const added = { from: "2.0.0", to: "1.0.0", applied: ["1_init", "2_add"] };
  const changed = { from: "3.0.0", to: "1.0.0", applied: migrations };

  // Unasked: additions go by SQL, changes come from the snapshot; who asks gets what was asked for, or an error.
  test.each<[string, Way, ReverseMigrationAnswer, boolean, string, string]>([
    ["added, SQL leads back", added, bySql, true, "revert", "expand"],
    ["added, no SQL: it stays beside, unused", added, no, true, "keep", "none"],
    ["added, neither SQL nor snapshot", added, no, false, "keep", "none"],
    ["added, the snapshot asked for", { ...added, policy: "snapshot" }, bySql, true, "restore", "breaking"],
    ["changed, both", changed, bySql, true, "restore", "breaking"],
    ["changed, SQL asked for", { ...changed, policy: "schema" }, bySql, true, "revert", "breaking"],
    ["changed, SQL alone", changed, bySql, false, "revert", "breaking"],
    ["changed, the snapshot alone", changed, no, true, "restore", "breaking"],
  ])("%s", async (_, asked, reverse, hasSnapshot, action, impact) => {
    const planned = await schemaOf(asked, { reverse, snapshots: hasSnapshot ? snapshots : [] });
    expect([planned.schema?.action, planned.impact]).toEqual([action, impact]);
    expect(planned.preview.pending).toEqual([]);
  });

  test("a file is read into a new database, and one that stands is pointed at", async () => {
    const by = async (all: typeof snapshots | typeof standing) =>
      (await schemaOf(changed, { reverse: no, snapshots: all })).schema;
    expect(await by(snapshots)).toMatchObject({ action: "restore", by: "file" });
    expect(await by(standing)).toMatchObject({ action: "restore", by: "pointing" });
  });

  test("additions are taken back in place, changes on a copy", async () => {
    const on = async (way: Way) => (await schemaOf({ ...way, policy: "schema" }, { reverse: bySql })).schema;
    expect(await on(added)).toMatchObject({ action: "revert", on: "place" });
    expect(await on(changed)).toMatchObject({ action: "revert", on: "copy" });
  });

  test.each<[string, Way, ReverseMigrationAnswer, boolean, RegExp]>([
    ["changed, neither", changed, no, false, /newer migrations changed its tables.*it drops a column/],
    [
      "changed, SQL asked for and none",
      { ...changed, policy: "schema" },
      no,
      true,
      /keep what was written since/,
    ],
    [
      "a snapshot asked for and none",
      { ...added, policy: "snapshot" },
      bySql,
      false,
      /no snapshot of NOTES from before it left 1\.0\.0/,
    ],
  ])("is refused: %s", async (_, asked, reverse, hasSnapshot, message) => {
    const planning = schemaOf(asked, { reverse, snapshots: hasSnapshot ? snapshots : [] });
    await expect(planning).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringMatching(message),
    });
  });

  test("shows both ways with what each costs, and which was chosen", async () => {
    const { dataRollback } = await schemaOf(changed, { reverse: bySql, snapshots, rows: { notes: 6 } });
    expect(dataRollback).toEqual({
      ...{ module: "notes", title: "NOTES", chosen: "snapshot", rows: 6, refused: null },
      schema: { by: "graft", lost: bySql.way && bySql.lost },
      snapshot: { takenAt: "2026-01-01T00:00:00Z", rows: 4 },
    });
    const other = await schemaOf(changed, { reverse: no, snapshots });
    expect(other.dataRollback).toMatchObject({ schema: null, refused: "it drops a column" });
  });

  test.each<[string, Way, ReverseMigrationAnswer, RegExp]>([
    ["what the snapshot loses", changed, no, /4 rows instead of the 6 there are now/],
    ["what SQL loses", added, bySql, /^The column t\.x goes, with what 2 rows hold in it/],
    ["what stays unused", added, no, /one newer migration added stays too, unused/],
  ])("warns of %s", async (_, asked, reverse, text) => {
    const { warnings } = await schemaOf(asked, { reverse, snapshots, rows: { notes: 6 } });
    expect(warnings.map((warning) => warning.text)).toEqual([expect.stringMatching(text)]);
  });

  test("warns of what comes back without what was in it", async () => {
    const lost = { kind: "table" as const, name: "u", rows: 0 };
    const reverse = { way, lost: [], emptied: [lost, { kind: "column" as const, name: "t.x", rows: 2 }] };
    const { warnings } = await schemaOf({ ...changed, policy: "schema" }, { reverse });
    expect(warnings.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^The table u comes back without what the older version had in it\./),
      expect.stringMatching(
        /^The column t\.x comes back without what the older version had in it, in 2 rows\./,
      ),
    ]);
  });

  test("does not warn of empty columns that go", async () => {
    const empty = { way, lost: [{ kind: "column" as const, name: "t.x", rows: 0 }], emptied: [] };
    expect((await schemaOf(added, { reverse: empty })).warnings).toEqual([]);
  });
});
