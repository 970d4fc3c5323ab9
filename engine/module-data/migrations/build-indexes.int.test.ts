import { afterAll, afterEach, expect, test } from "vitest";
import { asRuntime, createModestWorld, failure, installHistory, module } from "../testing/worlds.ts";
import type { IndexProgress, MigrationFile } from "../types.ts";

const world = await createModestWorld();
const { modules } = world;
afterEach(() => modules.drop(module));
afterAll(() => world.end());

const first: MigrationFile = {
  name: "1",
  sql: `CREATE TABLE big (id int, t text); INSERT INTO big SELECT i, md5(i::text) FROM generate_series(1, 100000) i;
        CREATE INDEX CONCURRENTLY at_once ON big (id)`,
};
const second: MigrationFile = {
  name: "2",
  sql: `ALTER TABLE big ADD COLUMN u text;
        CREATE INDEX CONCURRENTLY "later" ON "public"."big" (t);
        CREATE TABLE small (id int); CREATE INDEX CONCURRENTLY with_its_table ON small (id);
        CREATE UNIQUE INDEX CONCURRENTLY named ON big (id);
        COMMENT ON INDEX named IS 'used below, so not deferred'`,
};
const install = (migrations: MigrationFile[]) => installHistory(modules, migrations);
const indexes = async () => {
  const { rows } = await world.owner.db.pool.query<{ name: string; valid: boolean }>(
    `SELECT x.relname AS name, i.indisvalid AS valid FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
     WHERE x.relnamespace = 'm_polls'::regnamespace AND x.relname <> '_prisma_migrations_pkey' ORDER BY 1`,
  );
  return rows.map(({ name, valid }) => (valid ? name : `${name} (invalid)`));
};

test("an install builds every index inside its transaction", async () => {
  const { deferred } = await install([first, second]);
  expect(deferred).toEqual([]);
  expect(await indexes()).toEqual(["at_once", "later", "named", "with_its_table"]);
  expect(await modules.buildIndexes({ module, migrations: [first, second] })).toEqual([]);
});

test("an upgrade leaves an index on an older table until after its commit, and shows it in the plan", async () => {
  await install([first]);
  const preview = await modules.preview({
    module,
    migrations: [first, second],
    extensions: [],
    applied: ["1"],
  });
  expect(preview.deferred).toEqual([
    {
      migration: "2",
      line: 2,
      index: "later",
      table: "big",
      sql: 'CREATE INDEX CONCURRENTLY "later" ON "m_polls"."big" (t)',
    },
  ]);
  const { deferred } = await install([first, second]);
  expect(deferred).toEqual(preview.deferred);
  expect(await indexes()).toEqual(["at_once", "named", "with_its_table"]);

  const seen: IndexProgress[] = [];
  const building = modules.buildIndexes({
    module,
    migrations: [first, second],
    onProgress: (progress) => seen.push(progress),
  });
  await asRuntime(modules, (client) => client.query("INSERT INTO big VALUES (0, 'while building')"));
  expect(await building).toEqual(["later"]);
  expect(await indexes()).toContain("later");
  for (const progress of seen) expect(progress.index).toBe("later");
});

test("an index that rows forbid is reported, and built once they are right", async () => {
  const unique: MigrationFile = { name: "2", sql: "CREATE UNIQUE INDEX CONCURRENTLY once ON big (t)" };
  await install([first]);
  await asRuntime(modules, (client) => client.query("INSERT INTO big SELECT 0, t FROM big WHERE id = 7"));
  await install([first, unique]);
  const error = await failure(modules.buildIndexes({ module, migrations: [first, unique] }));
  expect(error).toMatchObject({
    code: "MIGRATION_FAILED",
    details: { index: "once", migration: "2", line: 1 },
  });
  expect(await indexes()).toEqual(["at_once", "once (invalid)"]);
  await asRuntime(modules, (client) => client.query("DELETE FROM big WHERE id = 0"));
  expect(await modules.buildIndexes({ module, migrations: [first, unique] })).toEqual(["once"]);
  expect(await indexes()).toEqual(["at_once", "once"]);
});
