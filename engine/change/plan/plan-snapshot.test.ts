import { expect, test } from "vitest";
import { findLastData, planFromSnapshot } from "./plan-snapshot.ts";
import { createPlanWorld, digestOf } from "./testing/plan-world.ts";
import type { PlanChange, StoredSnapshot } from "./types.ts";

const snapshot = (id: string, of: string): StoredSnapshot => ({
  ...{ id, module: "notes", digest: digestOf(of), takenAt: "2026-01-01T00:00:00Z", rows: 4, database: null },
});
const options = {
  modules: { "notes@1.0.0": { migrations: ["1_init"] }, "notes@2.0.0": { migrations: ["1_init"] } },
  snapshots: [snapshot("old", "notes@1.0.0"), snapshot("new", "notes@2.0.0")],
  generations: { 3: [{ name: "notes", digest: digestOf("notes@1.0.0") }] },
};
const restore: PlanChange = { action: "restore", snapshot: "old" };
const back: PlanChange = { action: "rollback", generation: 3 };
const kept = {
  ...{ module: "notes", version: "1.0.0", tables: 1, rows: 9, bytes: 1 },
  keptAt: "2026-01-01T00:00:00Z",
};

test.each<[string, Partial<Parameters<typeof createPlanWorld>[0]>, PlanChange, unknown]>([
  ["one asked for goes before what is installed", { installed: ["notes@2.0.0"] }, restore, "old"],
  ["one asked for goes before what was kept", { kept: [kept] }, restore, "old"],
  ["a rollback that brings a deleted module again takes the newest of its version", {}, back, "old"],
  ["a rollback of what is installed asks elsewhere", { installed: ["notes@2.0.0"] }, back, undefined],
  ["a rollback uses data that was kept", { kept: [kept] }, back, undefined],
  ["a plain install takes none", {}, { action: "install", module: "notes", version: "1.0.0" }, undefined],
])("%s", async (_, rest, change, id) => {
  const { steps } = await createPlanWorld({ ...options, ...rest }).plan(change);
  const schema = steps[0]?.schema;
  expect(schema?.action === "restore" ? schema.snapshot : undefined).toBe(id);
});

test("without a snapshot of its version a module that a rollback brings again starts empty, and the plan says so", async () => {
  const { warnings } = await createPlanWorld({ ...options, snapshots: [] }).plan(back);
  expect(warnings.map(({ text }) => text)).toEqual(["No snapshot of its data is left: it starts empty."]);
});

test("taking the place of data that is in use breaks and says what is lost; coming back does neither", () => {
  const { stored } = createPlanWorld(options);
  const plan = (replaces: boolean) =>
    planFromSnapshot(stored("notes@1.0.0"), snapshot("old", "x"), { replaces, keeps: false });
  expect(plan(true)).toMatchObject({
    impact: "breaking",
    warnings: [{ text: expect.stringContaining("What was written since goes") }],
  });
  expect(plan(false)).toMatchObject({
    impact: "none",
    warnings: [{ text: "Its data comes back from the snapshot of 2026-01-01T00:00:00Z: 4 rows." }],
  });
});

test("a module that is not gone back to and was not asked for is not looked up", async () => {
  const { deps, stored } = createPlanWorld(options);
  const asked: string[] = [];
  const watching = {
    ...deps,
    async snapshotOf(module: string) {
      asked.push(module);
      return null;
    },
  };
  const nothing = { snapshots: new Map(), pinned: new Map(), databases: new Map() };
  await findLastData(watching, stored("notes@1.0.0"), {
    present: undefined,
    expanded: nothing,
  });
  expect(asked).toEqual([]);
});
