import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadSettings, systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { restoreHost } from "../../edge/host/index.ts";
import { openStored } from "../../edge/host/testing/open-stored.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { writeModule } from "../../edge/host/testing/write-module.ts";
import { queryModule } from "../../module-data/testing/query-module.ts";
import { createTraffic } from "../../serving/gateway/index.ts";
import type { PlanChange } from "../plan/index.ts";
import { writeBackup } from "./index.ts";
import { takeStock } from "./testing/take-stock.ts";

const root = mkdtempSync(join(tmpdir(), "graft-backup-"));
const catalogDir = join(root, "catalog");
const rootDir = join(import.meta.dirname, "../../..");
const password = "four words nobody guesses";
let source: TestDatabase;
let host: TestHost;
let token: string;
const targets: TestDatabase[] = [];

const rich = `
  CREATE TYPE "mood" AS ENUM ('calm', 'busy');
  CREATE TABLE "left" ("id" serial PRIMARY KEY, "mood" "mood" NOT NULL DEFAULT 'calm', "body" jsonb, "at" timestamptz DEFAULT now());
  CREATE TABLE "right" ("id" int PRIMARY KEY REFERENCES "left" ("id") ON DELETE CASCADE, "price" numeric(10, 2), "bytes" bytea);
  CREATE FUNCTION "twice"(n int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT n * 2 $$;
  CREATE INDEX "left_twice" ON "left" ("twice"("id"));
  CREATE VIEW "calm" AS SELECT * FROM "left" WHERE "mood" = 'calm';
  ALTER TABLE "right" ENABLE ROW LEVEL SECURITY; ALTER TABLE "right" FORCE ROW LEVEL SECURITY;
  CREATE POLICY "all" ON "right" USING (true);
  INSERT INTO "left" ("mood", "body") SELECT (ARRAY['calm', 'busy']::"mood"[])[1 + n % 2], jsonb_build_object('n', n) FROM generate_series(1, 500) n;
  INSERT INTO "right" SELECT "id", "id" * 1.5, decode(md5("id"::text), 'hex') FROM "left";`;

async function apply(on: TestHost, changes: PlanChange[]) {
  const { install, plans } = on.engine;
  const plan = await plans.create(systemActor, changes);
  const confirm = plan.steps.map((step) => step.module);
  const begun = await install.operations.apply(systemActor, plan.id, { confirm });
  const ended = await install.operations.wait(begun.id);
  expect(ended.error).toBeNull();
  expect(ended.status).toBe("succeeded");
}

beforeAll(async () => {
  chmodSync(root, 0o711);
  mkdirSync(catalogDir);
  source = await createTestDatabase();
  const writes = (sql: string) => `import { defineModule, sql } from "@graft/sdk/server";
    export default defineModule({ routes: {
      "GET /v1/hello": async () => ({}),
      "POST /v1/write": async () => (await sql.query(${JSON.stringify(sql)})).rows,
    } });`;
  const server = writes('INSERT INTO "left" DEFAULT VALUES');
  writeModule(catalogDir, "alpha", { migrations: { "1_a": rich }, server });
  writeModule(catalogDir, "alpha", {
    manifest: { version: "2.0.0" },
    migrations: {
      "1_a": rich,
      "2_b": 'ALTER TABLE "right" DROP COLUMN "price"; DELETE FROM "left" WHERE "id" = 7;',
    },
    server,
  });
  writeModule(catalogDir, "beta", {
    server: writes("INSERT INTO b VALUES (1)"),
    migrations: { "1_b": 'CREATE TABLE "b" ("n" int);' },
    manifest: { config: { type: "object", properties: { key: { type: "string", format: "secret" } } } },
  });
  writeModule(catalogDir, "gone", {
    migrations: { "1_g": 'CREATE TABLE "g" ("n" int); INSERT INTO "g" VALUES (1), (2);' },
  });
  writeModule(catalogDir, "filed", {
    migrations: { "1_f": 'CREATE TABLE "f" ("n" int); INSERT INTO "f" VALUES (3);' },
  });
  host = await startTestHost({ databaseUrl: source.url, catalogDir, dataDir: join(root, "source") });
  const { access, flags } = host.engine;
  const first = await access.setup.createFirstAdministrator({
    name: "Ada",
    email: "ada@example.org",
    password,
  });
  await access.groups.create(systemActor, { key: "staff", name: "Staff" });
  await access.users.update(systemActor, first.id, { groups: ["staff"] });
  const actor = { userId: first.id, name: first.name, role: first.role, via: "user" as const };
  token = (await access.tokens.create(actor, { userId: first.id, name: "script" })).secret;
  await apply(host, [
    { action: "install", module: "alpha", version: "1.0.0", access: { mode: "groups", groups: ["staff"] } },
  ]);
  await apply(host, [
    { action: "install", module: "beta", access: { mode: "everyone" } },
    { action: "install", module: "gone" },
    { action: "install", module: "filed" },
  ]);
  await host.engine.install.configure(systemActor, "beta", { key: "s3cret" });
  await flags.setAccess(systemActor, "beta", { mode: "groups", groups: ["staff"] });
  await apply(host, [{ action: "uninstall", module: "gone", data: "keep" }]);
  await apply(host, [{ action: "uninstall", module: "filed", data: "export" }]);
  await apply(host, [{ action: "upgrade", module: "alpha", version: "2.0.0" }]);
}, 60_000);
afterAll(async () => {
  await host?.end();
  for (const target of [...targets, source]) await target?.close();
  rmSync(root, { recursive: true, force: true });
});

function backup(file: string) {
  const { engine, dataDir } = host;
  return writeBackup({ ...engine, dataDir, traffic: createTraffic() }, { file });
}

async function restore(file: string, name: string) {
  const target = await createTestDatabase({ empty: true });
  targets.push(target);
  const dataDir = join(root, name);
  const settings = loadSettings({
    DATABASE_URL: target.url,
    GRAFT_DATA_DIR: dataDir,
    GRAFT_LOG_LEVEL: "silent",
  });
  const manifest = await restoreHost({ settings, rootDir, version: "1.0.0", file });
  return { target, dataDir, manifest };
}

test("a restored system is the one that was backed up, and works: sign-in, token, modules, settings, going back", async () => {
  const file = join(root, "quiet.tar.zst");
  const result = await backup(file);
  // alpha, beta, what gone left, and what stands of filed and of alpha's older version.
  expect(result).toMatchObject({ modules: 5, missing: [] });
  expect(statSync(file)).toMatchObject({ size: result.bytes });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const before = await takeStock(source.url, host.dataDir);
  const { target, dataDir } = await restore(file, "quiet");
  expect(await takeStock(target.url, dataDir)).toEqual(before);

  // The secret came with the backup: this host is told none.
  const again = await startTestHost({ databaseUrl: target.url, catalogDir, dataDir, secret: "" });
  try {
    const { access, install, registry } = again.engine;
    await expect(access.signIn.verify({ email: "ada@example.org", password })).resolves.toMatchObject({
      user: { groups: ["staff"] },
    });
    expect(again.engine.secret).toEqual(host.engine.secret);
    const headers = { authorization: `Bearer ${token}` };
    const me = await fetch(`${again.url}/api/v1/graft/me`, { headers });
    expect(me.status).toBe(200);
    await install.converge();
    await expect
      .poll(async () => (await fetch(`${again.url}/api/v1/alpha/hello`, { headers })).status, {
        timeout: 30_000,
      })
      .toBe(200);
    expect(openStored(registry.get("beta"))).toEqual({ key: "s3cret" });
    // The database of before the upgrade travelled too: row 7 and the column are back.
    await apply(again, [{ action: "rollback", generation: 1 }]);
    expect(await queryModule(target, "alpha", 'SELECT price FROM "right" WHERE id = 7')).toEqual([
      { price: "10.50" },
    ]);
    await apply(again, [{ action: "install", module: "gone", data: "reuse" }]);
    expect(await queryModule(target, "gone", "SELECT n FROM g ORDER BY n")).toEqual([{ n: 1 }, { n: 2 }]);
  } finally {
    await again.end();
  }
}, 60_000);

test("made while people write, it holds one moment of the host and all modules", async () => {
  let writing = true;
  let written = 0;
  const headers = { authorization: `Bearer ${token}` };
  const write = async (module: string) => {
    const response = await fetch(`${host.url}/api/v1/${module}/write`, { method: "POST", headers });
    expect(response.status, await response.text()).toBe(200);
  };
  const writer = (async () => {
    while (writing) {
      // One module after the other, and the host in between: at any moment they are one apart at most.
      await write("alpha");
      await source.db.pool.query("INSERT INTO graft.outbox (type, payload) VALUES ('test', '{}')");
      await write("beta");
      written += 1;
    }
  })();
  try {
    await expect.poll(() => written, { timeout: 20_000 }).toBeGreaterThan(20);
    const from = written;
    const { backups } = host.engine;
    const { id } = await backups.start(systemActor);
    for await (const { status, error } of backups.watch(id)) expect(error, status).toBeNull();
    const { path } = await backups.open(id);
    const { target } = await restore(path, "busy");
    expect(written).toBeGreaterThan(from);
    const count = async (module: string, sql: string) =>
      (await queryModule<{ n: number }>(target, module, sql))[0]?.n ?? 0;
    const alpha = await count("alpha", 'SELECT count(*)::int AS n FROM "left" WHERE body IS NULL');
    const beta = await count("beta", "SELECT count(*)::int AS n FROM b");
    const { rows } = await target.db.pool.query(
      "SELECT count(*)::int AS n FROM graft.outbox WHERE type = 'test'",
    );
    expect(alpha).toBeGreaterThanOrEqual(from);
    expect([alpha - rows[0].n, rows[0].n - beta]).toSatisfy((steps: number[]) =>
      steps.every((step) => step === 0 || step === 1),
    );
    expect(alpha - beta).toBeLessThanOrEqual(1);
  } finally {
    writing = false;
    await writer;
  }
}, 60_000);
