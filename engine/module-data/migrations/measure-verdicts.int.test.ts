import { afterAll, beforeAll, expect, test } from "vitest";
import { asSuperuser, create, createModestWorld, installHistory, place } from "../testing/worlds.ts";
import type { MigrationPreview } from "../types.ts";

const init = `
  CREATE TABLE note (id int PRIMARY KEY, text varchar(20), tag text, at timestamptz DEFAULT now());
  INSERT INTO note SELECT n, 'note ' || n, CASE WHEN n <= 30 THEN 'x' END FROM generate_series(1, 1234) n;
  CREATE UNIQUE INDEX note_text_key ON note (text);
  CREATE TABLE secret (id int); INSERT INTO secret VALUES (1), (2);
  ALTER TABLE secret ENABLE ROW LEVEL SECURITY; ALTER TABLE secret FORCE ROW LEVEL SECURITY;
  CREATE TABLE part (id int) PARTITION BY LIST (id);
  CREATE TABLE part_1 PARTITION OF part FOR VALUES IN (1); INSERT INTO part VALUES (1), (1), (1);
  CREATE TABLE big (id int, filler text); ALTER TABLE big SET (autovacuum_enabled = off);
  INSERT INTO big SELECT n, CASE WHEN n % 4 = 0 THEN repeat('x', 800) END FROM generate_series(1, 400000) n;
  ANALYZE big;
  CREATE FUNCTION counted() RETURNS int LANGUAGE sql VOLATILE AS 'SELECT 1';`;

const world = await createModestWorld();
beforeAll(async () => {
  await installHistory(world.modules, [{ name: "1_init", sql: init }]);
}, 60_000);
afterAll(async () => {
  await world.modules.drop(place);
  await world.end();
});

function preview(sql: string): Promise<MigrationPreview> {
  const migrations = [
    { name: "1_init", sql: init },
    { name: "2_next", sql },
  ];
  return create(world.db).preview({ place, migrations, extensions: [], applied: ["1_init"] });
}

test("what is lost is counted: rows of a table, values of a column", async () => {
  const { destructive } = await preview(
    `DROP TABLE secret;
     ALTER TABLE note DROP COLUMN tag;
     DELETE FROM note;
     TRUNCATE part;
     ALTER TABLE note ALTER COLUMN text TYPE varchar(5);`,
  );
  expect(destructive).toMatchObject([
    {
      // It hides its rows from its owner too.
      line: 1,
      table: "secret",
      column: null,
      rows: null,
      reason: "drops the table secret with its rows",
    },
    { line: 2, table: "note", column: "tag", rows: 30, reason: "drops the column note.tag (30 values)" },
    { line: 3, table: "note", rows: 1234, reason: "deletes every row of note (1,234 rows)" },
    { line: 4, table: "part", rows: 3 },
    { line: 5, table: "note", column: "text", rows: 1234 },
  ]);
  expect(destructive.map(({ exact }) => exact)).toEqual([false, true, true, true, true]);
  expect(destructive.every(({ migration }) => migration === "2_next")).toBe(true);
});

test("what works on a table says how many rows and bytes, and an estimate that is called one", async () => {
  const { slow } = await preview(
    `CREATE INDEX i ON note (at);\nALTER TABLE part ALTER COLUMN id SET NOT NULL;`,
  );
  expect(slow).toMatchObject([
    { line: 1, table: "note", rows: 1234, exact: true, long: false },
    { line: 2, table: "part", rows: 3, exact: true, long: false },
  ]);
  expect(slow[0]?.reason).toMatch(
    /^builds an index on note while writes to it wait \(1,234 rows, \d+ kB: under a second, an estimate at \d+ MB\/s\)$/,
  );
});

test("a large table is estimated by PostgreSQL, not read", async () => {
  const { slow, destructive } = await preview(
    "ALTER TABLE big ALTER COLUMN id TYPE bigint;\nALTER TABLE big DROP COLUMN filler;",
  );
  const [rewrite] = slow;
  expect(rewrite).toMatchObject({ table: "big", exact: false, long: true });
  expect(rewrite?.reason).toMatch(
    /\(about 400,000 rows, [\d.]+ MB: about \d+ s, an estimate at \d+ MB\/s\)$/,
  );
  const [dropped] = destructive;
  expect(dropped).toMatchObject({ column: "filler", exact: false });
  expect(dropped?.rows).toBeGreaterThan(80_000);
  expect(dropped?.rows).toBeLessThan(120_000);
});

test("the catalogues tell a widening from a rewrite, volatile from stable, unique from not", async () => {
  const harmless = await preview(
    `ALTER TABLE note ALTER COLUMN text TYPE varchar(40);
     ALTER TABLE note ADD COLUMN seen timestamptz NOT NULL DEFAULT now();
     ALTER TABLE note ALTER COLUMN id SET NOT NULL;`,
  );
  expect([harmless.breaking, harmless.slow, harmless.destructive]).toEqual([[], [], []]);
  const { breaking, slow } = await preview(
    `ALTER TABLE note ADD COLUMN key uuid NOT NULL DEFAULT gen_random_uuid();
     ALTER TABLE note ADD COLUMN n int DEFAULT counted();
     DROP INDEX note_text_key;`,
  );
  expect(slow.map(({ line }) => line)).toEqual([1, 2]);
  expect(breaking).toMatchObject([
    { line: 3, reason: expect.stringContaining("unique index note_text_key") },
  ]);
});

test("of migrations that ran already the catalogues are not asked: they tell what is, not what was", async () => {
  const sql =
    "ALTER TABLE note ALTER COLUMN text TYPE varchar(20); ALTER TABLE note ALTER COLUMN id SET NOT NULL;";
  const migrations = [
    { name: "1_init", sql: init },
    { name: "2_next", sql },
  ];
  const asked = { place, migrations, extensions: [], applied: ["1_init"] };
  expect((await world.modules.preview(asked)).breaking).toEqual([]);
  expect((await world.modules.preview({ ...asked, ran: true })).breaking).toHaveLength(2);
});

test("a table that is not there, or is only going to be made, is not measured", async () => {
  const { slow } = await preview(
    "CREATE TABLE n (id int); CREATE INDEX ON n (id); CREATE INDEX i ON nowhere (id);",
  );
  expect(slow).toMatchObject([{ table: "nowhere", rows: null, estimateMs: null, long: false }]);
});

test("counting leaves nothing changed behind, and row security as it was", async () => {
  await preview("DROP TABLE secret;");
  const { rows } = await asSuperuser(world, (client) =>
    client.query("SELECT relforcerowsecurity AS forced FROM pg_class WHERE relname = 'secret'"),
  );
  expect(rows).toEqual([{ forced: true }]);
});
