import { afterAll, afterEach, describe, expect, test } from "vitest";
import { extensionsOfHistories as extensions, histories } from "../testing/histories.ts";
import {
  asRuntime,
  asSuperuser,
  createModestWorld,
  failure,
  fingerprintOf,
  installHistory,
  place,
  twoTables,
} from "../testing/worlds.ts";
import type { MigrationFile } from "../types.ts";

const world = await createModestWorld();
const { modules } = world;
afterEach(() => modules.drop(place));
afterAll(() => world.end());

const install = (migrations: MigrationFile[]) => installHistory(modules, migrations, extensions);
const upgrade = (migrations: MigrationFile[]) => modules.runHistory({ place, migrations, extensions });
const look = () => fingerprintOf(world);
const objects = async () => (await look()).filter((line) => !line.startsWith("rows "));
const find = (to: MigrationFile[], from: MigrationFile[]) =>
  modules.findReverseMigration({ place, extensions, from, to });
const poll = twoTables.slice(0, 1);
const added: MigrationFile = {
  name: "3_more",
  sql: `ALTER TABLE "Poll" ADD COLUMN note text, ADD COLUMN open boolean NOT NULL DEFAULT true;
        CREATE TABLE tag (id serial PRIMARY KEY, poll int NOT NULL REFERENCES "Poll", name text);
        CREATE INDEX tag_poll ON tag (poll); CREATE INDEX poll_lower ON "Poll" (lower(title)) WHERE open;
        CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.note := coalesce(NEW.note, ''); RETURN NEW; END $$;
        CREATE TRIGGER stamped BEFORE UPDATE ON "Poll" FOR EACH ROW EXECUTE FUNCTION stamp();
        CREATE VIEW open_polls AS SELECT id, note FROM "Poll" WHERE open; COMMENT ON TABLE "Poll" IS 'asked';
        ALTER TYPE "Kind" ADD VALUE 'c';`,
};

describe.each(histories)("the history of $name", ({ migrations }) => {
  test("goes back over ten of its migrations to exactly the objects there were", async () => {
    const to = migrations.slice(0, 40);
    await install(to);
    const before = await objects();
    const from = migrations.slice(0, 50);
    await upgrade(from);
    const { way, reason } = await find(to, from);
    if (way === null) throw new Error(reason);
    await (await modules.runReverseMigration({ place, way })).commit();
    expect(await objects()).toEqual(before);
    expect(await modules.appliedMigrations(place)).toEqual(to.map(({ name }) => name));
  }, 60_000);
});

test("what was added goes with what is in it, in rows; what was there before and since stays", async () => {
  await install(poll);
  const before = await objects();
  await upgrade([...poll, added]);
  await asRuntime(modules, (client) =>
    client.query(
      `INSERT INTO "Poll"(title, note, open) VALUES ('since', 'n', false), ('too', NULL, true); INSERT INTO tag(poll, name) VALUES (1, 'x')`,
    ),
  );
  const answer = await find(poll, [...poll, added]);
  if (!answer.way) throw new Error(answer.reason);
  expect(answer.way.by).toBe("graft");
  expect(answer.lost).toEqual([
    { kind: "table", name: "tag", rows: 1 },
    { kind: "column", name: '"Poll".note', rows: 1 },
    { kind: "column", name: '"Poll".open', rows: 1 },
  ]);
  const untouched = await look();
  await (await modules.runReverseMigration({ place, way: answer.way })).rollback();
  expect(await look()).toEqual(untouched);
  await (await modules.runReverseMigration({ place, way: answer.way })).commit();
  // After a crash it is done again, and nothing is left to do.
  await (await modules.runReverseMigration({ place, way: answer.way })).commit();
  expect(await objects()).toEqual(before);
  await asRuntime(modules, async (client) => {
    const { rows } = await client.query('SELECT title FROM "Poll" ORDER BY id');
    expect(rows.map(({ title }) => title)).toEqual(["since", "too"]);
  });
  await upgrade([...poll, added]);
  // Nothing is left of what it was tried in.
  const { rows } = await world.owner.db.pool.query(
    "SELECT FROM pg_database WHERE datname LIKE 'm\\_\\_%\\_trial\\_%' AND datname LIKE $1",
    [`%${modules.nameOf(place).split("_")[2]}%`],
  );
  expect(rows).toEqual([]);
});

test("what was renamed is called as before, with the rows written since", async () => {
  const renamed: MigrationFile = {
    name: "3_renamed",
    sql: `ALTER TABLE "Poll" RENAME TO survey; ALTER TABLE survey RENAME COLUMN title TO question;
          ALTER TABLE survey ADD COLUMN note text; ALTER TABLE survey RENAME note TO remark;
          ALTER TYPE "Kind" RENAME VALUE 'a' TO 'first'; ALTER TYPE "Kind" RENAME TO sort;
          CREATE TYPE sort_new AS ENUM ('x'); ALTER TYPE sort_new RENAME TO sort_newer; DROP TYPE sort_newer;`,
  };
  await install(poll);
  const before = await objects();
  await upgrade([...poll, renamed]);
  await asRuntime(modules, (client) =>
    client.query(`INSERT INTO survey(question, remark, kind) VALUES ('since', 'n', 'first')`),
  );
  const answer = await find(poll, [...poll, renamed]);
  if (!answer.way) throw new Error(answer.reason);
  const { way } = answer;
  expect(answer.lost).toEqual([{ kind: "column", name: "survey.remark", rows: 1 }]);
  expect(way.scripts[0]?.sql.split("\n").filter(Boolean)).toEqual([
    `ALTER TABLE "public"."survey" RENAME TO "Poll";`,
    `ALTER TYPE "public"."sort" RENAME TO "Kind";`,
    `ALTER TABLE "public"."Poll" RENAME COLUMN "question" TO "title";`,
    `ALTER TYPE "public"."Kind" RENAME VALUE 'first' TO 'a';`,
  ]);
  await (await modules.runReverseMigration({ place, way })).commit();
  expect(await objects()).toEqual(before);
  await asRuntime(modules, async (client) => {
    const { rows } = await client.query('SELECT title, kind FROM "Poll"');
    expect(rows).toContainEqual({ title: "since", kind: "a" });
  });
});

test("a row in an enum's value that the older version does not know keeps it from coming back", async () => {
  await install([...poll, added]);
  await asRuntime(modules, (client) => client.query(`INSERT INTO "Poll"(title, kind) VALUES ('x', 'c')`));
  expect((await find(poll, [...poll, added])).reason).toContain('"Poll".kind');
});

test("what Prisma's schema has no word for comes back: domains, collations, storage, row security, rows of a materialised view", async () => {
  const seen: MigrationFile = {
    name: "3_seen",
    sql: `CREATE MATERIALIZED VIEW titles AS SELECT title FROM "Poll"; CREATE VIEW kinds AS SELECT kind, title FROM "Poll";
          CREATE TABLE plain (note text, data text);`,
  };
  const changed: MigrationFile = {
    name: "4_changed",
    sql: `DROP MATERIALIZED VIEW titles; DROP VIEW kinds;
          CREATE DOMAIN heading AS text CHECK (VALUE <> ''); CREATE COLLATION german (provider = icu, locale = 'de');
          ALTER TABLE "Poll" ALTER COLUMN title TYPE heading; ALTER TABLE plain ALTER COLUMN note TYPE text COLLATE german;
          CREATE VIEW kinds AS SELECT kind, title FROM "Poll";
          CREATE MATERIALIZED VIEW titles AS SELECT title || '!' AS title FROM "Poll";
          ALTER TABLE plain ALTER COLUMN data SET STORAGE EXTERNAL, ALTER COLUMN data SET STATISTICS 500;
          ALTER TABLE plain SET (fillfactor = 80); ALTER TABLE plain REPLICA IDENTITY FULL;
          ALTER TABLE "Poll" CLUSTER ON "Poll_pkey"; ALTER TABLE plain ENABLE ROW LEVEL SECURITY;
          CREATE POLICY everybody ON plain USING (true);
          ALTER TABLE plain ADD COLUMN extra json DEFAULT '{}', ADD COLUMN pair hstore DEFAULT '';`,
  };
  const to = [...twoTables, seen];
  await install(to);
  const before = await objects();
  await upgrade([...to, changed]);
  await asRuntime(modules, (client) =>
    client.query(
      `INSERT INTO plain(extra) VALUES ('{}'), ('{"a": 1}'); UPDATE "Poll" SET title = 'mine' WHERE id = 1`,
    ),
  );
  const answer = await find(to, [...to, changed]);
  if (!answer.way) throw new Error(answer.reason);
  expect(answer.lost).toEqual([
    { kind: "column", name: "plain.extra", rows: 1 },
    { kind: "column", name: "plain.pair", rows: 0 },
  ]);
  await (await modules.runReverseMigration({ place, way: answer.way })).commit();
  expect(await objects()).toEqual(before);
  const { rows } = await asSuperuser(world, (client) => client.query("SELECT title FROM titles ORDER BY 1"));
  expect(rows.map(({ title }) => title)).toEqual(["mine", "y"]);
});

test("the author's down.sql is used where each newer migration has one, and refused what migrations are refused", async () => {
  const down = "ALTER TABLE vote DROP COLUMN weight;";
  const weighted = { name: "3_weight", sql: "ALTER TABLE vote ADD COLUMN weight int;", down };
  await install([...twoTables, weighted]);
  const { way } = await find(twoTables, [...twoTables, weighted]);
  expect(way?.by).toBe("author");
  expect(way?.scripts).toEqual([{ name: "3_weight/down.sql", sql: down }]);
  const leaving = { ...weighted, down: `${down} DROP ROLE postgres;` };
  expect((await find(twoTables, [...twoTables, leaving])).way?.by).toBe("graft");
  const wrong = { ...weighted, down: "ALTER TABLE vote DROP COLUMN poll;" };
  expect((await find(twoTables, [...twoTables, wrong])).way?.by).toBe("graft");
});

test("tables that somebody changed by hand are not gone back from, and a way that ends elsewhere leaves nothing", async () => {
  await install([...poll, added]);
  const { way } = await find(poll, [...poll, added]);
  if (!way) throw new Error("no way");
  const before = await look();
  const authors = { ...way, by: "author" as const, structure: "another" };
  for (const wrong of [authors, { ...way, from: "another" }]) {
    const error = await failure(modules.runReverseMigration({ place, way: wrong }));
    expect(error.code).toBe("MIGRATION_FAILED");
    expect(await look()).toEqual(before);
  }
  await asSuperuser(world, (client) => client.query('ALTER TABLE "Poll" ADD COLUMN mine int'));
  expect((await find(poll, [...poll, added])).reason).toContain("not as its migrations made them");
});

test.each([
  ["fails", "RAISE 'not here'"],
  ["ends its own session", "PERFORM pg_terminate_backend(pg_backend_pid())"],
])("a migration that %s where ways are tried keeps nobody from planning", async (_, does) => {
  const sql = `DO $$ BEGIN IF current_database() LIKE '%trial%' THEN ${does}; END IF; END $$`;
  const from = [...poll, { name: "3_hostile", sql }];
  await install(from);
  const { way, reason } = await find(poll, from);
  expect(way).toBeNull();
  expect(reason).toMatch(/its versions cannot be built to try it/);
});

test("what was dropped comes back, and that nothing from before is in it is told", async () => {
  const had = {
    name: "2_had",
    sql: `ALTER TABLE "Poll" ADD note text, ADD open boolean NOT NULL DEFAULT true; CREATE TABLE tag (x int)`,
  };
  const gone = { name: "3_gone", sql: `ALTER TABLE "Poll" DROP note, DROP open; DROP TABLE tag` };
  await install([...poll, had]);
  await asRuntime(modules, (client) => client.query(`INSERT INTO "Poll"(title, note) VALUES ('x', 'n')`));
  await upgrade([...poll, had, gone]);
  const { way, emptied } = { emptied: [], ...(await find([...poll, had], [...poll, had, gone])) };
  expect(way).not.toBeNull();
  expect(emptied).toEqual([
    { kind: "table", name: "tag", rows: 0 },
    { kind: "column", name: '"Poll".note', rows: 1 },
    { kind: "column", name: '"Poll".open', rows: 1 },
  ]);
});

test("a table that was divided into partitions has no way back, and the reason says so", async () => {
  const had = { name: "2_log", sql: "CREATE TABLE log (at date)" };
  const divided = {
    name: "3_divided",
    sql: `ALTER TABLE log RENAME TO before; CREATE TABLE log (at date) PARTITION BY RANGE (at);
          CREATE TABLE log_all PARTITION OF log DEFAULT; INSERT INTO log SELECT * FROM before; DROP TABLE before`,
  };
  await install([...poll, had, divided]);
  const { way, reason } = await find([...poll, had], [...poll, had, divided]);
  expect(way).toBeNull();
  expect(reason).toContain("public.log is divided into partitions in one of the versions alone");
});
