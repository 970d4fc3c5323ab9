import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { openStored } from "../../edge/host/testing/open-stored.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { echoServer, writeModule } from "../../edge/host/testing/write-module.ts";
import { moduleUrl } from "../../module-data/testing/query-module.ts";
import type { PlanChange } from "../plan/index.ts";

// A change that is taken back leaves everything as it was, also what only the host knew of a module.

const init = 'CREATE TABLE "a" ("id" int); INSERT INTO "a" VALUES (1), (2);';
let database: TestDatabase;
let host: TestHost;

beforeAll(async () => {
  database = await createTestDatabase();
  host = await startTestHost({ databaseUrl: database.url });
  const { catalogDir } = host;
  writeModule(catalogDir, "steady", {
    manifest: {
      widgets: [{ id: "small", title: "Small", entry: "client/small.html" }],
      config: { type: "object", properties: { key: { type: "string", format: "secret" } } },
    },
    files: { "client/small.html": "<!doctype html>" },
  });
  writeModule(catalogDir, "exits", { server: "process.exit(3);" });
  writeModule(catalogDir, "data", { migrations: { "1_a": init }, server: echoServer });
  writeModule(catalogDir, "data", {
    manifest: { version: "2.0.0" },
    migrations: { "1_a": init, "2_b": 'ALTER TABLE "a" ADD COLUMN "x" int; TRUNCATE "a";' },
    server: "process.exit(3);",
  });
  writeModule(catalogDir, "data", {
    manifest: { version: "3.0.0" },
    migrations: { "1_a": init, "2_c": "SELECT no_such_function();" },
  });
}, 60_000);
afterAll(async () => {
  await host?.end();
  await database?.close();
});

async function apply(changes: PlanChange[]) {
  const plan = await host.engine.plans.create(systemActor, changes);
  const confirm = plan.steps.map((step) => step.module);
  const begun = await host.engine.install.operations.apply(systemActor, plan.id, { confirm });
  return host.engine.install.operations.wait(begun.id);
}

test("a removal that is taken back gives back settings and who has which widget, and no secret stays in its journal", async () => {
  const { engine } = host;
  await apply([{ action: "install", module: "steady", access: { mode: "everyone" } }]);
  await engine.install.configure(systemActor, "steady", { key: "hush" });
  await engine.flags.setAccess(systemActor, "steady/small", { mode: "nobody" });
  const { status, id } = await apply([
    { action: "uninstall", module: "steady", data: "keep" },
    { action: "install", module: "exits" },
  ]);
  expect(status).toBe("reverted");
  expect(openStored(engine.registry.get("steady"))).toEqual({ key: "hush" });
  expect(engine.flags.getAccess("steady")).toEqual({ mode: "everyone" });
  expect(engine.flags.getAccess("steady/small")).toEqual({ mode: "nobody" });
  const gone = await apply([{ action: "uninstall", module: "steady", data: "delete" }]);
  expect(gone.status).toBe("succeeded");
  const { rows } = await database.db.pool.query(
    "SELECT journal::text FROM graft.operations WHERE id = ANY ($1)",
    [[id, gone.id]],
  );
  expect(rows).toHaveLength(2);
  expect(JSON.stringify(rows)).not.toContain("hush");
});

/** Of an installed module, or of what was kept of one. */
async function rowsOf(module: string) {
  const { prisma } = database.db;
  const installed = await prisma.module.findUnique({ where: { name: module } });
  const kept = await prisma.keptData.findFirst({ where: { module, kind: "kept" } });
  const place = { module, database: installed?.database ?? kept?.database ?? 0 };
  const client = new pg.Client({ connectionString: moduleUrl(database, place) });
  await client.connect();
  const { rows } = await client.query("SELECT * FROM a ORDER BY 1");
  await client.end();
  return rows;
}

/** The state of the data that `data` left when it was uninstalled. */
async function kept() {
  const list = await host.engine.install.keptData.list();
  const of = list.filter(({ module, kind }) => module === "data" && kind === "kept");
  return { rows: await rowsOf("data"), versions: of.map(({ version }) => version) };
}

const untouched = { rows: [{ id: 1 }, { id: 2 }], versions: ["1.0.0"] };

beforeEach(async () => {
  const there = await host.engine.install.keptData.list();
  if (there.some(({ module, kind }) => module === "data" && kind === "kept")) return;
  await apply([{ action: "install", module: "data", version: "1.0.0" }]);
  await apply([{ action: "uninstall", module: "data", data: "keep" }]);
});

test("an install over kept data that is taken back leaves the data as it was, and kept", async () => {
  expect(await kept()).toEqual(untouched);
  const { status } = await apply([{ action: "install", module: "data", version: "2.0.0" }]);
  expect(status).toBe("reverted");
  expect(await kept()).toEqual(untouched);
});

test("an install that was to begin anew and fails has deleted nothing", async () => {
  const { status } = await apply([{ action: "install", module: "data", version: "3.0.0", data: "fresh" }]);
  expect(status).toBe("failed");
  expect(await kept()).toEqual(untouched);
});

test("an older version over newer kept data is refused with what to do", async () => {
  writeModule(host.catalogDir, "data", {
    manifest: { version: "0.9.0" },
    migrations: { "0_z": "SELECT 1;" },
  });
  const older = { action: "install" as const, module: "data", version: "0.9.0" };
  expect((await kept()).versions).toEqual(["1.0.0"]);
  await expect(host.engine.plans.create(systemActor, [older])).rejects.toMatchObject({
    code: "MIGRATION_HISTORY_DIVERGED",
    message: expect.stringContaining("1_a ran on it"),
    hint: expect.stringContaining("begin with empty tables"),
  });
  const plan = await host.engine.plans.create(systemActor, [{ ...older, data: "fresh" }]);
  expect(plan.destructive).toMatchObject([{ module: "data" }]);
});

test("an install that begins anew does so with empty tables and no kept data", async () => {
  const { status } = await apply([{ action: "install", module: "data", version: "1.0.0", data: "fresh" }]);
  expect(status).toBe("succeeded");
  expect(await kept()).toEqual({ rows: [{ id: 1 }, { id: 2 }], versions: [] });
});
