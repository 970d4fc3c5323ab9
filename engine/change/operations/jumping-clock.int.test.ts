import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { echoServer, writeModule } from "../../edge/host/testing/write-module.ts";
import { queryModule } from "../../module-data/testing/query-module.ts";
import { type CrashWorld, createCrashWorld } from "../install/testing/crash-host.ts";
import { systemState } from "../install/testing/system-state.ts";
import type { PlanChange } from "../plan/index.ts";

// The real host, on a wall clock that jumps by hours between operations and, wilder than any, at each look.

let world: CrashWorld;
const clock = join(import.meta.dirname, "../../edge/host/testing/jumping-clock.ts");
const setClock = (...hours: number[]) => world.send({ do: "set clock", hours });

beforeAll(async () => {
  world = await createCrashWorld({ env: { NODE_OPTIONS: `--import ${clock}` } });
  const table = 'CREATE TABLE "t" ("id" int, "text" text); INSERT INTO "t" VALUES (1, \'first\');';
  const breaking = 'ALTER TABLE "t" DROP COLUMN "text";';
  writeModule(world.catalogDir, "timed", { migrations: { "1_t": table }, server: echoServer });
  writeModule(world.catalogDir, "timed", {
    manifest: { version: "2.0.0" },
    migrations: { "1_t": table, "2_t": breaking },
    server: echoServer,
  });
  await world.up();
}, 120_000);
afterAll(() => world?.close(), 60_000);

/** Succeeds, and ended no earlier than it began. */
async function apply(change: PlanChange) {
  const { status, error, startedAt, finishedAt } = await world.apply([change]);
  expect(error).toBeNull();
  expect(status).toBe("succeeded");
  expect(Date.parse(finishedAt ?? "")).toBeGreaterThanOrEqual(Date.parse(startedAt));
}
const upgrade = (version: string): PlanChange => ({ action: "upgrade", module: "timed", version });
const install: PlanChange = { action: "install", module: "timed", version: "1.0.0" };
const uninstall: PlanChange = { action: "uninstall", module: "timed", data: "delete" };
const texts = async () =>
  (await queryModule(world.database, "timed", "SELECT text FROM t")).map(({ text }) => text);

test("after the clock was set back, going back still takes the data that was left last", async () => {
  await apply(install);
  await apply(upgrade("2.0.0"));
  await apply(upgrade("1.0.0"));
  await queryModule(world.database, "timed", "UPDATE t SET text = 'written since'");
  await setClock(-10);
  await apply(upgrade("2.0.0"));
  await setClock(10);
  await apply(upgrade("1.0.0"));
  expect(await texts()).toEqual(["written since"]);
  await apply(uninstall);
}, 120_000);

test("with a clock that jumps at each look, every operation succeeds and leaves what it should", async () => {
  const before = await systemState(world);
  await setClock(0, 5, -7, 11, -3);
  for (const change of [install, upgrade("2.0.0"), upgrade("1.0.0"), uninstall]) await apply(change);
  await setClock(0);
  await expect.poll(() => systemState(world), { timeout: 30_000 }).toEqual(before);
}, 120_000);
