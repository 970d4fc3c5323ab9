import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadSettings, systemActor } from "../../core/index.ts";
import { childEnv } from "../../core/testing/child-env.ts";
import { choosePart } from "../../core/testing/choose-part.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { createHost, restoreHost, verifyBackup } from "../../edge/host/index.ts";
import { startTestHost } from "../../edge/host/testing/start-test-host.ts";
import { writeModule } from "../../edge/host/testing/write-module.ts";
import { createTraffic } from "../../serving/gateway/index.ts";
import type { PlanChange } from "../plan/index.ts";
import { writeBackup } from "./index.ts";
import { takeStock } from "./testing/take-stock.ts";

// Each test kills a real process with SIGKILL at a named point of a backup or a restore, goes on as an operator would,
// and compares the whole system with what was there before.

const root = mkdtempSync(join(tmpdir(), "graft-backup-crash-"));
const rootDir = join(import.meta.dirname, "../../..");
const dataDir = join(root, "source");
const catalogDir = join(root, "catalog");
const file = join(root, "whole.tar.zst");
let source: TestDatabase;
let before: string[];

const install: PlanChange[] = [
  { action: "install", module: "alpha", access: { mode: "everyone" } },
  { action: "install", module: "beta" },
];

beforeAll(async () => {
  chmodSync(root, 0o711);
  mkdirSync(catalogDir);
  source = await createTestDatabase();
  writeModule(catalogDir, "alpha", {
    migrations: {
      "1_a":
        'CREATE TABLE "a" ("id" serial PRIMARY KEY, "t" text); INSERT INTO "a" ("t") SELECT md5(n::text) FROM generate_series(1, 200) n;',
    },
  });
  writeModule(catalogDir, "beta", {
    migrations: { "1_b": 'CREATE TABLE "b" ("n" int); INSERT INTO "b" VALUES (1);' },
  });
  const host = await startTestHost({ databaseUrl: source.url, catalogDir, dataDir, secret: "" });
  const { engine } = host;
  const apply = async (changes: PlanChange[]) => {
    const { id, steps } = await engine.plans.create(systemActor, changes);
    const confirm = steps.map((step) => step.module);
    const begun = await engine.install.operations.apply(systemActor, id, { confirm });
    expect((await engine.install.operations.wait(begun.id)).status).toBe("succeeded");
  };
  await apply(install);
  await apply([{ action: "uninstall", module: "beta", data: "keep" }]);
  await writeBackup({ ...engine, dataDir, traffic: createTraffic() }, { file });
  await host.end();
  before = await takeStock(source.url, dataDir);
}, 60_000);
afterAll(async () => {
  await source?.close();
  rmSync(root, { recursive: true, force: true });
});

function run(
  script: string[],
  env: Record<string, string>,
): Promise<{ signal: string | null; output: string }> {
  const child = spawn(
    process.execPath,
    script.map((part, i) => (i === 0 ? join(rootDir, part) : part)),
    {
      env: childEnv({ GRAFT_LOG_LEVEL: "silent", ...env }),
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  return new Promise((resolve) => child.once("close", (_code, signal) => resolve({ signal, output })));
}

const backupPoints = [
  "backup.begin.after",
  "backup.host.after",
  "backup.module.after",
  "backup.store.after",
  "backup.files.after",
  "backup.rename.before",
  "backup.rename.after",
];

/** Either side of the moment from which it is there: every run kills there. */
const wholeOrNot = [
  "backup.rename.before",
  "backup.rename.after",
  "restore.rows.after",
  "restore.finish.after",
];
const parts = { parts: 3, floor: (point: string) => wholeOrNot.includes(point) };

test.each(choosePart("kill points of a backup", backupPoints, parts))(
  "killed at %s, a backup is whole or not there, and the system is as before",
  async (point) => {
    const env = {
      DATABASE_URL: source.url,
      GRAFT_DATA_DIR: dataDir,
      GRAFT_CATALOGS: `dir:${catalogDir}`,
      GRAFT_FAULT: point,
    };
    const killed = await run(["engine/change/backup/testing/run-backup.ts"], env);
    expect(killed.signal, killed.output).toBe("SIGKILL");
    const host = await startTestHost({ databaseUrl: source.url, catalogDir, dataDir, secret: "" });
    const { backups } = host.engine;
    const left = await backups.list();
    for (const { id } of left) {
      const { path } = await backups.open(id);
      await verifyBackup({ file: path, version: "1.0.0", rootDir });
      await backups.delete(systemActor, id);
    }
    expect(left).toHaveLength(point === "backup.rename.after" ? 1 : 0);
    expect(readdirSync(join(dataDir, "backups"))).toEqual([]);
    await host.end();
    expect(await takeStock(source.url, dataDir)).toEqual(before);
  },
  60_000,
);

const restorePoints = [
  "restore.mark.after",
  "restore.stage.after",
  "restore.mark-database.after",
  "restore.module.after",
  "restore.structure.after",
  "restore.rows.after",
  "restore.place.after",
  "restore.finish.after",
  "restore.unmark-database.after",
];
const finished = ["restore.finish.after", "restore.unmark-database.after"];

test.each(choosePart("kill points of a restore", restorePoints, parts))(
  "killed at %s, a restore is known as unfinished and a second one makes the same system",
  async (point) => {
    const target = await createTestDatabase({ empty: true });
    const into = join(root, `into-${point}`);
    const env = { DATABASE_URL: target.url, GRAFT_DATA_DIR: into };
    const settings = loadSettings({ ...env, GRAFT_LOG_LEVEL: "silent", GRAFT_CATALOGS: `dir:${catalogDir}` });
    const start = () =>
      createHost({ settings, version: "1.0.0", rootDir, identifyCookie: () => async () => null });
    try {
      const killed = await run(["engine/edge/host/run-offline.ts", "restore", file], {
        ...env,
        GRAFT_FAULT: point,
      });
      expect(killed.signal, killed.output).toBe("SIGKILL");
      if (!finished.includes(point)) {
        await expect(start()).rejects.toMatchObject({ code: "RESTORE_UNFINISHED" });
        await restoreHost({ settings, version: "1.0.0", rootDir, file });
      }
      const host = await start();
      await host.engine.close();
      // As a start leaves it: no mark, nothing staged.
      expect(["restore.json", "restore.partial"].filter((name) => existsSync(join(into, name)))).toEqual([]);
      expect(await takeStock(target.url, into)).toEqual(before);
    } finally {
      await target.close();
    }
  },
  60_000,
);

const scheduledPoints = ["scheduled.write.after", "scheduled.prove.after", "scheduled.put.after"];

test.each(scheduledPoints)(
  "killed at %s, a scheduled backup is said to have failed, nothing half made is left, and the next one is made",
  async (point) => {
    const env = { DATABASE_URL: source.url, GRAFT_DATA_DIR: dataDir, GRAFT_CATALOGS: `dir:${catalogDir}` };
    const script = ["engine/change/backup/testing/run-scheduled.ts"];
    const killed = await run(script, { ...env, GRAFT_FAULT: point });
    expect(killed.signal, killed.output).toBe("SIGKILL");
    const { output } = await run(script, env);
    expect(JSON.parse(output)).toMatchObject({ status: "done", error: null, proof: { differences: [] } });
    const host = await startTestHost({ databaseUrl: source.url, catalogDir, dataDir, secret: "" });
    const [newest, before, ...others] = await host.engine.backups.scheduled.runs();
    expect(newest?.provedAt).not.toBeNull();
    expect(before).toMatchObject({ status: "failed", error: { code: "CONFLICT" } });
    expect(others.every(({ status }) => status !== "running")).toBe(true);
    expect(readdirSync(join(dataDir, "backups"))).toEqual(["scheduled"]);
    await host.end();
    const { rows } = await source.db.pool.query(
      `SELECT datname FROM pg_database WHERE datname LIKE 'm__' || left(encode(sha256(convert_to(current_database(), 'UTF8')), 'hex'), 8) || '_proof_%'`,
    );
    expect(rows).toEqual([]);
  },
  60_000,
);

test("every fault point of backup and restore is one that a test kills at", () => {
  const dirs = ["engine/change/backup", "engine/change/backup/schedule", "engine/edge/host"].map((dir) =>
    join(rootDir, dir),
  );
  const sources = dirs.flatMap((dir) =>
    readdirSync(dir)
      .filter((name) => name.endsWith(".ts") && !name.includes(".test."))
      .map((name) => readFileSync(join(dir, name), "utf8")),
  );
  const named = sources.flatMap((text) =>
    [...text.matchAll(/faultPoint\("([^"]+)"\)/g)].map((match) => match[1]),
  );
  expect([...new Set(named)].sort()).toEqual([...backupPoints, ...restorePoints, ...scheduledPoints].sort());
});
