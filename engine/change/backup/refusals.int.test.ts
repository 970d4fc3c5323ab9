import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zstdCompressSync } from "node:zlib";
import { pack } from "tar-stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadSettings, systemActor } from "../../core/index.ts";
import { childEnv } from "../../core/testing/child-env.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { restoreHost, verifyBackup } from "../../edge/host/index.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { writeModule } from "../../edge/host/testing/write-module.ts";
import { createTraffic } from "../../serving/gateway/index.ts";
import { archiveEnd } from "./archive-end.ts";
import { readArchive, writeBackup } from "./index.ts";

const root = mkdtempSync(join(tmpdir(), "graft-backup-refused-"));
const rootDir = join(import.meta.dirname, "../../..");
const whole = join(root, "whole.tar.zst");
let source: TestDatabase;
let target: TestDatabase;
let host: TestHost;

beforeAll(async () => {
  chmodSync(root, 0o711);
  [source, target] = await Promise.all([createTestDatabase(), createTestDatabase({ empty: true })]);
  host = await startTestHost({ databaseUrl: source.url, dataDir: join(root, "source") });
  writeModule(host.catalogDir, "bulky", {
    migrations: {
      "1_b": `CREATE TABLE "b" ("t" text); INSERT INTO "b" SELECT repeat(md5(n::text), 2) || md5((n * 7)::text) || md5((n * 11)::text)
              FROM generate_series(1, 30000) n;`,
    },
  });
  const plan = await host.engine.plans.create(systemActor, [{ action: "install", module: "bulky" }]);
  const { id } = await host.engine.install.operations.apply(systemActor, plan.id);
  expect(await host.engine.install.operations.wait(id)).toMatchObject({ status: "succeeded", error: null });
  // Something that takes space, whatever is done to compress it.
  mkdirSync(join(host.dataDir, "exports"));
  writeFileSync(join(host.dataDir, "exports/big.ndjson.gz"), randomBytes(65_536));
  await writeBackup({ ...host.engine, dataDir: host.dataDir, traffic: createTraffic() }, { file: whole });
}, 60_000);
afterAll(async () => {
  await host?.end();
  await source?.close();
  await target?.close();
  rmSync(root, { recursive: true, force: true });
});

async function restore(file: string, env: Record<string, string> = {}, into = join(root, "into")) {
  const settings = loadSettings({
    DATABASE_URL: target.url,
    GRAFT_DATA_DIR: into,
    GRAFT_LOG_LEVEL: "silent",
    ...env,
  });
  return restoreHost({ settings, rootDir, version: "1.0.0", file });
}

/** Nothing is left of a restore that was refused: no folder, no schema. */
async function expectNothing(into = join(root, "into")) {
  expect(existsSync(into)).toBe(false);
  const { rows } = await target.db.pool.query(
    "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'graft%' OR nspname LIKE 'm\\_%'",
  );
  expect(rows).toEqual([]);
}

function variant(name: string, change: (path: string) => void): string {
  const path = join(root, name);
  copyFileSync(whole, path);
  change(path);
  return path;
}

async function archive(entries: Record<string, string>): Promise<string> {
  const tar = pack();
  for (const [name, text] of Object.entries(entries)) tar.entry({ name }, text);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  const path = join(root, `made-${Object.keys(entries).length}-${Math.random()}.tar.zst`);
  const bytes = zstdCompressSync(Buffer.concat(chunks));
  writeFileSync(path, Buffer.concat([bytes, archiveEnd(createHash("sha256").update(bytes).digest())]));
  return path;
}

test("a file that is missing, a folder, another kind of file, or empty is refused by name", async () => {
  const text = join(root, "text");
  writeFileSync(text, "This is no backup of anything at all.");
  const empty = join(root, "empty");
  writeFileSync(empty, "");
  const foreign = await archive({ "README.md": "another archive" });
  for (const [file, reason] of [
    [join(root, "absent"), /no such file/],
    [root, /not a file/],
    [text, /not a backup of Graft/],
    [empty, /not a backup of Graft/],
    [foreign, /not a backup of Graft/],
  ] as const) {
    await expect(restore(file)).rejects.toMatchObject({
      code: "BACKUP_INVALID",
      message: expect.stringMatching(reason),
    });
    await expect(verifyBackup({ file, version: "1.0.0", rootDir })).rejects.toMatchObject({
      code: "BACKUP_INVALID",
    });
    await expectNothing();
  }
});

test("a truncated file and one with any byte flipped are found out, and nothing is left", async () => {
  const { length } = readFileSync(whole);
  for (const keep of [10, Math.floor(length / 2), length - 1]) {
    const file = variant("cut", (path) => truncateSync(path, keep));
    await expect(restore(file)).rejects.toMatchObject({ code: "BACKUP_INVALID" });
    await expectNothing();
  }
  for (const share of [0.02, 0.3, 0.6, 0.9999]) {
    const file = variant("flipped", (path) => {
      const bytes = readFileSync(path);
      const at = Math.floor(length * share);
      bytes.writeUInt8(bytes.readUInt8(at) ^ 0x10, at);
      writeFileSync(path, bytes);
    });
    await expect(restore(file)).rejects.toMatchObject({ code: "BACKUP_INVALID" });
    await expectNothing();
  }
}, 30_000);

test("an entry that would leave the folder, or that has no checksum, is refused", async () => {
  const { manifest } = await readArchive(whole, { manifestOnly: true });
  const head = { "backup.json": JSON.stringify(manifest) };
  for (const [entries, reason] of [
    [{ ...head, "../outside": "x" }, /entry "\.\.\/outside"/],
    [{ ...head, "/etc/x": "x" }, /entry "\/etc\/x"/],
    [{ ...head, secret: "x", SHA256SUMS: "" }, /has no checksum/],
    [{ ...head, secret: "x" }, /ends before SHA256SUMS/],
  ] as const) {
    const file = await archive(entries);
    await expect(restore(file)).rejects.toMatchObject({
      code: "BACKUP_INVALID",
      message: expect.stringMatching(reason),
    });
    await expectNothing();
  }
  expect(existsSync(join(root, "outside"))).toBe(false);
});

test("a backup of a newer Graft is refused by name, whether its format or its tables are newer", async () => {
  const { manifest } = await readArchive(whole, { manifestOnly: true });
  const newer = {
    ...manifest,
    version: "2.5.0",
    migrations: [...manifest.migrations, "20990101000000_future"],
  };
  const tables = await archive({ "backup.json": JSON.stringify(newer) });
  await expect(restore(tables)).rejects.toMatchObject({
    code: "BACKUP_TOO_NEW",
    message: expect.stringMatching(/Graft 2\.5\.0.*20990101000000_future/),
  });
  const format = await archive({ "backup.json": JSON.stringify({ ...newer, v: 2 }) });
  await expect(restore(format)).rejects.toMatchObject({ code: "BACKUP_TOO_NEW" });
  await expectNothing();
});

test("onto a data directory or database that holds something it is refused, naming what, and both stay", async () => {
  const into = join(root, "occupied");
  mkdirSync(into);
  writeFileSync(join(into, "notes.txt"), "mine");
  await expect(restore(whole, {}, into)).rejects.toMatchObject({
    code: "RESTORE_NOT_EMPTY",
    message: expect.stringContaining("notes.txt"),
  });
  expect(readdirSync(into)).toEqual(["notes.txt"]);
  await expect(restore(whole, { DATABASE_URL: source.url })).rejects.toMatchObject({
    code: "RESTORE_NOT_EMPTY",
    message: expect.stringContaining("graft"),
  });
  await expectNothing();
  expect((await source.db.pool.query("SELECT generation FROM graft.host_state")).rowCount).toBe(1);
});

test("where a host runs, and with another GRAFT_SECRET, it is refused", async () => {
  await expect(restore(whole, {}, host.dataDir)).rejects.toMatchObject({ code: "DATA_DIR_IN_USE" });
  const other = { GRAFT_SECRET: "another secret, of more than 32 characters" };
  await expect(restore(whole, other)).rejects.toThrow(/GRAFT_SECRET is not the secret/);
  await expectNothing();
});

test("without space for it, backup and restore say so and leave nothing", async () => {
  const run = (script: string[], blocks: number, env: Record<string, string>) =>
    new Promise<string>((resolve) => {
      // The shell's limit on the size of files stands for a full disk: blocks of 1 KiB.
      const args = ["-c", `ulimit -f ${blocks}; exec "$@"`, "bash", process.execPath, ...script];
      const child = spawn("bash", args, {
        cwd: rootDir,
        // Code that is compiled would be kept in larger files than the limit allows.
        env: childEnv({ NODE_COMPILE_CACHE: undefined, GRAFT_LOG_LEVEL: "silent", ...env }),
      });
      let output = "";
      child.stdout.on("data", (chunk) => {
        output += chunk;
      });
      child.once("close", () => resolve(output));
    });
  const into = join(root, "into");
  const output = await run(["engine/edge/host/run-offline.ts", "restore", whole], 8, {
    DATABASE_URL: target.url,
    GRAFT_DATA_DIR: into,
  });
  expect(output).toContain("DISK_FULL");
  await expectNothing();

  const second = join(root, "second");
  mkdirSync(join(second, "exports"), { recursive: true });
  writeFileSync(join(second, "exports/big.ndjson.gz"), randomBytes(2_000_000));
  const secret = "a secret of the tests, long enough";
  const env = {
    DATABASE_URL: source.url,
    GRAFT_DATA_DIR: second,
    GRAFT_SECRET: secret,
    GRAFT_CATALOGS: `dir:${root}`,
  };
  // Among the files beside the modules, and in the middle of a table.
  for (const blocks of [3000, 500]) {
    const ran = await run(["engine/change/backup/testing/run-backup.ts"], blocks, env);
    expect(ran).toMatch(/"status":"failed".*DISK_FULL/);
    expect(readdirSync(join(second, "backups"))).toEqual([]);
  }
}, 60_000);
