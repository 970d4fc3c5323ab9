import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { loginUrl } from "./connections/login-url.ts";
import { hidden, history } from "./testing/hostile.ts";
import {
  asSuperuser,
  failure,
  installHistory,
  leftovers,
  module,
  place,
  upgradeInPlace,
  type World,
  worlds,
} from "./testing/worlds.ts";
import type { MigrationFile, ModuleDatabase } from "./types.ts";

describe.each(worlds)("a hostile migration on %s", (_, createWorld) => {
  let world: World;
  let modules: ModuleDatabase;
  beforeAll(async () => {
    world = await createWorld();
    modules = world.modules;
    await modules.checkServer();
  });
  afterEach(async () => {
    for (const one of await modules.list()) await modules.drop(one);
  });
  afterAll(() => world.end());
  const run = (migrations: MigrationFile[]) => ({ place, migrations, extensions: [] });

  const attacks: [name: string, sql: string][] = [
    ["RESET ROLE", "DO $$ BEGIN EXECUTE 'RES' || 'ET ROLE'; PERFORM FROM pg_authid; END $$"],
    [
      "SET ROLE",
      "DO $$ BEGIN EXECUTE format('SET %s %I', 'ROLE', (SELECT rolname FROM pg_roles WHERE oid = 10)); END $$",
    ],
    [
      "SET SESSION AUTHORIZATION",
      "DO $$ BEGIN EXECUTE format('SET SESSION %s %I', 'AUTHORIZATION', (SELECT rolname FROM pg_roles WHERE oid = 10)); END $$",
    ],
    ["reading password hashes", hidden("CREATE TABLE loot AS SELECT * FROM pg_authid")],
    ["creating a role", hidden("CREATE ROLE trap")],
    ["raising its own limit", hidden("ALTER ROLE CURRENT_USER CONNECTION LIMIT -1")],
    ["becoming a superuser", hidden("ALTER ROLE CURRENT_USER SUPERUSER")],
    ["joining the server's own roles", hidden("GRANT pg_read_server_files TO CURRENT_USER")],
    [
      "changing another role",
      "DO $$ BEGIN EXECUTE format('ALTER ROLE %I SET search_path = x', (SELECT rolname FROM pg_roles WHERE oid = 10)); END $$",
    ],
    ["creating a database", hidden("CREATE DATABASE trap")],
    ["taking its database's name", hidden("ALTER DATABASE %I RENAME TO trap")],
    ["changing another database", hidden("ALTER DATABASE postgres SET search_path = trap")],
    ["dropping another database", hidden("DROP DATABASE postgres")],
    ["committing by itself", "DO $$ BEGIN CREATE TABLE trap (id int); EXECUTE 'COM' || 'MIT'; END $$"],
    ["changing the server", hidden("ALTER SYSTEM SET work_mem = '1GB'")],
    ["reading a file", "DO $$ BEGIN EXECUTE 'SELECT pg_read_fi' || 'le(''PG_VERSION'')'; END $$"],
    ["running a program", hidden("COPY (SELECT 1) TO PROGRAM 'cat'")],
    ["an untrusted extension", hidden("CREATE EXTENSION dblink")],
    ["a language that reaches out", hidden("CREATE LANGUAGE plpython3u")],
    ["another server", hidden("CREATE FOREIGN DATA WRAPPER trap")],
    ["replication", hidden("CREATE SUBSCRIPTION trap CONNECTION '' PUBLICATION p WITH (connect = false)")],
    [
      "an event trigger",
      "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; " +
        hidden("CREATE EVENT TRIGGER t ON ddl_command_end EXECUTE FUNCTION f()"),
    ],
    [
      "signalling the server's sessions",
      "DO $$ BEGIN PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename <> current_user; END $$",
    ],
  ];
  test.each(attacks)("gains nothing by %s", async (name, sql) => {
    await modules.create({ place, extensions: [] });
    for (const way of [modules.migrateInPlace, modules.runHistory]) {
      const error = await failure(way(run(history(sql))));
      expect(error.code).toBe("MIGRATION_FAILED");
      // No right, no transaction command here, or nothing that a block may.
      expect(["42501", "2D000", "0A000", "25001"], `${name}: ${error.message}`).toContain(
        error.details.sqlState,
      );
    }
    expect((await modules.inspect(place)).tables).toEqual([]);
  });

  test("that commits inside a block leaves nothing of a change in place", async () => {
    await modules.create({ place, extensions: [] });
    const sql = "DO $$ BEGIN CREATE TABLE trap (id int); COMMIT; END $$";
    const error = await failure(modules.migrateInPlace(run(history(sql))));
    expect(error.details.sqlState).toBe("2D000");
    const ended = await failure(
      modules.migrateInPlace(run(history("CREATE TABLE trap (id int); COMMIT; SELECT 1"))),
    );
    expect(ended.code).toBe("MIGRATION_FAILED");
    expect((await modules.inspect(place)).tables).toEqual([]);
    expect(await modules.appliedMigrations(place)).toEqual([]);
  });

  /** Notes who runs it, with what rights, wherever it is made to run. */
  const witness = `
      CREATE TABLE seen (what text, who name, me name, super boolean);
      CREATE FUNCTION note(what text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO public.seen SELECT what, session_user, current_user, rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = session_user;
        RETURN true;
      END $$;
      CREATE FUNCTION note_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        BEGIN EXECUTE 'RESET ' || 'ROLE'; EXCEPTION WHEN OTHERS THEN NULL; END;
        PERFORM public.note(TG_NAME); RETURN NEW;
      END $$;`;
  const evidence = async () => {
    const { rows } = await asSuperuser(world, (client) =>
      client.query<{ what: string; who: string; me: string; super: boolean }>(
        "SELECT DISTINCT what, who, me, super FROM public.seen ORDER BY what",
      ),
    );
    return rows;
  };
  const onLedger = `CREATE TRIGGER on_ledger AFTER INSERT OR UPDATE ON _prisma_migrations FOR EACH ROW EXECUTE FUNCTION note_row();
      CREATE TABLE late (id int);
      CREATE CONSTRAINT TRIGGER deferred AFTER INSERT ON late DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_row();
      INSERT INTO late VALUES (1);`;

  test.each(["plainly", "in place"])(
    "runs triggers on the ledger and at the end of the transaction as its own role, %s",
    async (how) => {
      const all = history(witness, onLedger, "SELECT 1");
      if (how === "plainly") await installHistory(modules, all);
      else {
        await installHistory(modules, all.slice(0, 1));
        await upgradeInPlace(modules, all);
      }
      await modules.appliedMigrations(place);
      const { ownerRole } = modules.roles(module);
      expect(await evidence()).toEqual([
        { what: "deferred", who: ownerRole, me: ownerRole, super: false },
        { what: "on_ledger", who: ownerRole, me: ownerRole, super: false },
      ]);
    },
  );

  test("fails in the migration, not at the commit, when a deferred trigger objects", async () => {
    await modules.create({ place, extensions: [] });
    const sql = `CREATE TABLE t (id int);
        CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'objection'; END $$;
        CREATE CONSTRAINT TRIGGER d AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION no();
        INSERT INTO t VALUES (1)`;
    for (const way of [modules.migrateInPlace, modules.runHistory]) {
      const error = await failure(way(run(history(sql))));
      expect(error.details.reason).toBe("objection");
    }
    expect((await modules.inspect(place)).tables).toEqual([]);
  });

  test("has its views, shadowed functions and operators evaluated by its own role alone", async () => {
    const traps = `CREATE VIEW trap AS SELECT note('view') AS x;
        CREATE FUNCTION count(anyelement) RETURNS bigint LANGUAGE sql AS 'SELECT CASE WHEN public.note(''count'') THEN 0::bigint END';
        CREATE FUNCTION pg_total_relation_size(oid) RETURNS bigint LANGUAGE sql AS 'SELECT CASE WHEN public.note(''size'') THEN 0::bigint END';
        CREATE FUNCTION equals(text, name) RETURNS boolean LANGUAGE sql AS 'SELECT public.note(''operator'')';
        CREATE OPERATOR = (LEFTARG = text, RIGHTARG = name, FUNCTION = equals);
        CREATE TABLE rows AS SELECT 1 AS id;
        ALTER TABLE rows ENABLE ROW LEVEL SECURITY;
        CREATE POLICY p ON rows USING (note('policy'));`;
    const all = history(witness, traps);
    await installHistory(modules, all);
    const info = await modules.inspect(place);
    expect(info.tables.find((table) => table.name === "rows")?.rows).toBe(1);
    await modules.appliedMigrations(place);
    await modules.list();
    const more = [...all, { name: "3", sql: "DROP TABLE rows" }];
    await modules.preview({ place, migrations: more, extensions: ["citext"], applied: ["1", "2"] });
    await modules.findReverseMigration({ place, extensions: [], from: all, to: all.slice(0, 1) });
    await modules.admit(place);
    await modules.copy({ module, from: 1, to: 2, extensions: ["citext"] });
    await modules.retire(place);
    const { ownerRole } = modules.roles(module);
    for (const entry of await evidence()) expect(entry).toMatchObject({ who: ownerRole, super: false });
    await modules.drop(place);
    await modules.drop({ module, database: 2 });
    expect(await leftovers(world)).toEqual([]);
  });

  test("cannot keep a password, a setting or a large object for itself", async () => {
    const sql = hidden(
      "ALTER ROLE CURRENT_USER PASSWORD 'mine'",
      "ALTER ROLE CURRENT_USER SET search_path = pg_temp",
      "ALTER ROLE CURRENT_USER IN DATABASE %I SET statement_timeout = 1",
      "ALTER DATABASE %I SET lock_timeout = 1",
      "SELECT lo_create(0)",
    );
    await installHistory(modules, history(`${sql} CREATE TABLE t (id int)`));
    const { ownerRole: user } = modules.roles(module);
    const database = modules.nameOf(place);
    const client = new pg.Client({
      connectionString: loginUrl(world.owner.url, { user, password: "mine", database }),
    });
    await expect(client.connect()).rejects.toMatchObject({ code: "28000" });
    expect((await modules.inspect(place)).tables).toHaveLength(1);
    expect(
      await upgradeInPlace(modules, history(`${sql} CREATE TABLE t (id int)`, "ALTER TABLE t ADD n int")),
    ).toEqual(["2"]);
    await modules.drop(place);
    expect(await leftovers(world)).toEqual([]);
  });
});
