import { afterAll, afterEach, expect, test } from "vitest";
import { createModestWorld, failure, module } from "../testing/worlds.ts";
import type { MigrationFile } from "../types.ts";

const world = await createModestWorld();
const { modules } = world;
afterEach(() => modules.drop(module));
afterAll(() => world.end());

const query = async (sql: string) => (await world.owner.db.pool.query(sql)).rows;
/** Made inside a subtransaction, so that its new values cannot be used before the commit. */
const kind = `DO $$ BEGIN CREATE TYPE "Kind" AS ENUM ('a', 'b'); EXCEPTION WHEN duplicate_object THEN null; END $$;`;
const history: MigrationFile[] = [
  {
    name: "1",
    sql: `${kind} CREATE TABLE "public"."T" (id int, k "public"."Kind" NOT NULL DEFAULT 'a', ks "Kind"[] DEFAULT '{a,b}');`,
  },
  {
    name: "2",
    sql: `ALTER TYPE "public"."Kind" ADD VALUE 'c' AFTER 'a'; ALTER TYPE "Kind" ADD VALUE IF NOT EXISTS 'd';`,
  },
  { name: "3", sql: `INSERT INTO "T" (id, k) VALUES (3, 'c'); ALTER TABLE "T" ALTER k SET DEFAULT 'd';` },
];
const labels = async () =>
  (
    await query(`SELECT e.enumlabel AS l FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid
                WHERE t.typname = 'Kind' ORDER BY e.enumsortorder`)
  ).map((row) => row.l);

test("a history that uses a value it added to an enum installs in steps", async () => {
  await modules.prepare({ module, extensions: [] });
  const open = await modules.migrate({ module, migrations: history });
  expect(open.applied).toEqual(["1", "2", "3"]);
  await open.commit();
  expect(await labels()).toEqual(["a", "c", "b", "d"]);
  expect(await query('SELECT k::text, ks::text FROM m_polls."T"')).toEqual([{ k: "c", ks: "{a,b}" }]);
});

test("a history in steps that fails, or is rolled back, leaves an empty schema", async () => {
  await modules.prepare({ module, extensions: [] });
  const bad = [...history, { name: "4", sql: "SELECT nosuch" }];
  const error = await failure(modules.migrate({ module, migrations: bad }));
  expect(error.details).toMatchObject({ migration: "4", line: 1, reason: 'column "nosuch" does not exist' });
  expect(await query("SELECT FROM pg_class WHERE relnamespace = 'm_polls'::regnamespace")).toEqual([]);
  const open = await modules.migrate({ module, migrations: history });
  await open.rollback();
  expect(await query("SELECT FROM pg_class WHERE relnamespace = 'm_polls'::regnamespace")).toEqual([]);
  const again = await modules.migrate({ module, migrations: history });
  await again.commit();
  expect(await labels()).toEqual(["a", "c", "b", "d"]);
});

test("a value added where nobody can see it before it runs is stepped over as well", async () => {
  const hidden = {
    name: "2",
    sql: `DO $$ BEGIN EXECUTE 'ALTER TYPE "Kind" ADD ' || $v$VALUE 'c' AFTER 'a'$v$; END $$; ALTER TYPE "Kind" ADD VALUE 'd'`,
  };
  const migrations = history.map((file) => (file.name === hidden.name ? hidden : file));
  await modules.prepare({ module, extensions: [] });
  await (await modules.migrate({ module, migrations })).commit();
  expect(await labels()).toEqual(["a", "c", "b", "d"]);
});

test("what takes the place of kept data commits nothing before its end", async () => {
  await modules.prepare({ module, extensions: [] });
  const older = [{ name: "1", sql: `CREATE TABLE "Old" (id int); INSERT INTO "Old" VALUES (7)` }];
  await (await modules.migrate({ module, migrations: older })).commit();
  const bad = [...history, { name: "4", sql: "SELECT nosuch" }];
  await failure(modules.migrate({ module, migrations: bad, clear: true }));
  expect(await query('SELECT id FROM m_polls."Old"')).toEqual([{ id: 7 }]);
  const open = await modules.migrate({ module, migrations: history, clear: true });
  await open.rollback();
  expect(await query('SELECT id FROM m_polls."Old"')).toEqual([{ id: 7 }]);
  await (await modules.migrate({ module, migrations: history, clear: true })).commit();
  expect(await labels()).toEqual(["a", "c", "b", "d"]);
  expect(await query(`SELECT to_regclass('m_polls."Old"') AS old`)).toEqual([{ old: null }]);
});

test("an upgrade that uses a value it adds happens whole or not at all, and its plan shows how", async () => {
  await modules.prepare({ module, extensions: [] });
  await (await modules.migrate({ module, migrations: history.slice(0, 1) })).commit();
  await query(`INSERT INTO m_polls."T" VALUES (1, 'b', '{b}')`);
  const preview = await modules.preview({ module, migrations: history, extensions: [], applied: ["1"] });
  expect(preview.pending[0]?.rewritten).toMatchObject([
    { line: 1, after: expect.stringContaining("CREATE TYPE") },
  ]);

  const bad = [...history, { name: "4", sql: "SELECT nosuch" }];
  await failure(modules.migrate({ module, migrations: bad }));
  expect(await labels()).toEqual(["a", "b"]);

  await (await modules.migrate({ module, migrations: history })).commit();
  expect(await labels()).toEqual(["a", "c", "b", "d"]);
  await query('INSERT INTO m_polls."T" (id) VALUES (4)');
  expect(await query('SELECT id, k::text, ks::text FROM m_polls."T" ORDER BY id')).toEqual([
    { id: 1, k: "b", ks: "{b}" },
    { id: 3, k: "c", ks: "{a,b}" },
    { id: 4, k: "d", ks: "{a,b}" },
  ]);
});

test("an upgrade that adds a value and does not use it runs as written", async () => {
  const unused = [history[0], { name: "2", sql: `ALTER TYPE "Kind" ADD VALUE 'c'` }] as MigrationFile[];
  await modules.prepare({ module, extensions: [] });
  await (await modules.migrate({ module, migrations: unused.slice(0, 1) })).commit();
  const preview = await modules.preview({ module, migrations: unused, extensions: [], applied: ["1"] });
  expect(preview.pending[0]?.rewritten).toEqual([]);
  await (await modules.migrate({ module, migrations: unused })).commit();
  expect(await labels()).toEqual(["a", "b", "c"]);
});
