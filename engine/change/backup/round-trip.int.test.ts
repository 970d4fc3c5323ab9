import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadSettings, systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { restoreHost } from "../../edge/host/index.ts";
import { openStored } from "../../edge/host/testing/open-stored.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { echoServer, writeModule } from "../../edge/host/testing/write-module.ts";
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
  writeModule(catalogDir, "alpha", { migrations: { "1_a": rich }, server: echoServer });
  writeModule(catalogDir, "alpha", {
    manifest: { version: "2.0.0" },
    migrations: {
      "1_a": rich,
      "2_b": 'ALTER TABLE "right" DROP COLUMN "price"; DELETE FROM "left" WHERE "id" = 7;',
    },
    server: echoServer,
  });
  writeModule(catalogDir, "beta", {
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
  expect(result).toMatchObject({ modules: 3, missing: [] });
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
    // The snapshot that the upgrade took travelled too: row 7 and the column are back.
    await apply(again, [{ action: "rollback", generation: 1 }]);
    const { rows } = await target.db.pool.query('SELECT price FROM m_alpha."right" WHERE id = 7');
    expect(rows).toEqual([{ price: "10.50" }]);
    await apply(again, [{ action: "install", module: "gone", data: "reuse" }]);
    expect((await target.db.pool.query("SELECT n FROM m_gone.g ORDER BY n")).rows).toEqual([
      { n: 1 },
      { n: 2 },
    ]);
  } finally {
    await again.end();
  }
}, 60_000);

test("made while people write, it holds one moment of the host and all modules", async () => {
  let writing = true;
  let written = 0;
  const client = await source.db.pool.connect();
  const writer = (async () => {
    while (writing) {
      // One transaction over two modules and the host: a backup sees all of it or nothing.
      await client.query(
        `BEGIN; INSERT INTO m_alpha."left" DEFAULT VALUES; INSERT INTO m_beta.b VALUES (${written});
         INSERT INTO graft.outbox (type, payload) VALUES ('test', '{}'); COMMIT`,
      );
      written += 1;
    }
  })();
  try {
    await expect.poll(() => written, { timeout: 20_000 }).toBeGreaterThan(50);
    const file = join(root, "busy.tar.zst");
    const from = written;
    await backup(file);
    const { target } = await restore(file, "busy");
    expect(written).toBeGreaterThan(from);
    const { rows } = await target.db.pool.query(
      `SELECT (SELECT count(*) FROM m_alpha."left" WHERE body IS NULL)::int AS alpha, (SELECT count(*) FROM m_beta.b)::int AS beta,
         (SELECT count(*) FROM graft.outbox WHERE type = 'test')::int AS host`,
    );
    expect(rows[0].alpha).toBeGreaterThanOrEqual(from);
    expect(rows[0]).toEqual({ alpha: rows[0].alpha, beta: rows[0].alpha, host: rows[0].alpha });
  } finally {
    writing = false;
    await writer;
    client.release();
  }
}, 60_000);
