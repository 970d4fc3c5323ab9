import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  asRuntime,
  asSuperuser,
  installHistory,
  place,
  upgradeInPlace,
  type World,
  worlds,
} from "../testing/worlds.ts";
import type { ModuleDatabase } from "../types.ts";

const doc = "CREATE TABLE doc (id int PRIMARY KEY, name text); INSERT INTO doc VALUES (1, 'a'), (2, 'b');";
const enable = "ALTER TABLE doc ENABLE ROW LEVEL SECURITY;";
const force = "ALTER TABLE doc FORCE ROW LEVEL SECURITY;";
const own = "CREATE POLICY own ON doc USING (name = 'a');";

describe.each(worlds)("row security on %s", (_, createWorld) => {
  let world: World;
  let modules: ModuleDatabase;
  beforeAll(async () => {
    world = await createWorld();
    modules = world.modules;
  });
  afterEach(() => modules.drop(place));
  afterAll(() => world.end());

  const seen = (from = "doc") =>
    asRuntime(modules, async (client) => {
      const { rows } = await client.query<{ id: number }>(`SELECT id FROM ${from} ORDER BY id`);
      return rows.map(({ id }) => id);
    });
  const files = (...scripts: string[]) => scripts.map((sql, i) => ({ name: String(i + 1), sql }));

  // As on its author's machine, where the module's login owns the tables and passes what is not forced.
  const passed: [title: string, sql: string][] = [
    ["no policy", enable],
    ["a policy that shows some rows", `${enable} ${own}`],
    [
      "policies that show none",
      `${enable} CREATE POLICY p ON doc USING (false); CREATE POLICY q ON doc FOR SELECT USING (false);`,
    ],
    [
      "policies for one kind of statement each",
      `${enable} CREATE POLICY p ON doc FOR SELECT USING (true); CREATE POLICY q ON doc FOR INSERT WITH CHECK (false);`,
    ],
    [
      "a policy that asks a setting nobody made",
      `${enable} CREATE POLICY p ON doc USING (name = current_setting('app.tenant'));`,
    ],
    ["a policy of the owner's", `${enable} CREATE POLICY p ON doc TO CURRENT_USER USING (false);`],
    [
      "a block that enables it",
      "DO $$ BEGIN EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', 'doc'); END $$;",
    ],
    ["FORCE that was taken back", `${enable} ${force} ALTER TABLE doc NO FORCE ROW LEVEL SECURITY;`],
    ["FORCE on a table where it is not enabled", force],
  ];
  test.each(passed)(
    "with %s the process reads and writes every row, installed and upgraded",
    async (__, sql) => {
      await installHistory(modules, files(doc, sql));
      expect(await seen()).toEqual([1, 2]);
      await modules.create({ place, extensions: [] });
      await modules.runHistory({ place, migrations: files(doc), extensions: [] });
      expect(await upgradeInPlace(modules, files(doc, sql))).toEqual(["2"]);
      expect(await seen()).toEqual([1, 2]);
      await asRuntime(modules, async (client) => {
        await client.query("INSERT INTO doc VALUES (3, 'c')");
        expect((await client.query("UPDATE doc SET name = 'x'")).rowCount).toBe(3);
        expect((await client.query("DELETE FROM doc")).rowCount).toBe(3);
      });
    },
  );

  test("of partitions, other schemas and views of the caller's too", async () => {
    const sql = `CREATE SCHEMA side; CREATE TABLE side.part (id int) PARTITION BY RANGE (id);
      CREATE TABLE side.part_1 PARTITION OF side.part FOR VALUES FROM (0) TO (10); INSERT INTO side.part VALUES (1);
      ALTER TABLE side.part ENABLE ROW LEVEL SECURITY; ALTER TABLE side.part_1 ENABLE ROW LEVEL SECURITY;
      CREATE VIEW shown WITH (security_invoker = true) AS SELECT id FROM side.part;`;
    await installHistory(modules, files(sql));
    for (const from of ["side.part", "side.part_1", "shown"]) expect(await seen(from)).toEqual([1]);
  });

  // There the author's login sees no more either.
  const hidden: [title: string, sql: string, ids: number[]][] = [
    ["no policy", `${enable} ${force}`, []],
    ["a policy", `${enable} ${force} ${own}`, [1]],
    ["one inside a block", `DO $$ BEGIN ${enable} ${force} ${own} END $$;`, [1]],
  ];
  test.each(hidden)(
    "where it is forced, with %s, the process sees what policies show, and the plan names the table",
    async (__, sql, ids) => {
      const migrations = files(doc, sql);
      const { forced } = await modules.preview({ place: null, migrations, extensions: [], applied: [] });
      expect(forced).toEqual(["doc"]);
      await installHistory(modules, migrations);
      expect(await seen()).toEqual(ids);
    },
  );

  test("a policy that restricts everybody holds for the process, and the plan names the table", async () => {
    const migrations = files(doc, `${enable} CREATE POLICY few ON doc AS RESTRICTIVE USING (id < 2);`);
    const { forced } = await modules.preview({ place: null, migrations, extensions: [], applied: [] });
    expect(forced).toEqual(["doc"]);
    await installHistory(modules, migrations);
    expect(await seen()).toEqual([1]);
  });

  test("what the host adds goes when row security is forced or disabled, and comes back with it", async () => {
    const policies = () =>
      asSuperuser(world, async (client) => {
        const { rows } = await client.query<{ polname: string }>("SELECT polname FROM pg_policy ORDER BY 1");
        return rows.map(({ polname }) => polname);
      });
    const steps: [sql: string, policies: string[], ids: number[]][] = [
      [enable, ["graft_runtime"], [1, 2]],
      [own, ["graft_runtime", "own"], [1, 2]],
      [force, ["own"], [1]],
      ["ALTER TABLE doc NO FORCE ROW LEVEL SECURITY", ["graft_runtime", "own"], [1, 2]],
      ["ALTER TABLE doc DISABLE ROW LEVEL SECURITY", ["own"], [1, 2]],
    ];
    await installHistory(modules, files(doc));
    for (const [i, [, expected, ids]] of steps.entries()) {
      const migrations = files(doc, ...steps.slice(0, i + 1).map(([sql]) => sql));
      await modules.runHistory({ place, migrations, extensions: [] });
      expect(await policies()).toEqual(expected);
      expect(await seen()).toEqual(ids);
    }
  });
});
