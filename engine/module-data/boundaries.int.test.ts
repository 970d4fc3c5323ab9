import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { loginUrl, onDatabase } from "./connections/login-url.ts";
import { hidden, history } from "./testing/hostile.ts";
import {
  asRuntime,
  asSuperuser,
  installHistory,
  leftovers,
  module,
  place,
  twoTables,
  upgradeInPlace,
  type World,
  worlds,
} from "./testing/worlds.ts";
import type { DataPlace, ModuleDatabase } from "./types.ts";

const other: DataPlace = { module: "other", database: 1 };

describe.each(worlds)("a module's boundaries on %s", (_, createWorld) => {
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

  const installOther = async () => {
    await modules.create({ place: other, extensions: [] });
    await modules.runHistory({ place: other, migrations: twoTables, extensions: [] });
  };
  const hostDatabase = () => new URL(world.owner.url).pathname.slice(1);
  const hash = () => modules.nameOf(place).split("_")[2];
  const databasesLike = async (kind: string) => {
    const { rows } = await world.owner.db.pool.query<{ datname: string }>(
      "SELECT datname FROM pg_database WHERE starts_with(datname, $1)",
      [`m__${hash()}_${kind}_`],
    );
    return rows.map(({ datname }) => datname);
  };
  /** What PostgreSQL answers to the process of the module that wants into this database. */
  const refusal = async (database: string) => {
    const client = new pg.Client({ connectionString: onDatabase(await modules.runtimeUrl(place), database) });
    client.on("error", () => {});
    const answer = await client.connect().then(
      () => null,
      (error: { code?: string }) => error.code,
    );
    await client.end();
    return answer;
  };

  test("the process enters its present database and no other", async () => {
    // In a modest world they are the administrator's to close; Graft closes what it may.
    await world.owner.db.pool.query(
      "REVOKE CONNECT ON DATABASE postgres FROM PUBLIC; REVOKE CONNECT ON DATABASE template1 FROM PUBLIC",
    );
    await world.owner.db.pool.query(`REVOKE CONNECT ON DATABASE ${hostDatabase()} FROM PUBLIC`);
    await installOther();
    await installHistory(modules, twoTables);
    await modules.copy({ module, from: 1, to: 2, extensions: [] });
    await modules.admit(place);
    await modules.retire({ module, database: 2 });
    await modules.keepSpare();
    const answers: unknown[] = [];
    const longer = [...twoTables, { name: "3", sql: "SELECT pg_sleep(1)" }];
    let searching = true;
    const search = modules
      .findReverseMigration({ place, extensions: [], from: longer, to: twoTables })
      .finally(() => (searching = false));
    while (searching) {
      for (const name of await databasesLike("trial")) answers.push(await refusal(name));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await search;
    const closed = [
      modules.nameOf(other),
      modules.nameOf({ module, database: 2 }),
      ...["postgres", "template1", hostDatabase()],
      ...(await databasesLike("spare")),
    ];
    expect(closed).toHaveLength(6);
    for (const database of closed) expect(await refusal(database), database).toMatch(/42501|55000/);
    expect(answers.length).toBeGreaterThan(0);
    // 3D000: it was gone by then.
    for (const answer of answers) expect(answer).toMatch(/42501|55000|3D000/);
    expect(await refusal("template0")).toBe("55000");
    expect(await refusal(modules.nameOf(place))).toBeNull();
  });

  test("a migration reaches no other module by what it opens, grants or sets", async () => {
    await installOther();
    const roles = modules.roles("other");
    await installHistory(
      modules,
      history(
        "CREATE TABLE bait (id int); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        hidden(
          "GRANT ALL ON DATABASE %I TO PUBLIC",
          `GRANT ALL ON DATABASE %I TO ${roles.runtimeRole} WITH GRANT OPTION`,
          `GRANT ALL ON bait TO ${roles.runtimeRole}, ${roles.ownerRole} WITH GRANT OPTION`,
          `GRANT EXECUTE ON FUNCTION f() TO ${roles.ownerRole}`,
          `ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO ${roles.runtimeRole}`,
          "ALTER TABLE bait ENABLE ROW LEVEL SECURITY",
          `CREATE POLICY p ON bait TO ${roles.runtimeRole} USING (true)`,
          "ALTER DATABASE %I SET search_path = trap",
          "ALTER DATABASE %I SET default_transaction_read_only = on",
        ),
      ),
    );
    const into = (work: (client: pg.Client) => Promise<unknown>) => asRuntime(modules, work, other);
    await into(async (client) => {
      expect((await client.query("SHOW search_path")).rows).toEqual([{ search_path: '"$user", public' }]);
      await client.query(`INSERT INTO "Poll"(title) VALUES ('mine')`);
    });
    expect((await modules.inspect(other)).rows).toBe(3);
    // The other one goes whole, whatever of this one names its roles.
    await modules.drop(other);
    const { rows } = await world.owner.db.pool.query(
      "SELECT rolname FROM pg_roles WHERE rolname = ANY ($1)",
      [Object.values(roles)],
    );
    expect(rows).toEqual([]);
    expect((await modules.inspect(place)).tables.map(({ name }) => name)).toEqual(["bait"]);
  });

  test("what a migration opens to everybody is closed with the database, and its owner's way in stays", async () => {
    const { ownerRole, runtimeRole } = modules.roles(module);
    await installHistory(
      modules,
      history(
        "CREATE TABLE t (id int)",
        hidden(
          `GRANT CONNECT ON DATABASE %I TO ${runtimeRole} WITH GRANT OPTION`,
          "GRANT CONNECT ON DATABASE %I TO PUBLIC",
          "ALTER DATABASE %I CONNECTION LIMIT 0",
          "ALTER DATABASE %I IS_TEMPLATE true",
          `REVOKE CONNECT ON DATABASE %I FROM ${ownerRole}`,
        ),
      ),
    );
    await modules.admit(place);
    await asRuntime(modules, (client) =>
      client.query(`GRANT CONNECT ON DATABASE ${client.database} TO PUBLIC`),
    );
    await modules.retire(place);
    expect(await refusal(modules.nameOf(place))).toBe("42501");
    expect(await modules.inspect(place)).toMatchObject({ tables: [{ name: "t" }] });
    await modules.copy({ module, from: 1, to: 2, extensions: [] });
    await modules.drop(place);
    await modules.drop({ module, database: 2 });
    expect(await leftovers(world)).toEqual([]);
  });

  test("advisory locks hold nobody else up, and NOTIFY is heard by nobody else", async () => {
    await installOther();
    const all = history("SELECT 1", "SELECT 2");
    await installHistory(modules, all.slice(0, 1));
    const heard: string[] = [];
    const listen = async (client: pg.Client) => {
      client.on("notification", ({ channel }) => heard.push(channel));
      await client.query("LISTEN news");
    };
    const locks = "SELECT pg_try_advisory_lock(1) AS one, pg_try_advisory_lock(72707369) AS prisma";
    const both = [{ one: true, prisma: true }];
    const host = new pg.Client({ connectionString: world.owner.url });
    await host.connect();
    await listen(host);
    await asRuntime(modules, (holder) =>
      asRuntime(
        modules,
        async (client) => {
          await listen(client);
          expect((await holder.query(locks)).rows).toEqual(both);
          await holder.query("NOTIFY news, 'x'");
          expect((await client.query(locks)).rows).toEqual(both);
          expect((await host.query(locks)).rows).toEqual(both);
          // Its own next migration does not wait either.
          expect(await upgradeInPlace(modules, all)).toEqual(["2"]);
          await client.query("SELECT 1");
        },
        other,
      ),
    );
    await host.query("SELECT 1");
    await host.end();
    expect(heard).toEqual([]);
  });

  test("a module is dropped whatever its sessions hold", async () => {
    await installHistory(modules, twoTables);
    const { runtimeRole } = modules.roles(module);
    const url = loginUrl(await modules.runtimeUrl(place), {
      user: runtimeRole,
      password: new URL(await modules.runtimeUrl(place)).password,
      database: modules.nameOf(place),
    });
    const sessions = await Promise.all(
      [
        // The row of its own role, which dropping that needs.
        "BEGIN; ALTER ROLE CURRENT_USER SET work_mem = '1MB'",
        'BEGIN; SELECT * FROM "Poll"; INSERT INTO vote VALUES (1)',
        "CREATE TEMP TABLE t AS SELECT generate_series(1, 1000)",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT pg_advisory_lock(1); LISTEN news",
        "BEGIN; DECLARE c CURSOR WITH HOLD FOR SELECT 1",
        "SELECT pg_sleep(60)",
      ].map(async (sql) => {
        const client = new pg.Client({ connectionString: url });
        client.on("error", () => {});
        await client.connect();
        const query = client.query(sql).catch(() => {});
        if (!sql.includes("pg_sleep")) await query;
        return client;
      }),
    );
    await modules.drop(place);
    expect(await leftovers(world)).toEqual([]);
    for (const client of sessions) await client.end().catch(() => {});
    await asSuperuser(world, async () => {}).then(
      () => expect.unreachable(),
      (error) => expect(error.code).toBe("3D000"),
    );
  });
});
