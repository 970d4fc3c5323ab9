import { existsSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { echoServer, writeModule } from "../../edge/host/testing/write-module.ts";
import { moduleDatabases, queryModule } from "../../module-data/testing/query-module.ts";
import { tryLead } from "../lead/leader.ts";
import type { PlanChange } from "../plan/index.ts";
import type { KeptDataView } from "./types.ts";

// How long snapshots and kept data stay, and what stays all the same.

const forEver = { snapshotsPerModule: 5, snapshotDays: null, keptDays: null };
const init = 'CREATE TABLE "a" ("id" int); INSERT INTO "a" VALUES (1), (2);';
let database: TestDatabase;
let host: TestHost;

beforeAll(async () => {
  database = await createTestDatabase();
  host = await startTestHost({ databaseUrl: database.url });
  for (const name of ["notes", "other"]) {
    writeModule(host.catalogDir, name, { migrations: { "1_a": init }, server: echoServer });
    writeModule(host.catalogDir, name, {
      manifest: { version: "2.0.0" },
      migrations: { "1_a": init, "2_b": 'ALTER TABLE "a" ADD COLUMN "x" int;' },
      server: echoServer,
    });
  }
}, 60_000);
afterAll(async () => {
  await host?.end();
  await database?.close();
});

const install = () => host.engine.install;
async function apply(...changes: PlanChange[]) {
  const plan = await host.engine.plans.create(systemActor, changes);
  const confirm = plan.steps.map((step) => step.module);
  const { operations } = install();
  const operation = await operations.wait((await operations.apply(systemActor, plan.id, { confirm })).id);
  expect(operation.error).toBeNull();
}
const query = async (sql: string, values: unknown[] = []) => (await database.db.pool.query(sql, values)).rows;
const rowsOfNotes = () => queryModule(database, "notes", 'SELECT id FROM "a" ORDER BY 1');
const kept = async (kind: KeptDataView["kind"], module = "notes") =>
  (await install().keptData.list()).filter((row) => row.kind === kind && row.module === module);
const generation = () => host.engine.registry.generation();
const install1 = (module: string): PlanChange => ({
  ...{ action: "install", module, version: "1.0.0", access: { mode: "everyone" } },
});
const upgrade: PlanChange = { action: "upgrade", module: "notes" };
const age = (days: number, id?: string) =>
  query(
    "UPDATE graft.kept_data SET created_at = now() - make_interval(days => $1) WHERE id = coalesce($2::uuid, id)",
    [days, id ?? null],
  );
const expirations = async () =>
  (await host.engine.access.audit.list({ action: "data.expire", limit: 100 })).items.length;

beforeEach(async () => {
  for (const module of ["notes", "other"])
    if (host.engine.registry.get(module)) await apply({ action: "uninstall", module, data: "delete" });
  for (const { id } of await install().keptData.list()) await install().keptData.delete(systemActor, id);
  await install().retention.set(systemActor, forEver);
  await apply(install1("notes"));
});

test("each snapshot says why it was taken, and counts the module's rows alone", async () => {
  const first = generation();
  await apply(upgrade);
  expect(await kept("snapshot")).toMatchObject([
    { reason: "Before upgrade to 2.0.0", version: "1.0.0", rows: 2, tables: 1 },
  ]);
  await apply({ action: "rollback", generation: first, data: { notes: "snapshot" } });
  const [taken] = await kept("snapshot");
  expect(taken).toMatchObject({
    reason: `Before going back to generation ${first}`,
    version: "2.0.0",
    rows: 2,
  });
  await apply({ action: "restore", snapshot: String((await kept("snapshot"))[1]?.id) });
  expect((await kept("snapshot"))[0]).toMatchObject({ reason: "Before a restore" });
  await apply({ action: "uninstall", module: "notes", data: "export" });
  expect((await kept("snapshot"))[0]).toMatchObject({ reason: "Before uninstall", rows: 2 });
  expect(await kept("exported")).toMatchObject([{ reason: null }]);
});

test("taking a snapshot lets older ones of that module go, of others none", async () => {
  await apply(install1("other"));
  await apply({ action: "upgrade", module: "other" });
  await install().retention.set(systemActor, { ...forEver, snapshotsPerModule: 2 });
  const before = await expirations();
  const base = generation();
  await apply(upgrade);
  for (let i = 0; i < 2; i++) {
    const [latest] = await kept("snapshot");
    await apply({ action: "restore", snapshot: String(latest?.id) });
  }
  expect(generation()).toBe(base + 3);
  expect(await kept("snapshot")).toHaveLength(2);
  expect(await kept("snapshot", "other")).toHaveLength(1);
  expect((await expirations()) - before).toBe(1);
});

test("settings say what would go before they are saved, then it goes, file and row, and is audited", async () => {
  await apply(upgrade);
  const [old] = await kept("snapshot");
  const { path } = await install().keptData.open(String(old?.id));
  // No longer what the last change is taken back with.
  await apply(install1("other"));
  await age(10);
  const input = { ...forEver, snapshotDays: 9 };
  const preview = await install().retention.preview(input);
  expect(preview).toEqual({ items: [expect.objectContaining({ id: old?.id })], bytes: old?.bytes });
  expect(existsSync(path)).toBe(true);

  const { policy, removed } = await install().retention.set(systemActor, input);
  expect(policy).toMatchObject({ ...input, updatedBy: systemActor.name, appliedAt: expect.any(String) });
  expect(removed?.items.map(({ id }) => id)).toEqual([old?.id]);
  expect(existsSync(path)).toBe(false);
  expect(await kept("snapshot")).toEqual([]);
  const { items } = await host.engine.access.audit.list({ target: "notes", limit: 5 });
  expect(items[0]).toMatchObject({ action: "data.expire", summary: expect.stringContaining("notes 1.0.0") });
});

test("what the last change is taken back with stays, however old, until the next change", async () => {
  const first = generation();
  await apply(upgrade);
  await age(1000);
  const shortest = { snapshotsPerModule: 1, snapshotDays: 1, keptDays: 1 };
  expect(await install().retention.preview(shortest)).toEqual({ items: [], bytes: 0 });
  await install().retention.set(systemActor, shortest);
  await apply({ action: "rollback", generation: first, data: { notes: "snapshot" } });
  expect(await rowsOfNotes()).toEqual([{ id: 1 }, { id: 2 }]);

  const installed = generation();
  await apply({ action: "uninstall", module: "notes", data: "delete" });
  await age(1000);
  await install().retention.set(systemActor, shortest);
  await apply({ action: "rollback", generation: installed });
  expect(await rowsOfNotes()).toEqual([{ id: 1 }, { id: 2 }]);
});

test("kept data goes by its age, with its schema, but not while undoing its removal needs it", async () => {
  await apply({ action: "uninstall", module: "notes", data: "keep" });
  await age(31);
  const input = { ...forEver, keptDays: 30 };
  expect((await install().retention.preview(input)).items).toEqual([]);
  await apply(install1("other"));
  expect((await install().retention.preview(input)).items).toMatchObject([{ kind: "kept", module: "notes" }]);
  await install().retention.set(systemActor, input);
  expect(await kept("kept")).toEqual([]);
  expect((await moduleDatabases(database)).filter(({ module }) => module === "notes")).toEqual([]);
});

test("daily, once for all hosts, and not while a change is going on", async () => {
  await apply(upgrade);
  await apply(install1("other"));
  await install().retention.set(systemActor, { ...forEver, snapshotDays: 9 });
  await age(10);
  expect(await install().retention.applyDaily()).toBeNull();
  expect(await kept("snapshot")).toHaveLength(1);
  await query("UPDATE graft.retention_policy SET applied_at = now() - interval '25 hours'");
  const lead = await tryLead(database.db);
  expect(await install().retention.applyDaily()).toBeNull();
  expect(await kept("snapshot")).toHaveLength(1);
  await lead?.release();
  expect((await install().retention.applyDaily())?.items).toHaveLength(1);
  expect(await kept("snapshot")).toEqual([]);
  expect(await install().retention.applyDaily()).toBeNull();
});

test("settings out of their bounds are refused field by field and change nothing", async () => {
  await expect(
    install().retention.set(systemActor, { snapshotsPerModule: 0, snapshotDays: 0, keptDays: 1.5 }),
  ).rejects.toMatchObject({
    code: "INVALID_INPUT",
    details: {
      fieldErrors: {
        snapshotsPerModule: [expect.any(String)],
        snapshotDays: [expect.any(String)],
        keptDays: [expect.any(String)],
      },
    },
  });
  expect(await install().retention.get()).toMatchObject(forEver);
});
