import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  failure,
  installHistory,
  leftovers,
  module,
  twoTables,
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
  });
  afterEach(() => modules.drop(module));
  afterAll(() => world.end());
  const install = async (migrations: MigrationFile[], extensions: string[] = []) =>
    (await installHistory(modules, migrations, extensions)).applied;

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
    [
      "reading the host's users",
      "DO $$ BEGIN EXECUTE 'CREATE TABLE loot AS SELECT * FROM gra' || 'ft.users'; END $$",
    ],
    [
      "reading password hashes",
      "DO $$ BEGIN EXECUTE 'CREATE TABLE loot AS SELECT * FROM pg_auth' || 'id'; END $$",
    ],
    ["creating in public", "DO $$ BEGIN EXECUTE 'CREATE TABLE pub' || 'lic.trap (id int)'; END $$"],
    ["creating a schema", "DO $$ BEGIN EXECUTE 'CREATE SCH' || 'EMA trap'; END $$"],
    ["creating a role", "DO $$ BEGIN EXECUTE 'CREATE RO' || 'LE trap'; END $$"],
    [
      "raising its own limit",
      "DO $$ BEGIN EXECUTE 'ALTER RO' || 'LE CURRENT_USER CONNECTION LIMIT -1'; END $$",
    ],
    ["becoming a superuser", "DO $$ BEGIN EXECUTE 'ALTER RO' || 'LE CURRENT_USER SUPERUSER'; END $$"],
    ["committing by itself", "DO $$ BEGIN CREATE TABLE trap (id int); EXECUTE 'COM' || 'MIT'; END $$"],
    ["committing inside a block", "DO $$ BEGIN CREATE TABLE trap (id int); COMMIT; END $$"],
    ["running a program", "DO $$ BEGIN EXECUTE 'COPY (SELECT 1) TO PRO' || 'GRAM ''id'''; END $$"],
    ["reading a file", "DO $$ BEGIN EXECUTE 'SELECT pg_read_fi' || 'le(''PG_VERSION'')'; END $$"],
    ["an untrusted extension", "DO $$ BEGIN EXECUTE 'CREATE EXTEN' || 'SION dblink'; END $$"],
  ];
  test.each(attacks)("gains nothing and leaves nothing by %s", async (name, sql) => {
    await modules.prepare({ module, extensions: [] });
    const error = await failure(modules.migrate({ module, migrations: [{ name: "1", sql }] }));
    expect(error.code).toBe("MIGRATION_FAILED");
    expect(["42501", "2D000", "0A000"], name).toContain(error.details.sqlState);
    expect((await modules.inspect(module)).tables).toEqual([]);
  });

  test("gains nothing by another module's schema", async () => {
    await modules.prepare({ module: "other", extensions: [] });
    await (await modules.migrate({ module: "other", migrations: twoTables })).commit();
    await modules.prepare({ module, extensions: [] });
    for (const action of [
      'CREATE TABLE loot AS SELECT * FROM m_oth%s."Poll"',
      'DROP TABLE m_oth%s."Poll"',
      "CREATE TABLE m_oth%s.x (id int)",
    ]) {
      const sql = `DO $$ BEGIN EXECUTE format('${action}', 'er'); END $$`;
      const error = await failure(modules.migrate({ module, migrations: [{ name: "1", sql }] }));
      expect(error.details.sqlState).toBe("42501");
    }
    await modules.drop("other");
  });

  /** Notes who runs it, with what rights, wherever it is made to run. */
  const witness = `
      CREATE TABLE seen (what text, who name, me name, super boolean);
      CREATE FUNCTION note(what text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO m_polls.seen SELECT what, session_user, current_user, rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = session_user;
        RETURN true;
      END $$;
      CREATE FUNCTION note_row() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        BEGIN EXECUTE 'RESET ' || 'ROLE'; EXCEPTION WHEN OTHERS THEN NULL; END;
        PERFORM m_polls.note(TG_NAME); RETURN NEW;
      END $$;`;
  const evidence = async () => {
    const { rows } = await world.owner.db.pool.query<{
      what: string;
      who: string;
      me: string;
      super: boolean;
    }>("SELECT DISTINCT what, who, me, super FROM m_polls.seen ORDER BY what");
    return rows;
  };

  test("runs triggers on the ledger and at the end of the transaction as its own role", async () => {
    await install([
      { name: "1", sql: witness },
      {
        name: "2",
        sql: `CREATE TRIGGER on_ledger AFTER INSERT OR UPDATE ON _prisma_migrations FOR EACH ROW EXECUTE FUNCTION note_row();
                CREATE TABLE late (id int);
                CREATE CONSTRAINT TRIGGER deferred AFTER INSERT ON late DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_row();
                INSERT INTO late VALUES (1);`,
      },
      { name: "3", sql: "SELECT 1" },
    ]);
    await modules.appliedMigrations(module);
    const { ownerRole } = modules.names(module);
    expect(await evidence()).toEqual([
      { what: "deferred", who: ownerRole, me: ownerRole, super: false },
      { what: "on_ledger", who: ownerRole, me: ownerRole, super: false },
    ]);
  });

  test("fails in the migration, not at the commit, when a deferred trigger objects", async () => {
    await modules.prepare({ module, extensions: [] });
    const sql = `CREATE TABLE t (id int);
        CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'objection'; END $$;
        CREATE CONSTRAINT TRIGGER d AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION no();
        INSERT INTO t VALUES (1)`;
    const error = await failure(modules.migrate({ module, migrations: [{ name: "1", sql }] }));
    expect(error.details.reason).toBe("objection");
    expect((await modules.inspect(module)).tables).toEqual([]);
  });

  test("has its views, shadowed functions and operators evaluated by its own role alone", async () => {
    await install([
      { name: "1", sql: witness },
      {
        name: "2",
        sql: `CREATE VIEW trap AS SELECT note('view') AS x;
                CREATE FUNCTION count(anyelement) RETURNS bigint LANGUAGE sql AS 'SELECT CASE WHEN m_polls.note(''count'') THEN 0::bigint END';
                CREATE FUNCTION pg_total_relation_size(oid) RETURNS bigint LANGUAGE sql AS 'SELECT CASE WHEN m_polls.note(''size'') THEN 0::bigint END';
                CREATE FUNCTION equals(text, name) RETURNS boolean LANGUAGE sql AS 'SELECT m_polls.note(''operator'')';
                CREATE OPERATOR = (LEFTARG = text, RIGHTARG = name, FUNCTION = equals);
                CREATE TABLE rows AS SELECT 1 AS id;
                ALTER TABLE rows ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
                CREATE POLICY p ON rows USING (false)`,
      },
    ]);
    const info = await modules.inspect(module);
    expect(info.tables.find((table) => table.name === "rows")?.rows).toBe(1);
    await modules.appliedMigrations(module);
    await modules.listModules();
    await modules.prepare({ module, extensions: [] });
    const { ownerRole } = modules.names(module);
    for (const entry of await evidence()) expect(entry).toMatchObject({ who: ownerRole, super: false });
    await modules.drop(module);
    expect(await leftovers(world)).toEqual([]);
  });

  test("cannot keep a password, a setting or a large object for itself", async () => {
    await install([
      {
        name: "1",
        sql: `DO $$ BEGIN
                  EXECUTE 'ALTER RO' || 'LE CURRENT_USER PASSWORD ''mine''';
                  EXECUTE 'ALTER RO' || 'LE CURRENT_USER SET search_path = pg_temp';
                  EXECUTE 'ALTER RO' || 'LE CURRENT_USER IN DATA' || format('BASE %I SET statement_timeout = 1', current_database());
                  EXECUTE 'SELECT lo_cre' || 'ate(0)';
                END $$; CREATE TABLE t (id int)`,
      },
    ]);
    const { ownerRole } = modules.names(module);
    const url = new URL(world.owner.url);
    url.username = ownerRole;
    url.password = "mine";
    const client = new pg.Client({ connectionString: url.href });
    await expect(client.connect()).rejects.toMatchObject({ code: "28000" });
    expect((await modules.inspect(module)).tables).toHaveLength(1);
    await modules.drop(module);
    expect(await leftovers(world)).toEqual([]);
  });
});
