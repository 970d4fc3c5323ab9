import { expect, test } from "vitest";
import { noFacts } from "./facts.ts";
import { judgeScripts } from "./judge-scripts.ts";
import { whyNotInOneTransaction } from "./share-transaction.ts";

const granted = { extensions: [], trusted: new Set<string>(), forbiddenParameters: new Set<string>() };

/** Each text a migration of its own, called 1, 2, … */
async function reasons(files: string[], facts = noFacts): Promise<string[]> {
  const scripts = await judgeScripts(
    files.map((sql, i) => ({ name: `${i + 1}`, sql })),
    granted,
  );
  return whyNotInOneTransaction(scripts, facts).map(
    ({ migration, line, reason }) => `${migration}:${line} ${reason}`,
  );
}

const alone: [sql: string, reason: string][] = [
  ["BEGIN; SELECT 1; COMMIT", "begins or ends a transaction itself"],
  ["SAVEPOINT a", "begins or ends a transaction itself"],
  ["VACUUM t", "vacuums, which no transaction may"],
  ["DISCARD ALL", "discards its session"],
  ["CREATE INDEX CONCURRENTLY i ON t (a)", "works concurrently, which no transaction may"],
  ["DROP INDEX CONCURRENTLY i", "works concurrently, which no transaction may"],
  ["REINDEX INDEX CONCURRENTLY i", "works concurrently, which no transaction may"],
  ["REINDEX (CONCURRENTLY) TABLE t", "works concurrently, which no transaction may"],
  ["ALTER TABLE t DETACH PARTITION p CONCURRENTLY", "works concurrently, which no transaction may"],
  ["REINDEX SCHEMA public", "builds every index anew, which no transaction may"],
  ["REINDEX DATABASE graft", "builds every index anew, which no transaction may"],
  ["CLUSTER", "clusters every table, which no transaction may"],
  ["REINDEX TABLE parted", "builds the indexes of a partitioned table anew, which no transaction may"],
  ["CLUSTER parted USING i", "clusters a partitioned table, which no transaction may"],
  ["CALL p()", "calls a procedure, which may commit"],
  ["DO $$ BEGIN UPDATE t SET a = 1; COMMIT; END $$", "commits in a block"],
  ["DO $$ BEGIN CALL p(); END $$", "calls a procedure, which may commit"],
  ["SET CONSTRAINTS ALL DEFERRED", "sets when constraints are checked, until its transaction ends"],
  ["SET LOCAL work_mem = '1MB'", "sets something until its transaction ends"],
  ["SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", "sets something until its transaction ends"],
];
const partitioned = { ...noFacts, partitioned: new Set(["parted"]) };

test.each(alone)("%s keeps a migration out of a shared transaction", async (sql, reason) => {
  expect(await reasons([`SELECT 1;\n${sql}`], partitioned)).toContain(`1:2 ${reason}`);
});

const together: [sql: string][] = [
  ["CREATE TABLE t (id int); ALTER TABLE t ADD a int; CREATE INDEX i ON t (a); INSERT INTO t VALUES (1)"],
  ["CREATE VIEW v AS SELECT 1; COMMENT ON VIEW v IS 'x'; DROP VIEW v"],
  ["DO $$ BEGIN IF true THEN UPDATE t SET a = 1; END IF; END $$"],
  ["CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$"],
  ["SET search_path = public; SET work_mem = '1MB'; RESET ALL"],
  [
    "ANALYZE; ANALYZE t; REINDEX TABLE t; CLUSTER t USING i; REFRESH MATERIALIZED VIEW m; REFRESH MATERIALIZED VIEW CONCURRENTLY m",
  ],
  ["ALTER TYPE k ADD VALUE 'x'"],
  ["CREATE TYPE k AS ENUM ('a'); ALTER TYPE k ADD VALUE 'b'; CREATE TABLE t (k k DEFAULT 'b')"],
  ["INSERT INTO t VALUES ('COMMIT'); SELECT 'VACUUM' -- BEGIN"],
  ["CREATE TEMP TABLE x AS SELECT 1"],
  ["SELECT set_config('work_mem', '1MB', false), pg_advisory_xact_lock(1); LOCK TABLE t"],
];
test.each(together)("what may share a transaction: %s", async (sql) => {
  expect(await reasons([sql])).toEqual([]);
});

test("a temporary table is nobody else's only where nobody comes after", async () => {
  for (const sql of [
    "CREATE TEMP TABLE x (id int)",
    "CREATE TEMPORARY TABLE x ON COMMIT DROP AS SELECT 1",
    "SELECT 1 INTO TEMP x",
    "CREATE TEMP VIEW x AS SELECT 1",
    "CREATE TEMP SEQUENCE x",
  ])
    expect(await reasons([sql, "SELECT 1"])).toEqual([
      "1:1 makes a temporary table, which may end with its transaction",
    ]);
});

test("rows that are checked at the end of their transaction keep those after them out", async () => {
  const insert = "INSERT INTO b VALUES (1)";
  expect(await reasons([insert, "ALTER TABLE b ADD n int"])).toEqual([]);
  const checked = "writes rows that are checked when its transaction ends";
  expect(await reasons([insert, "ALTER TABLE b ADD n int"], { ...noFacts, deferred: true })).toEqual([
    `1:1 ${checked}`,
  ]);
  const made = "CREATE TABLE b (a int REFERENCES a DEFERRABLE INITIALLY DEFERRED)";
  expect(await reasons([made, insert, "ALTER TABLE b ADD n int"])).toEqual([`2:1 ${checked}`]);
  expect(await reasons([`${made};\n${insert}`, "ALTER TABLE b ADD n int"])).toEqual([`1:2 ${checked}`]);
});

const added = "adds a value to an enum, which";
test.each([
  ["a literal", ["ALTER TYPE k ADD VALUE 'x'", "UPDATE t SET k = 'x'"], [`1:1 ${added} 2 uses`]],
  ["the same file", ["ALTER TYPE k ADD VALUE 'x';\nUPDATE t SET k = 'x'"], [`1:1 ${added} 1 uses`]],
  [
    "a body",
    ["ALTER TYPE k ADD VALUE 'x'", "DO $$ BEGIN UPDATE t SET k = 'x'; END $$"],
    [`1:1 ${added} 2 uses`],
  ],
  [
    "an escaped literal",
    ["ALTER TYPE k ADD VALUE 'it''s'", "UPDATE t SET k = E'it\\'s'"],
    [`1:1 ${added} 2 uses`],
  ],
  [
    "an array's literal",
    ["ALTER TYPE k ADD VALUE 'x'", "UPDATE t SET ks = '{a,x}'"],
    [`1:1 ${added} 2 uses`],
  ],
  [
    "a block that adds it",
    ["DO $$ BEGIN ALTER TYPE k ADD VALUE 'x'; END $$", "UPDATE t SET k = 'x'"],
    [`1:1 ${added} 2 uses`],
  ],
  [
    "whatever a column holds",
    ["ALTER TYPE k ADD VALUE 'x'", "UPDATE t SET k = name::k"],
    [`1:1 ${added} 2 uses`],
  ],
  [
    "all values of the type",
    ["ALTER TYPE k ADD VALUE 'x'", "INSERT INTO t SELECT unnest(enum_range(NULL::k))"],
    [`1:1 ${added} 2 uses`],
  ],
  [
    "a column of the type alone",
    ["ALTER TYPE k ADD VALUE 'x'", "CREATE TABLE u (k k NOT NULL, s text DEFAULT 'extra')"],
    [],
  ],
  ["another value of the type", ["ALTER TYPE k ADD VALUE 'x'; ALTER TYPE k ADD VALUE 'y' AFTER 'x'"], []],
  ["nobody", ["ALTER TYPE k ADD VALUE 'x'", "UPDATE t SET k = 'y'"], []],
  [
    "a type that was made before",
    ["CREATE TYPE k AS ENUM ('a')", "ALTER TYPE k ADD VALUE 'x'", "UPDATE t SET k = 'x'"],
    [],
  ],
  [
    "a type that a block made, whose subtransaction PostgreSQL does not remember",
    [
      "DO $$ BEGIN CREATE TYPE k AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN null; END $$",
      "ALTER TYPE k ADD VALUE 'x'",
      "CREATE TABLE t (k k DEFAULT 'x')",
    ],
    [`2:1 ${added} 3 uses`],
  ],
  ["a value that was only renamed", ["ALTER TYPE k RENAME VALUE 'a' TO 'x'", "UPDATE t SET k = 'x'"], []],
])("a new value of an enum that is used by %s", async (_, files, expected) => {
  expect(await reasons(files)).toEqual(expected);
});
