import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { asRuntime, failure, installHistory, module, place, type World, worlds } from "../testing/worlds.ts";
import type { DataPlace, ModuleDatabase } from "../types.ts";

const moddatetime = {
  name: "1",
  sql: `CREATE EXTENSION IF NOT EXISTS moddatetime; CREATE TABLE t (id int, at timestamp DEFAULT 'epoch');
        CREATE TRIGGER touched BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION moddatetime(at);`,
};

describe.each(worlds)("on %s", (name, createWorld) => {
  const isSuperuser = name.includes("superuser");
  const second: DataPlace = { module, database: 2 };
  let world: World;
  let modules: ModuleDatabase;
  beforeAll(async () => {
    world = await createWorld();
    modules = world.modules;
  });
  afterEach(() => modules.drop(place));
  afterAll(() => world.end());

  test("extensions are where the history puts them, or in public where the module only lists them", async () => {
    await installHistory(
      modules,
      [
        {
          name: "1",
          sql: `CREATE SCHEMA apart; CREATE EXTENSION IF NOT EXISTS pg_trgm; CREATE EXTENSION citext WITH SCHEMA apart;
                CREATE TABLE t (n text, e apart.citext DEFAULT public.uuid_generate_v4()::text);
                CREATE INDEX ON t USING gin (n public.gin_trgm_ops)`,
        },
      ],
      ["pg_trgm", "uuid-ossp", "citext"],
    );
    const { rows } = await asRuntime(modules, async (client) => {
      await client.query("INSERT INTO t DEFAULT VALUES");
      return client.query(
        "SELECT extname || ' in ' || extnamespace::regnamespace AS at FROM pg_extension ORDER BY 1",
      );
    });
    expect(rows.map(({ at }) => at)).toEqual([
      "citext in apart",
      "pg_trgm in public",
      "plpgsql in pg_catalog",
      "uuid-ossp in public",
    ]);
  });

  test("a plan learns of each extension whether the server has it, trusts it, and it is there already", async () => {
    await installHistory(modules, [], ["pg_trgm"]);
    const names = ["pg_trgm", "ltree", "dblink", "vector"];
    const asked = { migrations: [], extensions: names, applied: [] };
    const facts = { available: true, trusted: true, installed: false };
    const { extensions, mayCreateUntrusted } = await modules.preview({ place, ...asked });
    expect(extensions).toEqual([
      { name: "pg_trgm", ...facts, installed: true },
      { name: "ltree", ...facts },
      { name: "dblink", ...facts, trusted: false },
      { name: "vector", ...facts, available: false, trusted: false },
    ]);
    expect(mayCreateUntrusted).toBe(isSuperuser);
    const fresh = await modules.preview({ place: null, ...asked });
    expect(fresh.extensions.map(({ installed }) => installed)).toEqual([false, false, false, false]);
  });

  test("one that PostgreSQL does not trust is the host's to create, where it may", async () => {
    if (!isSuperuser) {
      for (const extension of ["moddatetime", "vector"]) {
        const error = await failure(modules.create({ place, extensions: [extension] }));
        expect(error).toMatchObject({ code: "EXTENSION_UNAVAILABLE", details: { extensions: [extension] } });
      }
      expect(await modules.exists(place)).toBe(false);
      return;
    }
    await installHistory(modules, [moddatetime], ["moddatetime"]);
    await asRuntime(modules, async (client) => {
      await client.query("INSERT INTO t VALUES (1); UPDATE t SET id = 2");
      expect((await client.query("SELECT at > 'epoch' AS touched FROM t")).rows).toEqual([{ touched: true }]);
    });
    // A later version that needs one gets it in its copy.
    const extensions = ["moddatetime", "autoinc"];
    await modules.copy({ module, from: 1, to: 2, extensions });
    const migrations = [moddatetime, { name: "2", sql: "CREATE EXTENSION IF NOT EXISTS autoinc" }];
    expect(await modules.runHistory({ place: second, migrations, extensions })).toEqual(["2"]);
    await modules.drop(second);
  });

  test("an extension that is there already is as if the history had made it, wherever it puts it", async () => {
    if (!isSuperuser) return;
    const sql = `CREATE SCHEMA apart; CREATE EXTENSION moddatetime WITH SCHEMA apart;
      COMMENT ON EXTENSION moddatetime IS 'functions for
        tracking'; COMMENT ON EXTENSION plpgsql IS 'PL/pgSQL procedural language'; CREATE EXTENSION citext;
      CREATE TABLE t (id int, at timestamp DEFAULT 'epoch');
      CREATE TRIGGER touched BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION apart.moddatetime(at);`;
    await installHistory(modules, [{ name: "1", sql }], ["moddatetime", "citext"]);
    const made = "SELECT extname || ' in ' || extnamespace::regnamespace AS at FROM pg_extension ORDER BY 1";
    const { rows } = await asRuntime(modules, (client) => client.query(made));
    expect(rows.map(({ at }) => at)).toEqual([
      "citext in public",
      "moddatetime in apart",
      "plpgsql in pg_catalog",
    ]);
  });

  test("one that a newer version lists is there in place too, and one that an older listed is no obstacle", async () => {
    await installHistory(modules, [], ["ltree"]);
    const migrations = [{ name: "1", sql: "CREATE EXTENSION ltree; CREATE TABLE t (path ltree, name text)" }];
    const open = await modules.migrateInPlace({ place, migrations, extensions: ["ltree", "pg_trgm"] });
    await open.commit();
    await asRuntime(modules, (client) => client.query("SELECT similarity(name, 'x') FROM t"));
    expect(await modules.appliedMigrations(place)).toEqual(["1"]);
  });

  test("nothing of the module's is on the search path of an extension's script that runs as superuser", async () => {
    const trap = `CREATE FUNCTION public.length(text) RETURNS int LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO public.seen SELECT current_user; RETURN 1; END $$; CREATE TABLE seen (who name);`;
    await installHistory(modules, [{ name: "1", sql: trap }]);
    await modules.copy({ module, from: 1, to: 2, extensions: isSuperuser ? ["autoinc", "dblink"] : [] });
    const { tables } = await modules.inspect(second);
    expect(tables).toMatchObject([{ name: "seen", rows: 0 }]);
    await modules.drop(second);
  });
});
