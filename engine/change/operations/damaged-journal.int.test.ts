import { afterAll, beforeAll, expect, test } from "vitest";
import { writeCrashModules } from "../install/testing/crash-cases.ts";
import { type CrashWorld, createCrashWorld } from "../install/testing/crash-host.ts";
import { databaseState } from "../install/testing/system-state.ts";
import type { PlanChange } from "../plan/index.ts";

let world: CrashWorld;
beforeAll(async () => {
  world = await createCrashWorld();
  writeCrashModules(world.catalogDir);
}, 60_000);
afterAll(() => world?.close());

/** It starts from a structure that nobody has. */
const damaged = `UPDATE graft.operations SET journal = jsonb_set(
  journal, '{changes,0,data,way,from}', '"another"') WHERE finished_at IS NULL`;

test("killed while a module goes back from a structure that nobody has, the system is as before it or as after it", async () => {
  const state = async () => {
    await world.up();
    const { modules, data, unnamed, unfinished } = await databaseState(world.database);
    return { modules, data, unnamed, unfinished };
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
