import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { echoServer, writeModule } from "../../edge/host/testing/write-module.ts";
import type { DataPlace } from "../../module-data/index.ts";
import { moduleDatabases, placeOf, queryModule } from "../../module-data/testing/query-module.ts";
import type { PlanChange } from "../plan/index.ts";

let database: TestDatabase;
let host: TestHost;

beforeAll(async () => {
  database = await createTestDatabase();
  host = await startTestHost({ databaseUrl: database.url, gateTimeoutMs: 6_000 });
  const init =
    'CREATE TABLE "note" ("id" serial PRIMARY KEY, "text" text NOT NULL); INSERT INTO "note" ("text") VALUES (\'first\');';
  writeModule(host.catalogDir, "notes", { migrations: { "20250101000000_init": init }, server: echoServer });
  writeModule(host.catalogDir, "notebook", {
    manifest: { dependencies: { notes: "^1.0.0" } },
    server: echoServer,
    migrations: { "20250101000000_init": 'CREATE TABLE "book" ("id" serial PRIMARY KEY);' },
  });
  writeModule(host.catalogDir, "broken-sql", {
    migrations: {
      "1_a": 'CREATE TABLE "a" ("id" int);',
      "2_b": 'CREATE TABLE "b" ("id" int);\nCREATE TABLE "c" ("id" int);\nSELECT no_such_thing();',
    },
  });
  const migrations = { "1_a": 'CREATE TABLE "a" ("id" int);' };
  const exits = 'console.error("I cannot go on"); process.exit(3);';
  writeModule(host.catalogDir, "exits", { migrations, server: exits });
  writeModule(host.catalogDir, "sick", { migrations, server: echoServer.replace("200", "503") });
});
afterAll(async () => {
  await host?.end();
  await database?.close();
});

async function apply(changes: PlanChange[], confirm: string[] = []) {
  const plan = await host.engine.plans.create(systemActor, changes);
  const begun = await host.engine.install.operations.apply(systemActor, plan.id, { confirm });
  return host.engine.install.operations.wait(begun.id);
}

/** Everything outside the host's own tables that an operation could leave behind, but for data that is listed as kept. */
async function traces() {
  const kept = await database.db.prisma.keptData.findMany({ where: { database: { not: null } } });
  const isKept = (place: DataPlace) => kept.some((row) => row.database === place.database);
  const databases = (await moduleDatabases(database)).filter((place) => !isKept(place));
  // Roles are the server's: another test's database may have a module of the same name.
  const isGone = (module: string) => !kept.some((row) => row.module === module);
  const modules = ["notes", "notebook", "broken-sql", "exits", "sick"].filter(isGone);
  const names = modules.map(host.engine.database.roles);
  const roles = await database.db.pool.query("SELECT FROM pg_roles WHERE rolname = ANY ($1)", [
    names.flatMap(({ ownerRole, runtimeRole }) => [ownerRole, runtimeRole]),
  ]);
  const running = host.engine.runtime.list().filter(({ state }) => state !== "stopped");
  const processes = running.map(({ module }) => module);
  return { databases: databases.map(({ module }) => module), roles: roles.rows.length, processes };
}

test("an install with its dependency serves both, and an uninstall with deletion leaves nothing", async () => {
  const before = await traces();
  const done = await apply([{ action: "install", module: "notebook", access: { mode: "everyone" } }]);
  expect(done.error).toBeNull();
  expect(done.status).toBe("succeeded");
  expect(host.engine.registry.list().map((m) => m.name)).toEqual(["notebook", "notes"]);
  expect((await traces()).databases).toEqual(["notebook", "notes"]);
  expect(host.engine.flags.getAccess("notebook")).toEqual({ mode: "everyone" });
  expect(host.engine.flags.getAccess("notes")).toEqual({ mode: "nobody" });

  const removed = await apply(
    [
      { action: "uninstall", module: "notebook", data: "delete" },
      { action: "uninstall", module: "notes", data: "delete" },
    ],
    ["notebook", "notes"],
  );
  expect(removed.status).toBe("succeeded");
  expect(await traces()).toEqual(before);
  // Until retention, or somebody, lets them go.
  const { keptData } = host.engine.install;
  for (const { id } of await keptData.list()) await keptData.delete(systemActor, id);
  expect(await moduleDatabases(database)).toEqual([]);
  expect(await traces()).toEqual(before);
});

test("a failing migration leaves no role, schema or generation behind, and names file and line", async () => {
  const before = { ...(await traces()), generation: host.engine.registry.generation() };
  const failed = await apply([{ action: "install", module: "broken-sql" }]);
  expect(failed.status).toBe("failed");
  expect(failed.error).toMatchObject({ code: "MIGRATION_FAILED", details: { migration: "2_b", line: 3 } });
  expect({ ...(await traces()), generation: host.engine.registry.generation() }).toEqual(before);
});

test.each(["exits", "sick"])(
  "a module that does not become healthy (%s) is taken back by a generation of its own",
  async (module) => {
    const before = await traces();
    const generation = host.engine.registry.generation();
    const reverted = await apply([{ action: "install", module }]);
    expect(reverted.status).toBe("reverted");
    expect(reverted.error?.code).toMatch(/MODULE_(START_FAILED|UNHEALTHY)/);
    expect(await traces()).toEqual(before);
    expect(host.engine.registry.generation()).toBe(generation + 2);
    expect(host.engine.registry.get(module)).toBeNull();
  },
  40_000,
);

test("a stale plan is refused, and so is one applied twice", async () => {
  const stale = await host.engine.plans.create(systemActor, [{ action: "install", module: "notes" }]);
  const used = await host.engine.plans.create(systemActor, [{ action: "install", module: "notes" }]);
  const begun = await host.engine.install.operations.apply(systemActor, used.id);
  await expect(host.engine.install.operations.apply(systemActor, stale.id)).rejects.toMatchObject({
    code: /OPERATION_IN_PROGRESS|PLAN_STALE/,
  });
  expect((await host.engine.install.operations.wait(begun.id)).status).toBe("succeeded");
  await expect(host.engine.install.operations.apply(systemActor, stale.id)).rejects.toMatchObject({
    code: "PLAN_STALE",
  });
  await expect(host.engine.install.operations.apply(systemActor, used.id)).rejects.toMatchObject({
    code: "PLAN_USED",
  });
  await expect(
    host.engine.plans.create(systemActor, [{ action: "install", module: "notes" }]),
  ).rejects.toMatchObject({ code: "MODULE_ALREADY_INSTALLED" });
});

test("a module that another needs cannot be uninstalled alone, and deletion wants its name", async () => {
  await apply([{ action: "install", module: "notebook" }]);
  const blocked = await host.engine.plans.create(systemActor, [
    { action: "uninstall", module: "notes", data: "delete" },
  ]);
  expect(blocked.blockedBy).toEqual([{ module: "notes", neededBy: ["notebook"] }]);
  await expect(host.engine.install.operations.apply(systemActor, blocked.id)).rejects.toMatchObject({
    code: "MODULE_NEEDED",
  });

  await apply([{ action: "uninstall", module: "notebook", data: "keep" }]);
  const plan = await host.engine.plans.create(systemActor, [
    { action: "uninstall", module: "notes", data: "delete" },
  ]);
  expect(plan.destructive).toMatchObject([{ module: "notes", rows: 1, tables: [{ name: "note", rows: 1 }] }]);
  await expect(host.engine.install.operations.apply(systemActor, plan.id)).rejects.toMatchObject({
    code: "CONFIRMATION_REQUIRED",
  });
});

test("kept data comes back with a reinstall; an export is a file", async () => {
  await apply([{ action: "uninstall", module: "notes", data: "keep" }]);
  const plan = await host.engine.plans.create(systemActor, [{ action: "install", module: "notes" }]);
  expect(plan.keptData).toMatchObject([{ module: "notes", rows: 1, tables: 1 }]);
  const again = await apply([{ action: "install", module: "notes" }]);
  expect(again.status).toBe("succeeded");
  expect((await host.engine.database.inspect(await placeOf(database, "notes"))).rows).toBe(1);

  const going = await host.engine.plans.create(systemActor, [
    { action: "uninstall", module: "notes", data: "export" },
  ]);
  const { operations } = host.engine.install;
  const begun = await operations.apply(systemActor, going.id);
  let last = begun;
  for await (const view of operations.watch(begun.id)) last = view;
  const exported = await operations.get(begun.id);
  expect(exported.downloads).toMatchObject([{ module: "notes" }]);
  expect(last.downloads).toEqual(exported.downloads);
  const file = await host.engine.install.keptData.open(exported.downloads[0]?.keptDataId ?? "");
  expect(file.bytes).toBeGreaterThan(50);
  expect(host.engine.registry.get("notes")).toBeNull();
});

test("every change is in the audit with its plan and generation", async () => {
  const { items } = await host.engine.access.audit.list({ target: "notes", limit: 100 });
  expect(items.map((entry) => entry.action)).toContain("module.uninstall");
  expect(items.every((entry) => !entry.action.startsWith("module.") || entry.planId !== null)).toBe(true);
});

test("an upgrade loses no request; one that is not healthy leaves the old version serving", async () => {
  const versioned = (version: string) =>
    echoServer.replace("module: process", `version: "${version}", module: process`);
  writeModule(host.catalogDir, "clock", {
    server: versioned("1.0.0"),
    migrations: { "1_a": 'CREATE TABLE "t" ("id" int);' },
  });
  await apply([{ action: "install", module: "clock", access: { mode: "everyone" } }]);
  const migrations = {
    "1_a": 'CREATE TABLE "t" ("id" int);',
    "2_b": 'ALTER TABLE "t" ADD COLUMN "at" timestamptz;',
  };
  writeModule(host.catalogDir, "clock", {
    manifest: { version: "1.1.0" },
    server: versioned("1.1.0"),
    migrations,
  });
  writeModule(host.catalogDir, "clock", {
    manifest: { version: "1.2.0" },
    server: echoServer.replace("200", "503"),
    migrations,
  });

  const { token } = JSON.parse(readFileSync(join(host.dataDir, "host.json"), "utf8")) as { token: string };
  const ask = async () => {
    const answer = await fetch(`${host.url}/api/v1/clock/now`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return answer.ok
      ? ((await answer.json()) as { version: string }).version
      : `failed with ${answer.status}`;
  };
  const seen: string[] = [];
  let going = true;
  const load = Promise.all(
    Array.from({ length: 4 }, async () => {
      while (going) seen.push(await ask());
    }),
  );
  const upgraded = await apply([{ action: "upgrade", module: "clock", version: "1.1.0" }]);
  expect(upgraded.error).toBeNull();
  expect(await ask()).toBe("1.1.0");
  const reverted = await apply([{ action: "upgrade", module: "clock", version: "1.2.0" }]);
  expect(reverted.status).toBe("reverted");
  expect(await ask()).toBe("1.1.0");
  going = false;
  await load;
  expect([...new Set(seen)].sort()).toEqual(["1.0.0", "1.1.0"]);
  expect(host.engine.registry.get("clock")?.version).toBe("1.1.0");
}, 60_000);

test("going back to a generation is a plan like any other: what came since goes, what was there comes back", async () => {
  writeModule(host.catalogDir, "left", {
    migrations: { "1_a": 'CREATE TABLE "t" ("id" int); INSERT INTO "t" VALUES (1);' },
    server: echoServer,
  });
  writeModule(host.catalogDir, "right", { server: echoServer });
  const first = await apply([{ action: "install", module: "left", access: { mode: "everyone" } }]);
  await apply([{ action: "uninstall", module: "left", data: "keep" }]);
  await apply([{ action: "install", module: "right" }]);
  const back = await apply([{ action: "rollback", generation: first.generation ?? 0 }]);
  expect(back.error).toBeNull();
  const { modules } = await host.engine.install.generations.get(back.generation ?? 0);
  expect(modules).toEqual((await host.engine.install.generations.get(first.generation ?? 0)).modules);
  expect((await host.engine.database.inspect(await placeOf(database, "left"))).rows).toBe(1);
  expect(host.engine.flags.getAccess("left")).toEqual({ mode: "everyone" });
  expect(host.engine.registry.get("right")).toBeNull();
});

test("a breaking upgrade that is not healthy gives the data back as it was; a healthy one can be gone back from", async () => {
  const init = {
    "1_a":
      'CREATE TABLE "t" ("id" int, "name" text); INSERT INTO "t" SELECT i, \'n\' || i FROM generate_series(1, 500) i;',
  };
  const breaking = {
    ...init,
    "2_b": 'ALTER TABLE "t" DROP COLUMN "name"; DELETE FROM "t" WHERE "id" > 400;',
  };
  const bodies = {
    files: { "CHANGELOG.md": "# Changelog\n\n## 2.0.0\n\nNames are gone.\n\n## 1.0.0\n\nFirst.\n" },
  };
  writeModule(host.catalogDir, "names", { server: echoServer, migrations: init });
  const first = await apply([{ action: "install", module: "names", access: { mode: "everyone" } }]);
  writeModule(host.catalogDir, "names", {
    manifest: { version: "1.5.0" },
    server: echoServer.replace("200", "503"),
    migrations: breaking,
  });
  writeModule(host.catalogDir, "names", {
    ...bodies,
    manifest: { version: "2.0.0" },
    server: echoServer,
    migrations: breaking,
  });
  const content = async () => {
    const rows = await queryModule(
      database,
      "names",
      "SELECT count(*)::int AS n, array_agg(column_name::text ORDER BY 1) AS columns FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 't'",
    );
    return { ...rows[0], rows: (await host.engine.database.inspect(await placeOf(database, "names"))).rows };
  };
  const before = await content();

  const reverted = await apply([{ action: "upgrade", module: "names", version: "1.5.0" }]);
  expect(reverted.status).toBe("reverted");
  expect(await content()).toEqual(before);

  const plan = await host.engine.plans.create(systemActor, [{ action: "upgrade", module: "names" }]);
  expect(plan.steps[0]).toMatchObject({
    impact: "breaking",
    changelog: [{ version: "2.0.0", text: expect.stringContaining("Names are gone") }, { version: "1.5.0" }],
  });
  const upgraded = await apply([{ action: "upgrade", module: "names" }]);
  expect(upgraded.error).toBeNull();
  expect(await content()).toMatchObject({ n: 1, rows: 400 });

  const back = await apply([{ action: "rollback", generation: first.generation ?? 0 }]);
  expect(back.error).toBeNull();
  expect(host.engine.registry.get("names")?.version).toBe("1.0.0");
  expect(await content()).toEqual(before);
}, 60_000);

test("going back from an additive upgrade keeps what was written since", async () => {
  const init = { "1_a": 'CREATE TABLE "t" ("id" int);' };
  writeModule(host.catalogDir, "grows", { server: echoServer, migrations: init });
  const first = await apply([{ action: "install", module: "grows" }]);
  writeModule(host.catalogDir, "grows", {
    manifest: { version: "1.1.0" },
    server: echoServer,
    migrations: {
      ...init,
      "2_b": 'ALTER TABLE "t" ADD COLUMN "at" timestamptz; INSERT INTO "t" VALUES (1, now());',
    },
  });
  const columns = async () =>
    (
      await queryModule<{ name: string }>(
        database,
        "grows",
        "SELECT attname::text AS name FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0 AND NOT attisdropped",
      )
    ).map(({ name }) => name);
  await apply([{ action: "upgrade", module: "grows" }]);
  const generation = first.generation ?? 0;
  const plan = await host.engine.plans.create(systemActor, [{ action: "rollback", generation }]);
  expect(plan.dataRollbacks).toMatchObject([
    {
      chosen: "schema",
      rows: 1,
      schema: { by: "graft", lost: [{ kind: "column", name: "t.at", rows: 1 }] },
      snapshot: { rows: 0 },
    },
  ]);
  expect(plan.sql.map(({ sql }) => sql).join()).toContain("DROP COLUMN IF EXISTS at");
  const back = await apply([{ action: "rollback", generation }]);
  expect(back.error).toBeNull();
  expect(host.engine.registry.get("grows")?.version).toBe("1.0.0");
  expect((await host.engine.database.inspect(await placeOf(database, "grows"))).rows).toBe(1);
  expect(await columns()).toEqual(["id"]);
  await apply([{ action: "upgrade", module: "grows" }]);
  expect(await columns()).toEqual(["id", "at"]);
  expect((await host.engine.database.inspect(await placeOf(database, "grows"))).rows).toBe(2);
  await apply([{ action: "rollback", generation, data: { grows: "snapshot" } }]);
  expect((await host.engine.database.inspect(await placeOf(database, "grows"))).rows).toBe(1);
  expect(await columns()).toEqual(["id"]);
});
