import { afterAll, beforeAll, expect, test } from "vitest";
import { systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { writeModule } from "../../edge/host/testing/write-module.ts";
import type { PlanChange } from "../plan/index.ts";

// Who gets a module comes and goes with generations too; the history of access has that, or it would have gaps.

const widgets = [{ id: "small", title: "Small", entry: "client/small.html" }];
const module = { manifest: { widgets }, files: { "client/small.html": "<!doctype html>" } };

let database: TestDatabase;
let host: TestHost;
beforeAll(async () => {
  database = await createTestDatabase();
  host = await startTestHost({ databaseUrl: database.url });
  writeModule(host.catalogDir, "board", module);
}, 60_000);
afterAll(async () => {
  await host?.end();
  await database?.close();
});

async function apply(change: PlanChange) {
  const plan = await host.engine.plans.create(systemActor, [change]);
  const begun = await host.engine.install.operations.apply(systemActor, plan.id);
  return host.engine.install.operations.wait(begun.id);
}
const history = async (limit: number) => (await host.engine.flags.features.history({ limit })).items;
const words = async (limit: number) =>
  (await history(limit)).map(({ summary, generation }) => [generation, summary]).toSorted();

test("what an install gives is in the history with its generation, and undone like any other access", async () => {
  const { flags } = host.engine;
  const { generation } = await apply({ action: "install", module: "board", access: { mode: "everyone" } });
  const [given] = await history(1);
  expect(given).toMatchObject({
    key: "access/board",
    kind: "access",
    actorName: systemActor.name,
    summary: "Gave board to everyone",
    before: null,
    after: { mode: "everyone" },
    generation,
  });
  await flags.features.undo(systemActor, given?.id ?? "");
  expect(flags.getAccess("board")).toBeNull();
  const [undone] = await history(1);
  expect(undone).toMatchObject({ generation: null });
  await flags.features.undo(systemActor, undone?.id ?? "");
  expect(flags.getAccess("board")).toEqual({ mode: "everyone" });
});

test("an uninstall takes all of it away, going back brings it back, and an upgrade changes nothing", async () => {
  const { flags, registry } = host.engine;
  await flags.setAccess(systemActor, "board/small", { mode: "nobody" });
  const full = registry.generation();
  const { generation: gone } = await apply({ action: "uninstall", module: "board", data: "delete" });
  expect(await words(2)).toEqual([
    [gone, "Took back the rule of board"],
    [gone, "Took back the rule of board/small"],
  ]);
  const [taken] = await history(1);
  await expect(flags.features.undo(systemActor, taken?.id ?? "")).rejects.toMatchObject({
    code: "NOT_FOUND",
    hint: "Going back to a generation that had it brings it back with who got it.",
  });

  const { generation: back } = await apply({ action: "rollback", generation: full });
  expect(await words(2)).toEqual([
    [back, "Gave board to everyone"],
    [back, "Gave board/small to nobody"],
  ]);
  const before = (await history(100)).length;
  writeModule(host.catalogDir, "board", { ...module, manifest: { version: "1.1.0", widgets } });
  expect(await apply({ action: "upgrade", module: "board" })).toMatchObject({ status: "succeeded" });
  expect(await history(100)).toHaveLength(before);
});

test("an install that is taken back leaves both of its changes in the history", async () => {
  writeModule(host.catalogDir, "broken", { server: "process.exit(3);" });
  const { status } = await apply({ action: "install", module: "broken", access: { mode: "everyone" } });
  expect(status).toBe("reverted");
  const last = host.engine.registry.generation();
  expect(await words(2)).toEqual([
    [last - 1, "Gave broken to everyone"],
    [last, "Took back the rule of broken"],
  ]);
});
