import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { echoServer, writeModule } from "../../edge/host/testing/write-module.ts";
import { moduleDatabases, queryModule, queryServer } from "../../module-data/testing/query-module.ts";
import type { PlanChange } from "../plan/index.ts";

// What cannot be finished, taken back or cleaned up stops nothing but the module it is about.

let database: TestDatabase;
const other = `other_${randomUUID().slice(0, 8)}`;
let host: TestHost;
const hosts: TestHost[] = [];
const patience = { timeout: 30_000, interval: 25 };
const table = 'CREATE TABLE "t" ("id" int); INSERT INTO "t" VALUES (1);';

beforeAll(async () => {
  database = await createTestDatabase();
  await queryServer(database, `CREATE DATABASE ${other}`);
  host = await start();
  writeModule(host.catalogDir, "plain", { migrations: { "1_t": table }, server: echoServer });
  const fails = "SELECT pg_sleep(1.5); SELECT 1 / 0;";
  writeModule(host.catalogDir, "fails", { migrations: { "1_t": table, "2_t": fails } });
  writeModule(host.catalogDir, "two", { migrations: { "1_t": table }, server: echoServer });
  writeModule(host.catalogDir, "two", {
    migrations: { "1_t": table, "2_t": 'ALTER TABLE "t" ADD COLUMN "b" int;' },
    server: echoServer.replace("writeHead(200", "writeHead(503"),
    manifest: { version: "1.1.0" },
  });
}, 60_000);
afterEach(async () => {
  const { status, steps } = await apply({ action: "install", module: "plain" });
  expect(status, JSON.stringify(steps)).toBe("succeeded");
  expect((await apply({ action: "uninstall", module: "plain", data: "delete" })).status).toBe("succeeded");
}, 60_000);
afterAll(async () => {
  for (const one of hosts) await one.end();
  await queryServer(database, `DROP DATABASE ${other} WITH (FORCE)`);
  await database?.close();
}, 60_000);

async function start(dataDir?: string, catalogDir?: string): Promise<TestHost> {
  const given = { databaseUrl: database.url, gateTimeoutMs: 1_500 };
  const started = await startTestHost({
    ...given,
    ...(dataDir && { dataDir }),
    ...(catalogDir && { catalogDir }),
  });
  hosts.unshift(started);
  await started.engine.install.converge();
  return started;
}
async function begin(change: PlanChange): Promise<string> {
  const plan = await host.engine.plans.create(systemActor, [change]);
  const confirm = plan.steps.map(({ module }) => module);
  return (await host.engine.install.operations.apply(systemActor, plan.id, { confirm })).id;
}
async function apply(change: PlanChange) {
  return host.engine.install.operations.wait(await begin(change));
}
/** In a database of the server that is neither the host's nor a module's. */
async function elsewhere(sql: string): Promise<void> {
  const url = Object.assign(new URL(database.url), { pathname: `/${other}` });
  await queryServer({ ...database, url: url.href }, sql);
}
const attention = () => host.engine.install.attention.list();
const readyz = async () => (await fetch(`${host.url}/readyz`)).json();

test("a role that cannot be dropped is left over, named and tried again, and keeps nobody waiting", async () => {
  const id = await begin({ action: "install", module: "fails" });
  const made = async () => (await moduleDatabases(database)).map(({ module }) => module);
  await expect.poll(made, patience).toContain("fails");
  const { ownerRole } = host.engine.database.roles("fails");
  // It owns something in a database that is no module's.
  await elsewhere(`CREATE TABLE t (); ALTER TABLE t OWNER TO "${ownerRole}"`);
  expect(await host.engine.install.operations.wait(id)).toMatchObject({ status: "failed" });
  expect(await attention()).toMatchObject([
    { kind: "cleanup", modules: ["fails"], operation: id, attempts: 1, problem: { code: "CONFLICT" } },
  ]);
  expect(await readyz()).toEqual({ ready: true, problems: [], attention: 1 });
  const [entry] = await attention();
  const again = await host.engine.install.attention.retry(systemActor, entry?.id ?? "");
  expect(again).toMatchObject({ attempts: 2 });
  expect(Date.parse(again?.nextAt ?? "")).toBeGreaterThan(Date.parse(entry?.nextAt ?? ""));
  await elsewhere("DROP TABLE t");
  // By itself, once its time has come.
  await expect.poll(attention, patience).toEqual([]);
  const roles = await queryServer(database, `SELECT FROM pg_roles WHERE rolname = '${ownerRole}'`);
  expect(roles).toEqual([]);
}, 90_000);

test("an upgrade that cannot be taken back stops its module alone; tried again, it goes on from there", async () => {
  expect((await apply({ action: "install", module: "two", version: "1.0.0" })).status).toBe("succeeded");
  await queryServer(database, refuseTakingBack);
  const upgrade = await apply({ action: "upgrade", module: "two" });
  expect(upgrade).toMatchObject({ status: "attention", error: { code: "MODULE_UNHEALTHY" } });
  expect(host.engine.runtime.status("two")).toBeNull();
  expect(await attention()).toMatchObject([
    { kind: "stopped", modules: ["two"], operation: upgrade.id, nextAt: null },
  ]);
  expect(await readyz()).toMatchObject({ ready: true, attention: 1 });

  // A start does not fail of it, starts everything else, and leaves it as it is.
  expect((await apply({ action: "install", module: "plain" })).status).toBe("succeeded");
  const { dataDir, catalogDir } = host;
  const first = host;
  host = await start(`${dataDir}-2`, catalogDir);
  await expect.poll(() => host.engine.runtime.status("plain")?.state, patience).toBe("running");
  expect(host.engine.runtime.status("two")).toBeNull();
  await host.end();
  hosts.shift();
  host = first;
  await apply({ action: "uninstall", module: "plain", data: "delete" });

  const [entry] = await attention();
  expect(await host.engine.install.attention.retry(systemActor, entry?.id ?? "")).toMatchObject({
    attempts: 2,
  });
  expect((await host.engine.install.operations.get(upgrade.id)).status).toBe("attention");
  await queryServer(database, mayTakeBack);
  expect(await host.engine.install.attention.retry(systemActor, entry?.id ?? "")).toBeNull();
  expect((await host.engine.install.operations.get(upgrade.id)).status).toBe("reverted");
  expect(host.engine.registry.get("two")).toMatchObject({ version: "1.0.0", stoppedBy: null });
  await expect.poll(() => host.engine.runtime.status("two")?.state, patience).toBe("running");
  expect(await queryModule(database, "two", "SELECT id FROM t")).toEqual([{ id: 1 }]);
  expect(await attention()).toEqual([]);
}, 120_000);

test("what was stopped ends with the module's next change, or starts when somebody leaves it as it is", async () => {
  await queryServer(database, refuseTakingBack);
  expect((await apply({ action: "upgrade", module: "two" })).status).toBe("attention");
  expect((await apply({ action: "rollback", generation: await generationOf("1.0.0") })).status).toBe(
    "succeeded",
  );
  expect(await attention()).toEqual([]);
  await expect.poll(() => host.engine.runtime.status("two")?.state, patience).toBe("running");

  expect((await apply({ action: "upgrade", module: "two" })).status).toBe("attention");
  const [entry] = await attention();
  await host.engine.install.attention.dismiss(systemActor, entry?.id ?? "");
  expect(await attention()).toEqual([]);
  expect(host.engine.registry.get("two")).toMatchObject({ version: "1.1.0" });
  await expect.poll(() => host.engine.runtime.status("two")?.state, patience).toBe("running");
  await queryServer(database, mayTakeBack);
  expect((await apply({ action: "uninstall", module: "two", data: "delete" })).status).toBe("succeeded");
}, 120_000);

async function generationOf(version: string): Promise<number> {
  const { items } = await host.engine.install.generations.list();
  const found = items.find(({ modules }) =>
    modules.some((one) => one.name === "two" && one.version === version),
  );
  return found?.number ?? 0;
}

const refuseTakingBack = `
  CREATE FUNCTION graft.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no way back'; END $$;
  CREATE TRIGGER refuse BEFORE INSERT ON graft.generations FOR EACH ROW
    WHEN (NEW.reason LIKE 'Taken back%') EXECUTE FUNCTION graft.refuse()`;
const mayTakeBack = "DROP FUNCTION graft.refuse() CASCADE";
