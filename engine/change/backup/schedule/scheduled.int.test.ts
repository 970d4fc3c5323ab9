import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BackupSettings, systemActor } from "../../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../../core/testing/index.ts";
import { startTestHost, type TestHost } from "../../../edge/host/testing/start-test-host.ts";
import { echoServer, writeModule } from "../../../edge/host/testing/write-module.ts";
import { createTraffic } from "../../../serving/gateway/index.ts";
import { decryptFile } from "../encryption/encryption.ts";
import { readArchive } from "../index.ts";
import { openSigningKey } from "../signing-key.ts";
import { type S3Server, s3Keys, startS3 } from "../testing/start-s3.ts";
import { createScheduled } from "./create-scheduled.ts";

const root = mkdtempSync(join(tmpdir(), "graft-scheduled-"));
const catalogDir = join(root, "catalog");
const migrationsDir = join(import.meta.dirname, "../../../../prisma/migrations");
let source: TestDatabase;
let host: TestHost;
let s3: S3Server;

beforeAll(async () => {
  chmodSync(root, 0o711);
  mkdirSync(catalogDir);
  source = await createTestDatabase();
  s3 = await startS3("backups");
  writeModule(catalogDir, "alpha", {
    migrations: {
      "1_a": `CREATE FUNCTION clean(t text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT trim(t) $$;
        CREATE FUNCTION slug(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN lower(clean(t)); END $$;
        CREATE TABLE page (id serial PRIMARY KEY, title text CHECK (slug(title) <> ''), slug text GENERATED ALWAYS AS (slug(title)) STORED);
        INSERT INTO page (title) SELECT 'T' || n FROM generate_series(1, 500) n;`,
    },
    server: echoServer,
  });
  host = await startTestHost({ databaseUrl: source.url, catalogDir, dataDir: join(root, "data") });
  const { install, plans } = host.engine;
  const plan = await plans.create(systemActor, [{ action: "install", module: "alpha" }]);
  const begun = await install.operations.apply(systemActor, plan.id, { confirm: ["alpha"] });
  expect((await install.operations.wait(begun.id)).status).toBe("succeeded");
}, 60_000);
afterAll(async () => {
  await host?.end();
  await source?.close();
  await s3?.close();
  rmSync(root, { recursive: true, force: true });
});

function scheduled(backup: Partial<BackupSettings>, now?: () => Date) {
  const { engine, dataDir } = host;
  const unset = { to: undefined, s3: undefined, passphrase: undefined, recipient: undefined };
  return createScheduled({
    ...{ ...engine, dataDir, migrationsDir, traffic: createTraffic() },
    backup: { ...unset, identity: undefined, key: undefined, ...backup },
    ...(now ? { now } : {}),
  });
}

async function made(backups: ReturnType<typeof scheduled>) {
  const { id } = await backups.make(systemActor);
  await backups.settled();
  const run = (await backups.runs()).find((one) => one.id === id);
  if (!run) throw new Error("it was not noted");
  return run;
}

test("one that is made goes to the folder, is signed, and is proved by restoring it", async () => {
  const to = join(root, "kept");
  const backups = scheduled({ to });
  expect(await backups.get()).toMatchObject({
    enabled: false,
    place: to,
    onSameDisk: false,
    lastProved: null,
    isProved: false,
  });
  const run = await made(backups);
  expect(run).toMatchObject({
    status: "done",
    trigger: "person",
    error: null,
    proof: { modules: 1, differences: [], notValid: [] },
  });
  expect(run.proof?.rows).toBeGreaterThan(500);
  expect(readdirSync(to)).toEqual([run.name]);
  const { signedBy } = await readArchive(join(to, run.name ?? ""));
  const { key, isProved, lastProved } = await backups.get();
  expect(signedBy).toBe(key);
  expect(isProved).toBe(true);
  expect(lastProved).toEqual({ id: run.id, at: run.provedAt });
  // Nothing of the proof, and nothing half made, is left.
  expect(readdirSync(join(host.dataDir, "backups"))).toEqual([]);
  const { rows } = await source.db.pool.query(
    `SELECT datname FROM pg_database WHERE datname LIKE 'm__' || left(encode(sha256(convert_to(current_database(), 'UTF8')), 'hex'), 8) || '_proof_%'`,
  );
  expect(rows).toEqual([]);
  expect(run.bytes).toBeGreaterThan(1000);
}, 60_000);

test("in S3 it is encrypted, and whoever has the passphrase restores what was put there", async () => {
  const passphrase = "four words nobody guesses";
  const { region, ...keys } = s3Keys;
  const backups = scheduled({
    to: "s3://backups/graft",
    s3: { ...keys, region, endpoint: s3.endpoint },
    passphrase,
  });
  const run = await made(backups);
  expect(run).toMatchObject({ status: "done", error: null });
  expect(run.provedAt).not.toBeNull();
  expect(run.name).toMatch(/\.tar\.zst\.age$/);
  const stored = s3.objects.get(`graft/${run.name}`);
  expect(stored?.length).toBe(run.bytes);
  writeFileSync(join(root, "from-s3.age"), stored ?? "");
  await decryptFile(join(root, "from-s3.age"), join(root, "from-s3"), { passphrase });
  const { manifest, signedBy } = await readArchive(join(root, "from-s3"));
  expect(manifest.modules.map(({ name }) => name)).toEqual(["alpha"]);
  expect(signedBy).toBe(openSigningKey(host.dataDir).fingerprint);
}, 120_000);

test("the schedule makes one a day, keeps what it shall, and never removes the last that was proved", async () => {
  const to = join(root, "daily");
  let time = new Date("2099-12-01T01:00:00Z");
  const backups = scheduled({ to }, () => time);
  const before = await backups.get();
  await backups.save(systemActor, {
    enabled: true,
    at: "02:30",
    timeZone: "UTC",
    days: 2,
    weeks: 0,
    months: 0,
  });
  await expect(
    backups.save(systemActor, {
      enabled: true,
      at: "03:30",
      timeZone: "UTC",
      days: 1,
      weeks: 0,
      months: 0,
      revision: before.revision,
    }),
  ).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(
    backups.save(systemActor, {
      enabled: true,
      at: "02:30",
      timeZone: "Mars/Base",
      days: 1,
      weeks: 0,
      months: 0,
    }),
  ).rejects.toMatchObject({ code: "INVALID_INPUT" });
  expect(await backups.get()).toMatchObject({ next: "2099-12-01T02:30:00.000Z" });
  for (const day of ["2099-12-01", "2099-12-02", "2099-12-03"]) {
    time = new Date(`${day}T02:31:00Z`);
    backups.start();
    await expect
      .poll(() => readdirSync(to, { recursive: true }).length, { timeout: 60_000 })
      .toBeGreaterThan(0);
    await expect
      .poll(
        async () =>
          (await backups.runs()).filter(({ trigger, status }) => trigger === "schedule" && status === "done")
            .length,
        { timeout: 60_000 },
      )
      .toBe(Number(day.slice(-1)));
    await backups.settled();
  }
  expect(readdirSync(to).sort()).toEqual(["graft-20991202-023100.tar.zst", "graft-20991203-023100.tar.zst"]);
  const removed = (await backups.runs()).filter(({ removedAt }) => removedAt !== null);
  expect(removed.map(({ name }) => name)).toEqual(["graft-20991201-023100.tar.zst"]);
  expect(await backups.get()).toMatchObject({ isProved: true, next: "2099-12-04T02:30:00.000Z" });
  // A day without one: what was proved yesterday does not count for today.
  time = new Date("2099-12-04T12:00:00Z");
  expect(await backups.get()).toMatchObject({ isProved: false });
  await backups.save(systemActor, {
    enabled: false,
    at: "02:30",
    timeZone: "UTC",
    days: 2,
    weeks: 0,
    months: 0,
  });
  await backups.close();
}, 180_000);

test("one whose store refuses it fails, says so, and leaves nothing", async () => {
  const blocked = join(root, "blocked");
  writeFileSync(blocked, "a file is no folder");
  const backups = scheduled({ to: blocked }, () => new Date("2099-12-05T00:00:00Z"));
  const run = await made(backups);
  expect(run).toMatchObject({ status: "failed", provedAt: null, error: { code: "BACKUP_STORE_FAILED" } });
  expect((await backups.get()).isProved).toBe(false);
  expect(readdirSync(join(host.dataDir, "backups"))).toEqual([]);
}, 60_000);

test("two at once: the second is refused", async () => {
  const backups = scheduled({ to: join(root, "once") });
  const first = await backups.make(systemActor);
  await expect(backups.make(systemActor)).rejects.toMatchObject({ code: "BACKUP_IN_PROGRESS" });
  await backups.close();
  const run = (await backups.runs()).find(({ id }) => id === first.id);
  expect(run).toMatchObject({ status: "failed", error: { code: "CONFLICT" } });
}, 60_000);
