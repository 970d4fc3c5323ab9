import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { openStored } from "../../edge/host/testing/open-stored.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { writeModule } from "../../edge/host/testing/write-module.ts";
import type { PlanChange } from "../plan/index.ts";

// Going back can put access and settings of modules that stay back as well: all of it with the rest, or nothing.

const config = {
  type: "object",
  properties: { word: { type: "string" }, key: { type: "string", format: "secret" } },
};
const server = `
import { createServer } from "node:http";
createServer((req, res) => res.end(process.env.GRAFT_CONFIG)).listen(process.env.GRAFT_SOCKET);
`;
const widgets = [{ id: "small", title: "Small", entry: "client/small.html" }];
const files = { "client/small.html": "<!doctype html>" };

let database: TestDatabase;
let host: TestHost;
/** One upgrade of `board` and one that was taken back came after it. */
let then: number;
let failed: number;

beforeAll(async () => {
  database = await createTestDatabase();
  host = await startTestHost({ databaseUrl: database.url });
  const { catalogDir } = host;
  writeModule(catalogDir, "steady", { manifest: { config, widgets }, files, server });
  writeModule(catalogDir, "board", { manifest: { config }, server });
  writeModule(catalogDir, "other", {});
  await apply({ action: "install", module: "steady", access: { mode: "everyone" } });
  await apply({ action: "install", module: "board", version: "1.0.0" });
  await set("then", "key-of-1815", "everyone");
  then = host.engine.registry.generation();
  writeModule(catalogDir, "board", { manifest: { version: "2.0.0", config }, server: "process.exit(3);" });
  failed = (await apply({ action: "upgrade", module: "board", version: "2.0.0" })).generation as number;
  writeModule(catalogDir, "board", { manifest: { version: "1.1.0", config }, server });
  await apply({ action: "upgrade", module: "board", version: "1.1.0" });
  await set("now", "key-of-1937", "nobody");
  await host.engine.flags.setAccess(systemActor, "steady/small", { mode: "nobody" });
}, 60_000);
afterAll(async () => {
  await host?.end();
  await database?.close();
});

async function set(word: string, key: string, mode: "everyone" | "nobody") {
  for (const name of ["board", "steady"])
    await host.engine.install.configure(systemActor, name, { word: `${word}-${name}`, key });
  await host.engine.flags.setAccess(systemActor, "steady", { mode });
}

async function apply(...changes: PlanChange[]) {
  const plan = await host.engine.plans.create(systemActor, changes);
  const begun = await host.engine.install.operations.apply(systemActor, plan.id);
  return host.engine.install.operations.wait(begun.id);
}

/** What is stored, and what the processes run with. */
async function state() {
  const { flags, registry } = host.engine;
  const { token } = JSON.parse(await readFile(join(host.dataDir, "host.json"), "utf8"));
  const found = ["board", "steady"].map(async (name) => {
    const answer = await fetch(`${host.url}/api/v1/${name}/x`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const module = registry.get(name);
    return { version: module?.version, config: openStored(module), runs: await answer.json() };
  });
  const access = ["board", "steady", "steady/small"] as const;
  return {
    modules: await Promise.all(found),
    access: access.map((target) => flags.getAccess(target)?.mode ?? null),
  };
}

const describeModule = (version: string, word: string) => {
  const config = { word, key: "key-of-1937" };
  return { version, config, runs: config };
};
const nobody = "nobody";
const now = {
  modules: [describeModule("1.1.0", "now-board"), describeModule("1.0.0", "now-steady")],
  access: [nobody, nobody, nobody],
};

test("the plan lists what differs; unless it is asked for, modules that stay keep what they have", async () => {
  const plan = await host.engine.plans.create(systemActor, [{ action: "rollback", generation: then }]);
  expect(plan.settingsBack).toEqual({
    chosen: false,
    access: [
      { target: "steady", from: { mode: "nobody" }, to: { mode: "everyone" } },
      { target: "steady/small", from: { mode: "nobody" }, to: null },
    ],
    config: [
      { module: "board", key: "word", from: "now-board", to: "then-board" },
      { module: "steady", key: "word", from: "now-steady", to: "then-steady" },
    ],
  });
  expect(plan.steps.map(({ module, settings }) => [module, settings])).toEqual([["board", undefined]]);
  expect(JSON.stringify(plan)).not.toContain("key-of");
});

test("taken back, it leaves access, settings and processes as they were", async () => {
  expect(await state()).toEqual(now);
  const { status, id } = await apply({ action: "rollback", generation: failed, settings: true });
  expect(status).toBe("reverted");
  expect(await state()).toEqual(now);
  const { rows } = await database.db.pool.query("SELECT journal::text FROM graft.operations WHERE id = $1", [
    id,
  ]);
  expect(JSON.stringify(rows)).not.toContain("key-of");
});

test("asked for, all of it goes back in one generation, but for secrets; going back once more undoes that", async () => {
  const { registry } = host.engine;
  const before = registry.generation();
  expect(await apply({ action: "rollback", generation: then, settings: true })).toMatchObject({
    status: "succeeded",
    generation: before + 1,
  });
  expect(await state()).toEqual({
    modules: [describeModule("1.0.0", "then-board"), describeModule("1.0.0", "then-steady")],
    access: [nobody, "everyone", null],
  });
  await apply({ action: "rollback", generation: before, settings: true });
  expect(await state()).toEqual(now);
});

test("where nothing else differs it is what going back means", async () => {
  const generation = host.engine.registry.generation();
  await apply({ action: "install", module: "other" });
  await apply({ action: "uninstall", module: "other", data: "keep" });
  await host.engine.flags.setAccess(systemActor, "board", { mode: "everyone" });
  const plan = await host.engine.plans.create(systemActor, [{ action: "rollback", generation }]);
  expect(plan.settingsBack).toMatchObject({ chosen: true, config: [] });
  expect(plan.steps).toMatchObject([{ module: "board", from: "1.1.0", to: "1.1.0" }]);
  await apply({ action: "rollback", generation });
  expect(await state()).toEqual(now);
  await expect(apply({ action: "rollback", generation })).rejects.toMatchObject({ code: "CONFLICT" });
});
