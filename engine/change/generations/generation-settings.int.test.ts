import { afterAll, beforeAll, expect, test } from "vitest";
import { systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { openStored } from "../../edge/host/testing/open-stored.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { writeModule } from "../../edge/host/testing/write-module.ts";
import type { PlanChange } from "../plan/index.ts";

const config = {
  type: "object",
  properties: {
    limit: { type: "integer" },
    key: { type: "string", format: "secret" },
    pin: { type: "integer", writeOnly: true },
    accounts: {
      type: "array",
      items: { properties: { name: { type: "string" }, password: { type: "string", format: "secret" } } },
    },
  },
};
const [oldKey, newKey] = ["key-of-april-1937", "key-of-may-2041"];

let database: TestDatabase;
let host: TestHost;

beforeAll(async () => {
  database = await createTestDatabase();
  host = await startTestHost({ databaseUrl: database.url });
  const init = { "1_init": 'CREATE TABLE "a" ("id" int);' };
  writeModule(host.catalogDir, "board", { manifest: { config }, migrations: init });
  await apply({ action: "install", module: "board", access: { mode: "nobody" } });
}, 60_000);
afterAll(async () => {
  await host?.end();
  await database?.close();
});

async function apply(...changes: PlanChange[]) {
  const plan = await host.engine.plans.create(systemActor, changes);
  const begun = await host.engine.install.operations.apply(systemActor, plan.id);
  const ended = await host.engine.install.operations.wait(begun.id);
  expect(ended.error).toBeNull();
  return ended.generation ?? 0;
}

test("a generation has the access and settings it was left with, and tells of a secret only that it changed", async () => {
  const { flags, install, registry } = host.engine;
  const first = registry.generation();
  await install.configure(systemActor, "board", { limit: 1, key: oldKey });
  await flags.setAccess(systemActor, "board", { mode: "everyone" });
  writeModule(host.catalogDir, "board", {
    manifest: { version: "1.1.0", config },
    migrations: { "1_init": 'CREATE TABLE "a" ("id" int);', "2_b": 'ALTER TABLE "a" ADD COLUMN "b" int;' },
  });
  const second = await apply({ action: "upgrade", module: "board" });
  expect(await install.generations.difference(first, second)).toEqual({
    from: first,
    to: second,
    modules: [{ kind: "upgraded", name: "board", from: "1.0.0", to: "1.1.0" }],
    access: [],
    config: [],
    migrations: [{ module: "board", name: "2_b", change: "runs" }],
    settingsKnown: true,
  });

  // The parent of the oldest on a page is read as well.
  const page = await install.generations.list({ limit: 1, cursor: String(second + 1) });
  expect(page.items).toEqual([await install.generations.get(second)]);
  expect(page.items[0]?.changes).toEqual([{ kind: "upgraded", name: "board", from: "1.0.0", to: "1.1.0" }]);

  await install.configure(systemActor, "board", { limit: 2, key: newKey });
  await flags.setAccess(systemActor, "board", { mode: "nobody" });
  expect(await install.generations.difference(second, first)).toMatchObject({
    access: [{ target: "board", from: { mode: "nobody" }, to: { mode: "everyone" } }],
    config: [
      { module: "board", key: "key", secret: true, from: "••••", to: "••••" },
      { module: "board", key: "limit", secret: false, from: 2, to: 1 },
    ],
    migrations: [{ module: "board", name: "2_b", change: "taken back" }],
  });
  const { rows } = await database.db.pool.query("SELECT settings::text FROM graft.generations");
  expect(JSON.stringify(rows)).toContain("limit");
  expect(JSON.stringify(rows)).not.toContain(oldKey);
});

test("going back to a generation with a removed module gives it the access and settings of that generation, without secrets", async () => {
  const { flags, install, plans, registry } = host.engine;
  const full = registry.generation();
  await install.configure(systemActor, "board", { limit: 7, key: newKey });
  await flags.setAccess(systemActor, "board", { mode: "everyone" });
  await apply({ action: "uninstall", module: "board", data: "keep" });
  const plan = await plans.create(systemActor, [{ action: "rollback", generation: full }]);
  expect(plan.steps[0]).toMatchObject({
    access: { mode: "everyone" },
    settings: { access: { board: { mode: "everyone" } }, config: { limit: 7 } },
  });
  expect(plan.warnings.map(({ text }) => text).join()).toContain(
    "given to everyone. Settings: limit 7. Its secrets have to be entered again.",
  );
  await apply({ action: "rollback", generation: full });
  expect(registry.get("board")?.config).toEqual({ limit: 7 });
  expect(flags.getAccess("board")).toEqual({ mode: "everyone" });
});

test("a secret in a list is in no generation, no difference and no audit entry either", async () => {
  const { access, install, registry } = host.engine;
  const [one, two] = [
    { name: "one", password: "word-of-june-1815" },
    { name: "two", password: "word-of-july-1789" },
  ];
  await install.configure(systemActor, "board", { accounts: [one, two] });
  const from = await apply({ action: "uninstall", module: "board", data: "keep" });
  await apply({ action: "install", module: "board", data: "reuse" });
  await install.configure(systemActor, "board", { accounts: [one, { ...two, password: "word-of-august" }] });
  const difference = await install.generations.difference(from - 1, registry.generation());
  expect(difference.config.filter(({ key }) => key.startsWith("accounts"))).toEqual([
    { module: "board", key: "accounts.1.password", secret: true, from: "••••", to: "••••" },
  ]);
  const { rows } = await database.db.pool.query("SELECT settings::text FROM graft.generations");
  const audit = await access.audit.list({ action: "module.configure" });
  expect(JSON.stringify([rows, audit])).toContain("accounts");
  expect(JSON.stringify([rows, audit, difference])).not.toContain("word-of");
});

test("a write-only number is kept, shown and recorded as a secret", async () => {
  const { access, install, registry } = host.engine;
  await install.configure(systemActor, "board", { limit: 3, pin: 19_411_207 });
  const board = registry.get("board");
  if (!board) throw new Error("board is not installed");
  expect(install.configOf(board)).toEqual({ limit: 3, pin: "••••" });
  await install.configure(systemActor, "board", { ...install.configOf(board), limit: 4 });
  expect(openStored(registry.get("board"))).toEqual({ limit: 4, pin: 19_411_207 });
  await apply({ action: "uninstall", module: "board", data: "keep" });
  const { rows } = await database.db.pool.query("SELECT settings::text FROM graft.generations");
  const audit = await access.audit.list({ action: "module.configure" });
  expect(JSON.stringify([rows, audit])).toContain("pin");
  expect(JSON.stringify([rows, audit])).not.toContain("19411207");
});

test("one that an earlier Graft left without them is compared by its modules", async () => {
  const { generations } = host.engine.install;
  const now = 2;
  await database.db.pool.query("UPDATE graft.generations SET settings = NULL WHERE number = $1", [now - 1]);
  expect(await generations.difference(now - 1, now)).toMatchObject({
    modules: [{ kind: "upgraded", name: "board" }],
    access: [],
    config: [],
    settingsKnown: false,
  });
  await expect(generations.difference(now, 9_999)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
