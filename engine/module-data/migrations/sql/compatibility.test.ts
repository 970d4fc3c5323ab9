import { expect, test } from "vitest";
import { judgeCompatibility } from "./compatibility.ts";
import { findDestructive } from "./destructive.ts";
import { type Facts, noFacts } from "./facts.ts";
import { judgeScripts } from "./judge-scripts.ts";

const granted = { extensions: [], trusted: new Set<string>(), forbiddenParameters: new Set<string>() };

const facts: Facts = {
  columns: new Map([
    ["t.must", { type: "int4", typmod: -1, notNull: true }],
    ["t.name", { type: "varchar", typmod: 24, notNull: false }],
    ["t.price", { type: "numeric", typmod: ((10 << 16) | 2) + 4, notNull: false }],
    ["t.code", { type: "bpchar", typmod: 14, notNull: false }],
  ]),
  uniqueIndexes: new Set(["t_name_key"]),
  indexTables: new Map([["t_name_key", "t"]]),
  volatile: new Set(["gen_random_uuid", "my_own"]),
  deferred: false,
  partitioned: new Set(),
};

async function judge(sql: string, known = facts) {
  const scripts = await judgeScripts([{ name: "2_next", sql }], granted);
  const { breaking, slow } = judgeCompatibility(scripts, false, known);
  const reasons = (verdicts: { reason: string }[]) => verdicts.map(({ reason }) => reason);
  return {
    breaking: reasons(breaking),
    slow: reasons(slow),
    destructive: reasons(findDestructive(scripts, false, known)),
  };
}

const nothing = { breaking: [], slow: [], destructive: [] };

test.each([
  [
    "a new table and what is done to it",
    "CREATE TABLE n (id int); ALTER TABLE n ADD CONSTRAINT c CHECK (id > 0); CREATE UNIQUE INDEX ON n (id); UPDATE n SET id = 1; DELETE FROM n; TRUNCATE n; DROP TABLE n;",
  ],
  ["a new column that may be empty", "ALTER TABLE t ADD COLUMN a text;"],
  ["a new column with a default", "ALTER TABLE t ADD COLUMN a text NOT NULL DEFAULT '';"],
  ["a new column with the time as default", "ALTER TABLE t ADD COLUMN a timestamptz NOT NULL DEFAULT now();"],
  ["a new column that refers to another table", "ALTER TABLE t ADD COLUMN a int REFERENCES u(id);"],
  ["a new virtual column", "ALTER TABLE t ADD COLUMN a int GENERATED ALWAYS AS (must + 1) VIRTUAL;"],
  ["a new view, function and enum value", "CREATE VIEW v AS SELECT 1; ALTER TYPE e ADD VALUE 'x';"],
  [
    "a new schema and extension that go again",
    "CREATE SCHEMA s; CREATE TABLE s.t (id int); ALTER TABLE s.t SET SCHEMA public; DROP SCHEMA s CASCADE; CREATE EXTENSION citext; DROP EXTENSION citext CASCADE;",
  ],
  [
    "a new enum, domain and view that go again",
    "CREATE TYPE e AS ENUM ('a'); ALTER TYPE e RENAME VALUE 'a' TO 'b'; CREATE DOMAIN d AS int; ALTER DOMAIN d ADD CHECK (value > 0); CREATE VIEW v AS SELECT 1; DROP VIEW v; DROP DOMAIN d; DROP TYPE e;",
  ],
  ["a wider varchar", "ALTER TABLE t ALTER COLUMN name TYPE varchar(40);"],
  ["text for varchar", "ALTER TABLE t ALTER COLUMN name TYPE text;"],
  ["more digits before the point", "ALTER TABLE t ALTER COLUMN price TYPE numeric(12, 2);"],
  ["NOT NULL where it is so already", "ALTER TABLE t ALTER COLUMN must SET NOT NULL;"],
  [
    "a new name for an index or a constraint",
    "ALTER INDEX i RENAME TO j; ALTER TABLE t RENAME CONSTRAINT c TO d;",
  ],
  ["an index that is not unique and goes", "DROP INDEX t_other_idx;"],
])("%s is something the running version can live with", async (_, sql) => {
  expect(await judge(sql)).toEqual(nothing);
});

// The names are squawk's rules (https://squawkhq.com/docs/rules), where it has one.
test.each([
  ["ban-drop-table", "DROP TABLE t;", "drops t, which the running version may use"],
  ["ban-drop-column", "ALTER TABLE t DROP COLUMN a;", "drops t.a, which the running version may use"],
  ["renaming-column", "ALTER TABLE t RENAME COLUMN a TO b;", "renames t.a to b"],
  ["renaming-table", "ALTER TABLE t RENAME TO u;", "renames t to u"],
  ["a renamed type", "ALTER TYPE kind RENAME TO sort;", "renames kind to sort"],
  ["a schema that goes", "DROP SCHEMA s;", "drops the schema s, which the running version may use"],
  ["an extension that goes", "DROP EXTENSION citext;", "drops citext, which the running version may use"],
  ["a sequence that goes", "DROP SEQUENCE s;", "drops s, which the running version may use"],
  ["a table that moves", "ALTER TABLE t SET SCHEMA s;", "moves t to the schema s"],
  ["a type that moves", "ALTER TYPE kind SET SCHEMA s;", "moves kind to the schema s"],
  [
    "an identity that goes",
    "ALTER TABLE t ALTER COLUMN a DROP IDENTITY;",
    "t.a gets no value of its own any more; the running version may leave it out",
  ],
  ["a renamed value", "ALTER TYPE kind RENAME VALUE 'a' TO 'b';", "renames the value a of kind to b"],
  ["a dropped function", "DROP FUNCTION f(int);", "drops f, which the running version may use"],
  [
    "adding-required-field",
    "ALTER TABLE t ADD COLUMN a text NOT NULL;",
    "adds t.a, which must be given and has no default",
  ],
  [
    "ban-drop-not-null",
    "ALTER TABLE t ALTER COLUMN a DROP NOT NULL;",
    "t.a may be empty from now on; the running version may not expect that",
  ],
  [
    "a default that goes",
    "ALTER TABLE t ALTER COLUMN must DROP DEFAULT;",
    "t.must has no default any more; the running version may leave it out",
  ],
  [
    "a unique index that goes",
    "DROP INDEX t_name_key;",
    "drops the unique index t_name_key, which upserts of the running version may name",
  ],
  [
    "a unique constraint that goes",
    "ALTER TABLE t DROP CONSTRAINT t_name_key;",
    "drops the unique constraint t_name_key, which upserts of the running version may name",
  ],
  [
    "constraint NOT VALID",
    "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;",
    "adds a rule to t that the running version may not keep",
  ],
  [
    "unique constraint on an index that exists",
    "ALTER TABLE t ADD CONSTRAINT c UNIQUE USING INDEX i;",
    "makes values of t unique; the running version may write doubles",
  ],
  ["ban-truncate-cascade", "TRUNCATE t;", "empties t, which is in use"],
  [
    "SQL that is put together",
    "DO $$ BEGIN EXECUTE 'DROP ' || 'TABLE t'; END $$;",
    "runs SQL that is put together while it runs",
  ],
])("%s breaks the running version and holds up nobody for long: %s", async (_, sql, reason) => {
  expect(await judge(sql)).toMatchObject({ breaking: [reason], slow: [] });
});

test.each([
  ["changing-column-type", "ALTER TABLE t ALTER a TYPE bigint;", "rewrites t to change the type of t.a"],
  [
    "a narrower varchar",
    "ALTER TABLE t ALTER name TYPE varchar(10);",
    "rewrites t to change the type of t.name",
  ],
  ["text for char", "ALTER TABLE t ALTER code TYPE text;", "rewrites t to change the type of t.code"],
  [
    "a type change with USING",
    "ALTER TABLE t ALTER name TYPE text USING lower(name);",
    "rewrites t to change the type of t.name",
  ],
  ["adding-not-nullable-field", "ALTER TABLE t ALTER a SET NOT NULL;", "reads all of t to check t.a"],
  [
    "constraint-missing-not-valid",
    "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0);",
    "reads all of t to check the new rule",
  ],
  [
    "adding-foreign-key-constraint",
    "ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES u(id);",
    "reads all of t to check the new rule, while writes to it and to u wait",
  ],
  [
    "disallowed-unique-constraint",
    "ALTER TABLE t ADD CONSTRAINT c UNIQUE (a);",
    "builds an index on t while it cannot be used",
  ],
  ["a primary key", "ALTER TABLE t ADD PRIMARY KEY (a);", "builds an index on t while it cannot be used"],
  ["a unique index", "CREATE UNIQUE INDEX i ON t (a);", "builds an index on t while writes to it wait"],
  [
    "a rule of a domain",
    "ALTER DOMAIN d ADD CONSTRAINT c CHECK (value > 0);",
    "reads every table that uses d to check the new rule",
  ],
])("%s breaks the running version and is slow: %s", async (_, sql, reason) => {
  const { breaking, slow } = await judge(sql);
  expect(breaking).toHaveLength(1);
  expect(slow).toEqual([reason]);
});

test.each([
  [
    "require-concurrent-index-creation",
    "CREATE INDEX i ON t (a);",
    "builds an index on t while writes to it wait",
  ],
  [
    "adding-field-with-default, volatile",
    "ALTER TABLE t ADD COLUMN a uuid NOT NULL DEFAULT gen_random_uuid();",
    "rewrites t to give each row its own t.a",
  ],
  [
    "a default of the module's own function",
    "ALTER TABLE t ADD COLUMN a int DEFAULT my_own();",
    "rewrites t to give each row its own t.a",
  ],
  ["adding-serial", "ALTER TABLE t ADD COLUMN a serial;", "rewrites t to give each row its own t.a"],
  [
    "a new identity column",
    "ALTER TABLE t ADD COLUMN a int GENERATED BY DEFAULT AS IDENTITY;",
    "rewrites t to give each row its own t.a",
  ],
  [
    "a stored generated column",
    "ALTER TABLE t ADD COLUMN a int GENERATED ALWAYS AS (must + 1) STORED;",
    "rewrites t to give each row its own t.a",
  ],
  ["a column with a check", "ALTER TABLE t ADD COLUMN a int CHECK (a > 0);", "reads all of t to check t.a"],
  [
    "a unique column",
    "ALTER TABLE t ADD COLUMN a int UNIQUE;",
    "builds an index on t while it cannot be used",
  ],
  ["validating a constraint", "ALTER TABLE t VALIDATE CONSTRAINT c;", "reads all of t to check c"],
  ["an update", "UPDATE t SET a = 1;", "rewrites rows of t"],
  ["another storage", "ALTER TABLE t SET UNLOGGED;", "writes all of t anew"],
  ["clustering", "CLUSTER t USING i;", "writes all of t anew while it cannot be used"],
  ["reindexing", "REINDEX TABLE t;", "builds the indexes of t anew"],
])("%s is slow, and the running version can live with it: %s", async (_, sql, reason) => {
  expect(await judge(sql)).toEqual({ ...nothing, slow: [reason] });
});

test("what stands inside a DO block is judged as if it stood outside, with its own line", async () => {
  const sql = "SELECT 1;\nDO $$\nBEGIN\n  ALTER TABLE t DROP COLUMN a;\n  UPDATE t SET must = 2;\nEND $$;";
  const scripts = await judgeScripts([{ name: "2_next", sql }], granted);
  const { breaking, slow } = judgeCompatibility(scripts, false);
  expect(breaking).toMatchObject([{ migration: "2_next", line: 4, table: "t" }]);
  expect(slow).toMatchObject([{ line: 5, reason: "rewrites rows of t" }]);
  expect(findDestructive(scripts, false)).toMatchObject([{ line: 4, table: "t", column: "a" }]);
});

test("each verdict names its migration, line and statement", async () => {
  const sql = "SELECT 1;\n\n  ALTER TABLE t ALTER COLUMN a\n    TYPE bigint;";
  const scripts = await judgeScripts([{ name: "7_wider", sql }], granted);
  const place = { migration: "7_wider", line: 3, statement: expect.stringMatching(/^ALTER TABLE t ALTER/) };
  const { breaking, slow } = judgeCompatibility(scripts, false);
  expect([breaking, slow]).toMatchObject([[place], [place]]);
});

test("without the catalogues every change of a type counts, and a unique index is not known", async () => {
  expect(await judge("ALTER TABLE t ALTER name TYPE text;", noFacts)).toMatchObject({
    breaking: ["changes the type of t.name"],
  });
  expect(await judge("DROP INDEX t_name_key;", noFacts)).toEqual(nothing);
});
