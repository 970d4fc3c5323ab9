import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { silentLog } from "../../core/index.ts";
import { createModuleDatabase, sameServer } from "../index.ts";
import {
  asRuntime,
  createModestWorld,
  failure,
  installHistory,
  place,
  upgradeInPlace,
  type World,
} from "../testing/worlds.ts";
import type { ModuleDatabase } from "../types.ts";

const init = [{ name: "1_init", sql: "CREATE TABLE note (id int); INSERT INTO note VALUES (1);" }];
const next = [...init, { name: "2_next", sql: "SELECT 1;\nALTER TABLE note ADD COLUMN text text;" }];

const upgrade = { place, migrations: next, extensions: [] };

let world: World;
let modules: ModuleDatabase;
let reader: pg.Client;

beforeEach(async () => {
  world = await createModestWorld();
  modules = createModuleDatabase({
    ...{ server: sameServer(world.db), secret: Buffer.alloc(32, 7), log: silentLog },
    locks: { timeoutMs: 300, attempts: 4, pauseMs: 100 },
  });
  await installHistory(modules, init);
  reader = new pg.Client({ connectionString: await modules.runtimeUrl(place), application_name: "report" });
  reader.on("error", () => {});
  await reader.connect();
});
afterEach(async () => {
  await reader?.end();
  await modules?.drop(place);
  await world?.end();
});

/** Holds ACCESS SHARE, as a report that takes its time does. */
const beginReading = () => reader.query("BEGIN; SELECT * FROM note");

test("a long reader makes a migration give up with the session and its query, and changes nothing", async () => {
  await beginReading();
  const error = await failure(modules.migrateInPlace(upgrade));
  expect(error).toMatchObject({
    code: "MIGRATION_BLOCKED",
    retryable: true,
    details: {
      ...{ migration: "2_next", line: 2, statement: "ALTER TABLE note ADD COLUMN text text" },
      blockers: [
        { table: "note", mode: "AccessShareLock", state: "idle in transaction", application: "report" },
      ],
    },
  });
  expect(error.message).toMatch(/2_next, line 2: .* 4 tries of 0\.3 s: session \d+ of .* has held note/);
  expect(error.message).toContain("SELECT * FROM note");
  expect(error.hint).toContain("pg_terminate_backend");
  expect(await modules.appliedMigrations(place)).toEqual(["1_init"]);
  await reader.query("COMMIT");
});

test("a way back waits for a long reader as a migration does, and can be gone once it is done", async () => {
  await upgradeInPlace(modules, next);
  const { way } = await modules.findReverseMigration({ place, extensions: [], from: next, to: init });
  if (way === null || way === undefined) throw new Error("no way");
  await beginReading();
  const error = await failure(modules.runReverseMigration({ place, way }));
  expect(error).toMatchObject({
    code: "MIGRATION_BLOCKED",
    details: { blockers: [{ table: "note", application: "report" }] },
  });
  expect(await modules.appliedMigrations(place)).toEqual(["1_init", "2_next"]);
  await reader.query("COMMIT");
  await (await modules.runReverseMigration({ place, way })).commit();
  expect(await modules.appliedMigrations(place)).toEqual(["1_init"]);
});

test("others read on while a migration waits for a long reader: none is kept longer than the lock timeout", async () => {
  await beginReading();
  let waiting = true;
  const migration = failure(modules.migrateInPlace(upgrade)).finally(() => {
    waiting = false;
  });
  let reads = 0;
  await asRuntime(modules, async (other) => {
    // PostgreSQL itself judges: a read that waits for several of the migration's tries fails.
    await other.query("SET lock_timeout = '1500ms'");
    while (waiting) {
      await other.query("SELECT * FROM note");
      reads += 1;
    }
  });
  expect((await migration).code).toBe("MIGRATION_BLOCKED");
  // With one queue behind the reader there would be none until the migration gave up.
  expect(reads).toBeGreaterThan(4);
  await reader.query("COMMIT");
});

test("a migration goes through by itself once the reader is done", async () => {
  await beginReading();
  const migration = modules.migrateInPlace(upgrade);
  const isWaiting = async () => {
    const { rows } = await world.owner.db.pool.query(
      "SELECT FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock' AND locktype = 'relation'",
    );
    return rows.length > 0;
  };
  while (!(await isWaiting())) await new Promise((resolve) => setTimeout(resolve, 5));
  await reader.query("COMMIT");
  const open = await migration;
  expect(open.applied).toEqual(["2_next"]);
  await open.commit();
  expect(await modules.appliedMigrations(place)).toEqual(["1_init", "2_next"]);
});

test("a lock that no reader and no writer takes keeps its module neither from being upgraded nor from being copied to a file", async () => {
  const hold = async () => {
    const client = new pg.Client({ connectionString: await modules.runtimeUrl(place) });
    client.on("error", () => {});
    await client.connect();
    await client.query("SET idle_in_transaction_session_timeout = 0");
    await client.query("BEGIN; LOCK TABLE note IN ACCESS EXCLUSIVE MODE");
  };
  await hold();
  const open = await modules.migrateInPlace(upgrade);
  await open.commit();
  expect(open.applied).toEqual(["2_next"]);
  await hold();
  const file = join(tmpdir(), `graft-locked-${process.pid}.graft`);
  const written = await modules.snapshot({ place, file, version: "1.0.0" });
  rmSync(file);
  expect(written).toMatchObject({ tables: 1, rows: 1 });
});
