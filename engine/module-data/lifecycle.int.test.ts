import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  asRuntime,
  failure,
  installHistory,
  leftovers,
  module,
  twoTables,
  type World,
  worlds,
} from "./testing/worlds.ts";
import type { MigrationFile, ModuleDatabase } from "./types.ts";

describe.each(worlds)("on %s", (_, createWorld) => {
  let world: World;
  let modules: ModuleDatabase;
  beforeAll(async () => {
    world = await createWorld();
    modules = world.modules;
  });
  afterEach(() => modules.drop(module));
  afterAll(() => world.end());
  const install = async (migrations: MigrationFile[], extensions: string[] = []) =>
    (await installHistory(modules, migrations, extensions)).applied;

  test("the server is found fit", () => modules.checkServer());

  test("a module is prepared, migrated, inspected and dropped without a trace", async () => {
    expect(await modules.appliedMigrations(module)).toEqual([]);
    expect(await modules.prepare({ module, extensions: [] })).toEqual({ created: true });
    expect(await modules.prepare({ module, extensions: [] })).toEqual({ created: false });
    const open = await modules.migrate({ module, migrations: twoTables });
    expect(open.applied).toEqual(["1_init", "2_votes"]);
    await open.commit();
    expect(await modules.appliedMigrations(module)).toEqual(["1_init", "2_votes"]);
    const info = await modules.inspect(module);
    expect(info.tables.map(({ name, rows }) => [name, rows])).toEqual([
      ["Poll", 2],
      ["vote", 0],
    ]);
    expect(info).toMatchObject({ rows: 2, bytes: expect.any(Number) });
    expect(await modules.listModules()).toEqual([module]);
    await modules.drop(module);
    await modules.drop(module);
    expect(await modules.exists(module)).toBe(false);
    expect(await leftovers(world)).toEqual([]);
  });

  test("nothing is there until the commit, and nothing after a rollback", async () => {
    await modules.prepare({ module, extensions: [] });
    const open = await modules.migrate({ module, migrations: twoTables });
    expect(await modules.appliedMigrations(module)).toEqual([]);
    await open.rollback();
    expect((await modules.inspect(module)).tables).toEqual([]);
  });

  test("a connection that is cut, while migrating or before the commit, leaves nothing and is told apart", async () => {
    const cut = () =>
      world.owner.db.pool.query(
        "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE usename = $1",
        [modules.names(module).ownerRole],
      );
    await modules.prepare({ module, extensions: [] });
    const slow = [...twoTables, { name: "3", sql: "CREATE TABLE c (id int); SELECT pg_sleep(20)" }];
    const running = failure(modules.migrate({ module, migrations: slow }));
    const asleep = "SELECT FROM pg_stat_activity WHERE usename = $1 AND wait_event = 'PgSleep'";
    await expect
      .poll(async () => (await world.owner.db.pool.query(asleep, [modules.names(module).ownerRole])).rowCount)
      .toBe(1);
    await cut();
    expect(await running).toMatchObject({ code: "DATABASE_UNREACHABLE", retryable: true });

    const open = await modules.migrate({ module, migrations: twoTables });
    await cut();
    expect((await failure(open.commit())).code).toBe("DATABASE_UNREACHABLE");
    const other = await modules.migrate({ module, migrations: twoTables });
    await cut();
    await other.rollback();
    expect((await modules.inspect(module)).tables).toEqual([]);
    expect(await modules.appliedMigrations(module)).toEqual([]);
  });

  test("two modules migrate side by side while both transactions are open", async () => {
    await modules.prepare({ module: "other", extensions: [] });
    await modules.prepare({ module, extensions: [] });
    const one = await modules.migrate({ module: "other", migrations: twoTables });
    const two = await modules.migrate({ module, migrations: twoTables });
    await Promise.all([one.commit(), two.commit()]);
    expect(await modules.listModules()).toEqual(["other", module]);
    await modules.drop("other");
  });

  test("a later version applies what is new", async () => {
    await install(twoTables.slice(0, 1));
    expect(await install(twoTables)).toEqual(["2_votes"]);
    expect(await install(twoTables)).toEqual([]);
  });

  test("an upgrade waits for a long reader without making others wait behind it", async () => {
    await install(twoTables);
    await asRuntime(modules, async (reader) => {
      await reader.query('BEGIN; SELECT * FROM "Poll"');
      const upgrade = install([...twoTables, { name: "3", sql: 'ALTER TABLE "Poll" ADD COLUMN "more" int' }]);
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

  test("kept data whose history is another is refused with the names", async () => {
    await install(twoTables);
    await modules.prepare({ module, extensions: [] });
    const shorter = await failure(modules.migrate({ module, migrations: twoTables.slice(0, 1) }));
    expect(shorter).toMatchObject({ code: "MIGRATION_HISTORY_DIVERGED", details: { unknown: ["2_votes"] } });
    const edited = twoTables.map((file) => ({ ...file, sql: `${file.sql}\n-- edited` }));
    const changed = await failure(modules.migrate({ module, migrations: edited }));
    expect(changed.details).toMatchObject({ edited: ["1_init", "2_votes"] });
  });

  test("a migration failing at its third statement is named by line and leaves no table", async () => {
    await modules.prepare({ module, extensions: [] });
    const sql =
      "CREATE TABLE a (id int PRIMARY KEY);\nINSERT INTO a VALUES (1);\nINSERT INTO a\n  VALUES (1);\nSELECT 1;";
    const error = await failure(
      modules.migrate({ module, migrations: [...twoTables, { name: "3_bad", sql }] }),
    );
    expect(error).toMatchObject({
      code: "MIGRATION_FAILED",
      message: expect.stringContaining('duplicate key value violates unique constraint "a_pkey"'),
      details: { migration: "3_bad", line: 3, statement: "INSERT INTO a\n  VALUES (1)", sqlState: "23505" },
    });
    expect((await modules.inspect(module)).tables).toEqual([]);
  });

  test("a wrong name is reported at its own line, behind letters of several bytes", async () => {
    await modules.prepare({ module, extensions: [] });
    const sql = "BEGIN;\nCREATE TABLE é (id int);\nCOMMIT;\nSELECT\n  nosuch\nFROM public.é;";
    const error = await failure(modules.migrate({ module, migrations: [{ name: "1", sql }] }));
    expect(error.details).toMatchObject({ line: 5, reason: 'column "nosuch" does not exist' });
  });

  test("the process gets rows and no structure, in its own schema alone", async () => {
    await install(twoTables);
    await asRuntime(modules, async (client) => {
      const denied = (sql: string) => expect(client.query(sql)).rejects.toMatchObject({ code: "42501" });
      await client.query(
        `INSERT INTO "Poll"(title) VALUES ('z'); UPDATE "Poll" SET title = 'w' WHERE id = 1`,
      );
      expect((await client.query('DELETE FROM "Poll"')).rowCount).toBe(3);
      await denied("CREATE TABLE x (id int)");
      await client.query("CREATE TEMPORARY TABLE x (id int)");
      for (const sql of [
        'ALTER TABLE "Poll" ADD c int',
        'DROP TABLE "Poll"',
        'TRUNCATE "Poll"',
        "CREATE TABLE public.x (id int)",
        "CREATE SCHEMA x",
        "CREATE ROLE x",
        "SELECT * FROM graft.users",
        "SELECT * FROM pg_authid",
        "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'x', 'x')",
        `SET ROLE ${modules.names(module).ownerRole}`,
        `ALTER ROLE CURRENT_USER CONNECTION LIMIT -1`,
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
    expect(limits).toEqual({ connections: 10, statement: "30s", idle: "1min", path: "m_polls, extensions" });
  });

  test("dropping ends sessions that are in use", async () => {
    await install(twoTables);
    await asRuntime(modules, async (client) => {
      await client.query('BEGIN; SELECT * FROM "Poll"');
      await modules.drop(module);
      await expect(client.query("SELECT 1")).rejects.toThrow();
    });
    expect(await leftovers(world)).toEqual([]);
  });

  test("extensions: trusted ones live in their own schema, others are refused", async () => {
    await install(
      [
        {
          name: "1",
          sql: `CREATE EXTENSION IF NOT EXISTS pg_trgm; CREATE EXTENSION citext WITH SCHEMA public;
                CREATE TABLE t (n text, e public.citext DEFAULT public.uuid_generate_v4()::text);
                CREATE INDEX ON t USING gin (n public.gin_trgm_ops)`,
        },
      ],
      ["pg_trgm", "uuid-ossp", "citext"],
    );
    const error = await failure(modules.prepare({ module, extensions: ["dblink"] }));
    expect(error).toMatchObject({ code: "EXTENSION_UNAVAILABLE", details: { extension: "dblink" } });
    const { extensions } = await modules.preview({
      module,
      migrations: [],
      extensions: ["pg_trgm", "ltree", "vector"],
      applied: [],
    });
    expect(extensions).toEqual([
      { name: "pg_trgm", installed: true, available: true },
      { name: "ltree", installed: false, available: true },
      { name: "vector", installed: false, available: false },
    ]);
  });

  test("an extension that the administrator keeps in public is found there, and nothing else in public is", async () => {
    await world.owner.db.pool.query(
      "DROP EXTENSION IF EXISTS hstore; CREATE EXTENSION hstore SCHEMA public; CREATE TABLE public.theirs (id int)",
    );
    const sql = `CREATE EXTENSION IF NOT EXISTS hstore; SET search_path TO public;
      CREATE TABLE t (a public.hstore DEFAULT ''::public.hstore, b hstore DEFAULT public.hstore('k', 'v'));
      CREATE FUNCTION f() RETURNS hstore LANGUAGE sql SET search_path = public AS $$ SELECT b FROM public.t $$`;
    await install([{ name: "1", sql }], ["hstore"]);
    await asRuntime(modules, async (client) => {
      await client.query("INSERT INTO t DEFAULT VALUES");
      expect((await client.query("SELECT f()->'k' AS k, b->'k' AS l FROM t")).rows).toEqual([
        { k: "v", l: "v" },
      ]);
      await expect(client.query("SELECT * FROM public.theirs")).rejects.toMatchObject({ code: "42501" });
      await expect(client.query("CREATE TABLE public.mine (id int)")).rejects.toMatchObject({
        code: "42501",
      });
    });
    await modules.drop(module);
    await world.owner.db.pool.query("DROP EXTENSION hstore; DROP TABLE public.theirs");
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
    const result = await modules.exportData({ module, version: "1.0.0", file });
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
