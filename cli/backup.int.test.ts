import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encryptFile, openSigningKey, writeBackup } from "../engine/change/backup/index.ts";
import { systemActor } from "../engine/core/index.ts";
import { createTestDatabase, type TestDatabase } from "../engine/core/testing/index.ts";
import { startTestHost, type TestHost } from "../engine/edge/host/testing/start-test-host.ts";
import { echoServer, writeModule } from "../engine/edge/host/testing/write-module.ts";
import { createTraffic } from "../engine/serving/gateway/index.ts";
import { isApiError } from "./cli-error.ts";
import { runRestore } from "./run-restore.ts";

const root = mkdtempSync(join(tmpdir(), "graft-offline-"));
const file = join(root, "all.tar.zst");
let source: TestDatabase;
let host: TestHost;

beforeAll(async () => {
  chmodSync(root, 0o711);
  mkdirSync(join(root, "tmp"), { mode: 0o711 });
  source = await createTestDatabase();
  const catalogDir = join(root, "catalog");
  mkdirSync(catalogDir);
  writeModule(catalogDir, "offline-notes", {
    migrations: { "1_a": "CREATE TABLE a (n int); INSERT INTO a SELECT generate_series(1, 300)" },
    server: echoServer,
  });
  host = await startTestHost({ databaseUrl: source.url, catalogDir, dataDir: join(root, "data") });
  const { install, plans } = host.engine;
  const plan = await plans.create(systemActor, [{ action: "install", module: "offline-notes" }]);
  const begun = await install.operations.apply(systemActor, plan.id, { confirm: ["offline-notes"] });
  expect((await install.operations.wait(begun.id)).status).toBe("succeeded");
  await writeBackup({ ...host.engine, dataDir: host.dataDir, traffic: createTraffic() }, { file });
}, 60_000);
afterAll(async () => {
  await host?.end();
  await source?.close();
  rmSync(root, { recursive: true, force: true });
});

/** As `graft` does, in a process of its own. */
function offline(what: "verify" | "prove" | "restore", path: string, env: Record<string, string> = {}) {
  const { PATH } = process.env;
  const base = { PATH, TMPDIR: join(root, "tmp"), GRAFT_DATA_DIR: host.dataDir };
  return runRestore({ cwd: root, env: { ...base, ...env } }, { what, file: path }, () => {});
}
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (isApiError(error) ? error.body.code : String(error)),
  );

test("a backup is known as this host's own, and another's is refused where one is asked for", async () => {
  const { fingerprint } = openSigningKey(host.dataDir);
  expect(await offline("verify", file)).toMatchObject({ signedBy: fingerprint, isOwn: true });
  const elsewhere = { GRAFT_DATA_DIR: join(root, "elsewhere") };
  expect(await offline("verify", file, elsewhere)).toMatchObject({ signedBy: fingerprint, isOwn: false });
  expect(await offline("verify", file, { GRAFT_BACKUP_KEY: fingerprint })).toMatchObject({ isOwn: true });

  // Somebody who can read a backup makes another one, whole in itself, with a key of their own.
  const forged = join(root, "forged.tar.zst");
  await writeBackup(
    { ...host.engine, dataDir: join(root, "tmp"), traffic: createTraffic() },
    { file: forged },
  );
  expect(await offline("verify", forged)).toMatchObject({ isOwn: false });
  const asked = { GRAFT_BACKUP_KEY: fingerprint };
  expect(await codeOf(offline("verify", forged, asked))).toBe("BACKUP_FORGED");
  const target = await createTestDatabase({ empty: true });
  const restore = { ...asked, ...elsewhere, DATABASE_URL: target.url };
  expect(await codeOf(offline("restore", forged, restore))).toBe("BACKUP_FORGED");
  const { rows } = await target.db.pool.query("SELECT FROM pg_namespace WHERE nspname LIKE 'graft%'");
  expect(rows).toEqual([]);
  await target.close();
}, 60_000);

test("it is proved on servers that are started for it, and on one that is given, and nothing is left", async () => {
  rmSync(join(root, "tmp", "backup.key"), { force: true });
  const proof = { modules: 1, notValid: [], differences: [] };
  expect(await offline("prove", file)).toMatchObject({ proof, isOwn: true });
  // Others have theirs on this server too; whose a database is for a proof, its owner says.
  const objects = `SELECT datname::text AS name FROM pg_database WHERE datname LIKE '%offline_notes%' OR pg_get_userbyid(datdba) LIKE '%offline_notes%'
    UNION ALL SELECT rolname::text FROM pg_roles WHERE rolname LIKE '%offline_notes%' ORDER BY 1`;
  const before = (await source.db.pool.query(objects)).rows;
  const proved = await offline("prove", file, { DATABASE_URL: source.url });
  expect(proved).toMatchObject({ proof });
  expect(proved.proof?.rows).toBeGreaterThan(300);
  expect((await source.db.pool.query(objects)).rows).toEqual(before);
  expect(readdirSync(join(root, "tmp"))).toEqual([]);
}, 120_000);

test("one that is encrypted is verified, proved and restored with its key", async () => {
  const passphrase = "four words nobody guesses";
  const sealed = `${file}.age`;
  await encryptFile(file, sealed, { passphrase });
  expect(await codeOf(offline("verify", sealed))).toBe("BACKUP_LOCKED");
  const key = { GRAFT_BACKUP_PASSPHRASE: passphrase };
  expect(await offline("verify", sealed, key)).toMatchObject({ isOwn: true });
  const target = await createTestDatabase({ empty: true });
  const dataDir = join(root, "restored");
  await offline("restore", sealed, { ...key, DATABASE_URL: target.url, GRAFT_DATA_DIR: dataDir });
  expect(readdirSync(dataDir)).toEqual(expect.arrayContaining(["store", "secret"]));
  expect(readdirSync(join(root, "tmp"))).toEqual([]);
  const again = await startTestHost({ databaseUrl: target.url, dataDir, secret: "" });
  expect(again.engine.registry.get("offline-notes")?.version).toBe("1.0.0");
  await again.engine.database.dropAll();
  await again.end();
  await target.close();
}, 120_000);
