import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  asRuntime,
  asSuperuser,
  failure,
  fingerprintOf,
  installHistory,
  leftovers,
  module,
  place,
  twoTables,
  upgradeInPlace,
  type World,
  worlds,
} from "./testing/worlds.ts";
import type { DataPlace, MigrationFile, ModuleDatabase } from "./types.ts";

describe.each(worlds)("on %s", (_, createWorld) => {
  let world: World;
  let modules: ModuleDatabase;
  beforeAll(async () => {
    world = await createWorld();
    modules = world.modules;
  });
  afterEach(async () => {
    for (const one of await modules.list()) await modules.drop(one);
  });
  afterAll(() => world.end());
  const install = (migrations: MigrationFile[], extensions: string[] = []) =>
    installHistory(modules, migrations, extensions);
  const history = (migrations: MigrationFile[]) => ({ place, migrations, extensions: [] });
  const second: DataPlace = { module, database: 2 };

  test("the server is found fit", () => modules.checkServer());

  test("a module's database is made, migrated, inspected and dropped without a trace", async () => {
    expect(await modules.appliedMigrations(place)).toEqual([]);
    expect(await modules.exists(place)).toBe(false);
    await modules.create({ place, extensions: [] });
    expect(await modules.exists(place)).toBe(true);
    expect(await modules.runHistory(history(twoTables))).toEqual(["1_init", "2_votes"]);
    expect(await modules.appliedMigrations(place)).toEqual(["1_init", "2_votes"]);
    const info = await modules.inspect(place);
    expect(info.tables.map(({ name, rows }) => [name, rows])).toEqual([
      ["Poll", 2],
      ["vote", 0],
    ]);
    expect(info).toMatchObject({ rows: 2, bytes: expect.any(Number), exact: true });
    expect(await modules.list()).toMatchObject([{ ...place, bytes: expect.any(Number) }]);
    await modules.drop(place);
    await modules.drop(place);
    expect(await modules.exists(place)).toBe(false);
    expect(await leftovers(world)).toEqual([]);
  });

  test("what stood under a number that is made again is gone", async () => {
    await install(twoTables);
    await modules.create({ place, extensions: [] });
    expect((await modules.inspect(place)).tables).toEqual([]);
  });

  test("a spare database is taken for the next one, and another is kept in its place", async () => {
    const spares = async () => {
      const { rows } = await world.owner.db.pool.query<{ oid: number; datname: string }>(
        `SELECT d.oid, datname FROM pg_database d WHERE datname LIKE 'm\\_\\_%spare%'
           AND datname LIKE '%' || split_part($1, '_', 3) || '%'`,
        [modules.nameOf(place)],
      );
      return rows.map(({ oid }) => oid);
    };
    await modules.keepSpare();
    await modules.keepSpare();
    const [spare, ...more] = await spares();
    expect(more).toEqual([]);
    await modules.create({ place, extensions: [] });
    const { rows } = await world.owner.db.pool.query("SELECT oid FROM pg_database WHERE datname = $1", [
      modules.nameOf(place),
    ]);
    expect(rows).toEqual([{ oid: spare }]);
    await expect.poll(async () => (await spares()).length).toBe(1);
    expect(await modules.runHistory(history(twoTables))).toHaveLength(2);
  });

  test("in place nothing is there until the commit, and nothing after a rollback", async () => {
    await modules.create({ place, extensions: [] });
    const open = await modules.migrateInPlace(history(twoTables));
    expect(open.applied).toEqual(["1_init", "2_votes"]);
    expect(await modules.appliedMigrations(place)).toEqual([]);
    await open.rollback();
    expect((await modules.inspect(place)).tables).toEqual([]);
  });

  test("a connection that is cut, while migrating in place or before the commit, leaves nothing and is told apart", async () => {
    const { ownerRole } = modules.roles(module);
    const cut = () =>
      world.owner.db.pool.query(
        "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE usename = $1",
        [ownerRole],
      );
    await modules.create({ place, extensions: [] });
    const slow = [...twoTables, { name: "3", sql: "CREATE TABLE c (id int); SELECT pg_sleep(20)" }];
    const asleep = "SELECT FROM pg_stat_activity WHERE usename = $1 AND wait_event = 'PgSleep'";
    for (const way of [modules.migrateInPlace, modules.runHistory]) {
      const running = failure(way(history(slow)));
      await expect.poll(async () => (await world.owner.db.pool.query(asleep, [ownerRole])).rowCount).toBe(1);
      await cut();
      expect(await running).toMatchObject({ code: "DATABASE_UNREACHABLE", retryable: true });
    }
    // What a plain run had committed stands: it is half made, and made anew.
    expect((await modules.inspect(place)).tables).toHaveLength(2);
    await modules.create({ place, extensions: [] });

    const open = await modules.migrateInPlace(history(twoTables));
    await cut();
    expect((await failure(open.commit())).code).toBe("DATABASE_UNREACHABLE");
    const other = await modules.migrateInPlace(history(twoTables));
    await cut();
    await other.rollback();
    expect((await modules.inspect(place)).tables).toEqual([]);
    expect(await modules.appliedMigrations(place)).toEqual([]);
  });

  test("two modules migrate side by side while both transactions are open", async () => {
    const other: DataPlace = { module: "other", database: 1 };
    await modules.create({ place: other, extensions: [] });
    await modules.create({ place, extensions: [] });
    const one = await modules.migrateInPlace({ ...history(twoTables), place: other });
    const two = await modules.migrateInPlace(history(twoTables));
    await Promise.all([one.commit(), two.commit()]);
    expect((await modules.list()).map((found) => found.module).sort()).toEqual(["other", module]);
    await modules.drop(other);
  });

  test("a later version applies what is new, in place and plainly", async () => {
    await install(twoTables.slice(0, 1));
    expect(await upgradeInPlace(modules, twoTables)).toEqual(["2_votes"]);
    expect(await upgradeInPlace(modules, twoTables)).toEqual([]);
    expect(await modules.runHistory(history(twoTables))).toEqual([]);
  });

  test("a copy holds everything, the first stands as it was, and only one of them takes the module's process", async () => {
    await install(twoTables);
    await asSuperuser(world, (client) =>
      client.query(
        `ALTER DATABASE ${client.database} SET timezone = 'Asia/Tokyo'; ALTER DATABASE ${client.database} SET search_path = "$user", 'a "b;', public`,
      ),
    );
    const before = await fingerprintOf(world);
    await asRuntime(modules, async (serving) => {
      await modules.copy({ module, from: 1, to: 2, extensions: [] });
      await expect(serving.query("SELECT 1")).rejects.toThrow();
    });
    expect(await fingerprintOf(world, second)).toEqual(before);
    await expect(asRuntime(modules, (client) => client.query("SELECT 1"))).rejects.toThrow();
    const longer = [...twoTables, { name: "3", sql: "ALTER TABLE vote ADD COLUMN weight int" }];
    expect(await modules.runHistory({ ...history(longer), place: second })).toEqual(["3"]);
    await asRuntime(modules, (client) => client.query("INSERT INTO vote(weight) VALUES (2)"), second);
    expect(await fingerprintOf(world)).toEqual(before);
    await modules.admit(place);
    await asRuntime(modules, (client) => client.query("INSERT INTO vote VALUES (1)"));
    await modules.retire(place);
    await modules.retire(place);
    await expect(asRuntime(modules, (client) => client.query("SELECT 1"))).rejects.toMatchObject({
      code: "42501",
    });
    expect((await modules.inspect(place)).rows).toBe(3);
    await modules.drop(second);
    expect(await modules.exists(place)).toBe(true);
  });

  test("an upgrade waits for a long reader without making others wait behind it", async () => {
    await install(twoTables);
    await asRuntime(modules, async (reader) => {
      await reader.query('BEGIN; SELECT * FROM "Poll"');
      const more = { name: "3", sql: 'ALTER TABLE "Poll" ADD COLUMN "more" int' };
      const upgrade = upgradeInPlace(modules, [...twoTables, more]);
      const waits = await asRuntime(modules, async (other) => {
        const slowest: number[] = [];
        for (let i = 0; i < 12; i++) {
          const from = performance.now();
          await other.query('SELECT * FROM "Poll"');
          slowest.push(performance.now() - from);
          await new Promise((resolve) => setTimeout(resolve, 150));
        }
        return slowest;
      });
      // Behind the upgrade they would wait until the long reader ends, which is after them.
      expect(Math.max(...waits)).toBeLessThan(10_000);
      await reader.query("COMMIT");
      expect(await upgrade).toEqual(["3"]);
    });
  });

  test("kept data whose history is another is refused with the names, in place and plainly", async () => {
    await install(twoTables);
    for (const way of [modules.migrateInPlace, modules.runHistory]) {
      const shorter = await failure(way(history(twoTables.slice(0, 1))));
      expect(shorter).toMatchObject({
        code: "MIGRATION_HISTORY_DIVERGED",
        details: { unknown: ["2_votes"] },
      });
      const edited = twoTables.map((file) => ({ ...file, sql: `${file.sql}\n-- edited` }));
      const changed = await failure(way(history(edited)));
      expect(changed.details).toMatchObject({ edited: ["1_init", "2_votes"] });
    }
  });

  test("a migration failing at its third statement is named by line and leaves nothing of itself", async () => {
    await modules.create({ place, extensions: [] });
    const sql =
      "CREATE TABLE a (id int PRIMARY KEY);\nINSERT INTO a VALUES (1);\nINSERT INTO a\n  VALUES (1);\nSELECT 1;";
    const named = {
      code: "MIGRATION_FAILED",
      message: expect.stringContaining('duplicate key value violates unique constraint "a_pkey"'),
      details: { migration: "3_bad", line: 3, statement: "INSERT INTO a\n  VALUES (1)", sqlState: "23505" },
    };
    const failing = history([...twoTables, { name: "3_bad", sql }]);
    expect(await failure(modules.migrateInPlace(failing))).toMatchObject(named);
    expect((await modules.inspect(place)).tables).toEqual([]);
    expect(await failure(modules.runHistory(failing))).toMatchObject(named);
    expect((await modules.inspect(place)).tables.map(({ name }) => name)).toEqual(["Poll", "vote"]);
  });

  test("a wrong name is reported at its own line, behind letters of several bytes", async () => {
    await modules.create({ place, extensions: [] });
    const sql = "BEGIN;\nCREATE TABLE é (id int);\nCOMMIT;\nSELECT\n  nosuch\nFROM public.é;";
    const error = await failure(modules.runHistory(history([{ name: "1", sql }])));
    expect(error.details).toMatchObject({ line: 5, reason: 'column "nosuch" does not exist' });
  });

  test("the process gets rows and no structure, in each of its schemas", async () => {
    await install([...twoTables, { name: "3", sql: "CREATE SCHEMA more; CREATE TABLE more.t (id serial)" }]);
    await asRuntime(modules, async (client) => {
      const denied = (sql: string) => expect(client.query(sql), sql).rejects.toMatchObject({ code: "42501" });
      await client.query(
        `INSERT INTO "Poll"(title) VALUES ('z'); UPDATE "Poll" SET title = 'w' WHERE id = 1; INSERT INTO more.t DEFAULT VALUES`,
      );
      expect((await client.query('DELETE FROM "Poll"')).rowCount).toBe(3);
      await denied("CREATE TABLE x (id int)");
      await client.query("CREATE TEMPORARY TABLE x (id int)");
      for (const sql of [
        'ALTER TABLE "Poll" ADD c int',
        'DROP TABLE "Poll"',
        'TRUNCATE "Poll"',
        "CREATE TABLE public.x (id int)",
        "CREATE TABLE more.x (id int)",
        "CREATE SCHEMA x",
        "CREATE ROLE x",
        "CREATE DATABASE x",
        "CREATE EXTENSION citext",
        "SELECT * FROM pg_authid",
        "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'x', 'x')",
        `SET ROLE ${modules.roles(module).ownerRole}`,
        `ALTER ROLE CURRENT_USER CONNECTION LIMIT -1`,
        `ALTER DATABASE ${client.database} SET work_mem = '1GB'`,
      ])
        await denied(sql);
    });
  });

  test("the process has limits on connections, statements and idle transactions", async () => {
    await install(twoTables);
    const limits = await asRuntime(modules, async (client) => {
      const { rows } = await client.query(`
        SELECT rolconnlimit AS connections, current_setting('statement_timeout') AS statement,
          current_setting('idle_in_transaction_session_timeout') AS idle, current_setting('search_path') AS path
        FROM pg_roles WHERE rolname = current_user`);
      return rows[0];
    });
    expect(limits).toEqual({ connections: 10, statement: "30s", idle: "1min", path: '"$user", public' });
  });

  test("dropping ends sessions that are in use", async () => {
    await install(twoTables);
    await asRuntime(modules, async (client) => {
      await client.query('BEGIN; SELECT * FROM "Poll"');
      await modules.drop(place);
      await expect(client.query("SELECT 1")).rejects.toThrow();
    });
    expect(await leftovers(world)).toEqual([]);
  });

  test("an export holds every row as PostgreSQL writes it", async () => {
    await install([
      ...twoTables,
      {
        name: "3",
        sql: `CREATE TABLE big AS SELECT i, 'é' || i AS t, NULL::int AS n FROM generate_series(1, 5000) i`,
      },
    ]);
    const dir = mkdtempSync(join(tmpdir(), "graft-export-"));
    const file = join(dir, "polls.ndjson.gz");
    const result = await modules.exportData({ place, version: "1.0.0", file });
    const raw = readFileSync(file);
    const lines = gunzipSync(raw)
      .toString()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    rmSync(dir, { recursive: true });
    expect(result).toEqual({ bytes: raw.length, rows: 5002, tables: 3 });
    expect(lines[0]).toMatchObject({
      graft: "export",
      module,
      version: "1.0.0",
      tables: ["Poll", "big", "vote"],
    });
    expect(lines[2]).toEqual(["1", "x", "a"]);
    expect(lines).toHaveLength(1 + 3 + 5002);
    expect(lines).toContainEqual(["5000", "é5000", null]);
  });
});
