import { afterAll, beforeAll, expect, test } from "vitest";
import { systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { writeModule } from "../../edge/host/testing/write-module.ts";
import { writeCrashModules } from "../install/testing/crash-cases.ts";
import { type CrashWorld, createCrashWorld } from "../install/testing/crash-host.ts";
import { databaseState } from "../install/testing/system-state.ts";
import type { PlanChange } from "../plan/index.ts";

// Ways back that Prisma's diff leads were once stored without the structure they start from.

const init = 'CREATE TABLE "a" ("id" int);';
let database: TestDatabase;
let host: TestHost;
let world: CrashWorld;

beforeAll(async () => {
  database = await createTestDatabase();
  host = await startTestHost({ databaseUrl: database.url });
  writeModule(host.catalogDir, "stock", { migrations: { "1_a": init } });
  writeModule(host.catalogDir, "stock", {
    manifest: { version: "1.1.0" },
    migrations: { "1_a": init, "2_b": 'ALTER TABLE "a" ADD COLUMN "more" text;' },
  });
  world = await createCrashWorld();
  writeCrashModules(world.catalogDir);
}, 60_000);
afterAll(async () => {
  await host?.end();
  await database?.close();
  await world?.close();
});

const plan = (change: PlanChange) => host.engine.plans.create(systemActor, [change]);

async function apply(id: string) {
  const begun = await host.engine.install.operations.apply(systemActor, id);
  return host.engine.install.operations.wait(begun.id);
}

test("a plan of such a way is stale: it is refused before anything is touched, and a fresh one goes back", async () => {
  await apply((await plan({ action: "install", module: "stock", version: "1.0.0" })).id);
  const generation = host.engine.install.registry.generation();
  await apply((await plan({ action: "upgrade", module: "stock" })).id);
  const earlier = await plan({ action: "rollback", generation });
  expect(earlier.steps[0]?.schema).toMatchObject({ action: "revert", way: { by: "prisma" } });
  await database.db.pool.query(
    "UPDATE graft.plans SET body = body #- '{steps,0,schema,way,from}' WHERE id = $1",
    [earlier.id],
  );
  expect((await host.engine.plans.get(earlier.id)).stale).toBe(true);
  const { items } = await host.engine.install.operations.list();
  await expect(apply(earlier.id)).rejects.toMatchObject({
    code: "PLAN_STALE",
    message: expect.stringContaining("earlier version of Graft"),
  });
  expect((await host.engine.install.operations.list()).items).toEqual(items);

  const fresh = await apply((await plan({ action: "rollback", generation })).id);
  expect(fresh).toMatchObject({ status: "succeeded" });
  expect(host.engine.install.registry.get("stock")?.version).toBe("1.0.0");
});

/** It starts from a structure that nobody has, and requests wait. */
const damaged = `UPDATE graft.operations SET journal = jsonb_set(
  jsonb_set(journal, '{changes,0,data,way,from}', '"another"'), '{changes,0,cutover}', '"held"') WHERE finished_at IS NULL`;

test("killed on such a way, the system is as before it or as after it", async () => {
  const state = async () => {
    await world.up();
    const { modules, schemas, unfinished } = await databaseState(world.database);
    return { modules, schemas, unfinished };
  };
  const change = async (change: PlanChange) => {
    await world.up();
    expect((await world.apply([change])).error).toBeNull();
    return state();
  };
  const after = await change({ action: "install", module: "alpha", version: "1.0.0" });
  const before = await change({ action: "upgrade", module: "alpha", version: "1.1.0" });
  for (const [point, expected] of [
    ["decide.after", before],
    ["commit-module.after", after],
  ] as const) {
    await world.killAt(point, { do: "go back" });
    expect((await world.database.db.pool.query(damaged)).rowCount).toBe(1);
    expect(await state()).toEqual(expected);
  }
}, 120_000);
