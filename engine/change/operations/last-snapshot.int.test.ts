import { existsSync, rmSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { echoServer, writeModule } from "../../edge/host/testing/write-module.ts";
import { moduleDatabases, queryModule } from "../../module-data/testing/query-module.ts";
import type { PlanChange } from "../plan/index.ts";

// What a snapshot brings back: after a deletion, in place of what is there, for a module that is gone.

const init = 'CREATE TABLE "a" ("id" int); INSERT INTO "a" VALUES (1), (2);';
let database: TestDatabase;
let host: TestHost;

beforeAll(async () => {
  database = await createTestDatabase();
  host = await startTestHost({ databaseUrl: database.url });
  writeModule(host.catalogDir, "notes", { migrations: { "1_a": init }, server: echoServer });
  writeModule(host.catalogDir, "notes", {
    manifest: { version: "2.0.0" },
    migrations: { "1_a": init, "2_b": 'ALTER TABLE "a" ADD COLUMN "x" int;' },
    server: echoServer,
  });
  writeModule(host.catalogDir, "exits", { server: "process.exit(3);" });
}, 60_000);
afterAll(async () => {
  await host?.end();
  await database?.close();
});

async function apply(changes: PlanChange[]) {
  const plan = await host.engine.plans.create(systemActor, changes);
  const confirm = plan.steps.map((step) => step.module);
  const { operations } = host.engine.install;
  const operation = await operations.wait((await operations.apply(systemActor, plan.id, { confirm })).id);
  return { plan, operation };
}
const ids = async () =>
  (await queryModule(database, "notes", 'SELECT "id" FROM a ORDER BY 1')).map(({ id }) => id);
const write = (id: number) => queryModule(database, "notes", `INSERT INTO a VALUES (${id})`);
const snapshots = async () =>
  (await host.engine.install.keptData.list()).filter(({ kind }) => kind === "snapshot");
const generation = () => host.engine.registry.generation();

beforeEach(async () => {
  const { install, registry } = host.engine;
  if (registry.get("notes")) await apply([{ action: "uninstall", module: "notes", data: "delete" }]);
  for (const { id } of await install.keptData.list()) await install.keptData.delete(systemActor, id);
  await apply([{ action: "install", module: "notes", version: "1.0.0", access: { mode: "everyone" } }]);
  await write(3);
});

test.each(["delete", "export"] as const)("undoing an uninstall (%s) brings the rows back", async (data) => {
  const before = generation();
  const { plan, operation } = await apply([{ action: "uninstall", module: "notes", data }]);
  expect(plan.warnings.map(({ text }) => text).join()).toContain("stands aside as a snapshot");
  expect(operation.error).toBeNull();

  const [taken] = await snapshots();
  const undo = await apply([{ action: "rollback", generation: before }]);
  expect(undo.plan.steps[0]).toMatchObject({
    action: "install",
    schema: { action: "restore", by: "pointing", snapshot: taken?.id, rows: 3, takenAt: taken?.createdAt },
  });
  expect(undo.operation.error).toBeNull();
  expect(await ids()).toEqual([1, 2, 3]);
  expect(host.engine.flags.getAccess("notes")).toEqual({ mode: "everyone" });
  // Migrations go on from where the snapshot was.
  const upgraded = await apply([{ action: "upgrade", module: "notes" }]);
  expect(upgraded.operation.status).toBe("succeeded");
  expect(await ids()).toEqual([1, 2, 3]);
});

test("without its snapshot it comes back empty, and the plan says so", async () => {
  const before = generation();
  await apply([{ action: "uninstall", module: "notes", data: "delete" }]);
  const [taken] = await snapshots();
  await host.engine.install.keptData.delete(systemActor, String(taken?.id));
  const undo = await apply([{ action: "rollback", generation: before }]);
  expect(undo.plan.warnings.map(({ text }) => text)).toContain(
    "No snapshot of its data is left: it starts empty.",
  );
  expect(await ids()).toEqual([1, 2]);
});

test("a snapshot replaces the data of the version that is installed", async () => {
  const before = generation();
  await apply([{ action: "uninstall", module: "notes", data: "delete" }]);
  await apply([{ action: "rollback", generation: before }]);
  await apply([{ action: "upgrade", module: "notes" }]);
  await apply([{ action: "rollback", generation: before, data: { notes: "snapshot" } }]);
  const taken = (await snapshots()).find(({ version }) => version === "1.0.0");
  await write(4);
  const { plan, operation } = await apply([{ action: "restore", snapshot: String(taken?.id) }]);
  expect(plan.steps[0]).toMatchObject({ action: "upgrade", schema: { action: "restore", rows: 3 } });
  expect(operation.error).toBeNull();
  expect(await ids()).toEqual([1, 2, 3]);
  // What it had stands beside it now, and the snapshot is there still.
  expect(await snapshots()).toHaveLength(3);
});

test("a snapshot of another version brings that version along", async () => {
  await apply([{ action: "upgrade", module: "notes" }]);
  const [taken] = await snapshots();
  await queryModule(database, "notes", "INSERT INTO a VALUES (4, 4)");
  const { operation } = await apply([{ action: "restore", snapshot: String(taken?.id) }]);
  expect(operation.error).toBeNull();
  expect(host.engine.registry.get("notes")?.version).toBe("1.0.0");
  expect(await ids()).toEqual([1, 2, 3]);
});

test("a snapshot over kept data: taken back, the kept data is as it was", async () => {
  await apply([{ action: "upgrade", module: "notes" }]);
  const [taken] = await snapshots();
  await apply([{ action: "rollback", generation: generation() - 1 }]);
  await write(4);
  await apply([{ action: "uninstall", module: "notes", data: "keep" }]);
  const restore: PlanChange = { action: "restore", snapshot: String(taken?.id) };
  const failed = await apply([restore, { action: "install", module: "exits" }]);
  expect(failed.operation.status).toBe("reverted");
  expect(await host.engine.install.keptData.list()).toContainEqual(
    expect.objectContaining({ kind: "kept", rows: 4 }),
  );
  expect((await apply([restore])).operation.error).toBeNull();
  expect(await ids()).toEqual([1, 2, 3]);
});

test("a file that was deleted is gone from the disk, and restoring it is refused", async () => {
  await apply([{ action: "upgrade", module: "notes" }]);
  const [taken] = await snapshots();
  const file = await host.engine.install.keptData.open(String(taken?.id));
  expect(existsSync(file.path)).toBe(true);
  await host.engine.install.keptData.delete(systemActor, String(taken?.id));
  expect(existsSync(file.path)).toBe(false);
  await expect(
    host.engine.plans.create(systemActor, [{ action: "restore", snapshot: String(taken?.id) }]),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a database that was deleted is gone from the server, and restoring it is refused", async () => {
  await apply([{ action: "uninstall", module: "notes", data: "delete" }]);
  const [taken] = await snapshots();
  expect(taken).toMatchObject({ stands: true, rows: 3 });
  const file = await host.engine.install.keptData.open(String(taken?.id));
  expect(file).toMatchObject({ once: true, bytes: expect.any(Number) });
  rmSync(file.path);
  await host.engine.install.keptData.delete(systemActor, String(taken?.id));
  expect(await moduleDatabases(database)).toEqual([]);
  await expect(
    host.engine.plans.create(systemActor, [{ action: "restore", snapshot: String(taken?.id) }]),
  ).rejects.toMatchObject({ code: "NOT_FOUND" });
});
