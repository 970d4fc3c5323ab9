import { describeEveryday, type Everyday } from "../../testing/everyday.ts";

const tables =
  "CREATE TABLE person (id int PRIMARY KEY, name text); CREATE TABLE label (name text); INSERT INTO person VALUES (1, 'a'), (2, 'b');";
const moved = (create: string, id: number) =>
  `${create} AS SELECT name FROM person WHERE id = ${id}; INSERT INTO label SELECT name FROM moved;`;
const parents =
  "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a DEFERRABLE);";
const deferred =
  "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a DEFERRABLE INITIALLY DEFERRED);";
const tasks =
  "CREATE TABLE task (id int PRIMARY KEY, n int); INSERT INTO task SELECT g FROM generate_series(1, 10) g;";
const one = "INSERT INTO person VALUES (3, 'c')";

/** What ends with a migration's transaction or session must not reach the next migration. */
const histories: Everyday[] = [
  {
    title: "temporary tables of one name that end with their transaction",
    files: [
      tables,
      moved("CREATE TEMP TABLE moved ON COMMIT DROP", 1),
      moved("CREATE TEMP TABLE moved ON COMMIT DROP", 2),
    ],
    installed: 1,
    rows: one,
    copied: /temporary table/,
  },
  {
    title: "temporary tables that are made only where they are missing",
    files: [
      tables,
      moved("CREATE TEMP TABLE IF NOT EXISTS moved ON COMMIT DROP", 1),
      moved("CREATE TEMP TABLE IF NOT EXISTS moved ON COMMIT DROP", 2),
    ],
    installed: 1,
    rows: one,
    copied: /temporary table/,
  },
  {
    title: "temporary tables that nobody drops",
    files: [tables, moved("CREATE TEMPORARY TABLE moved", 1), moved("CREATE TEMPORARY TABLE moved", 2)],
    installed: 1,
    rows: one,
    copied: /temporary table/,
  },
  {
    title: "a temporary view before a table of its name",
    files: [
      tables,
      "CREATE TEMP VIEW shown AS SELECT 1 AS x;",
      "CREATE TABLE shown (id int); INSERT INTO shown VALUES (1);",
    ],
    installed: 1,
    copied: /temporary table/,
  },
  {
    title: "temporary tables of a last migration",
    files: [tables, moved("CREATE TEMP TABLE moved ON COMMIT DROP", 1)],
    installed: 1,
    rows: one,
  },
  {
    title: "rows that are checked at the end, and then another column",
    files: [
      `${deferred}INSERT INTO b VALUES (1, 1); INSERT INTO a VALUES (1);`,
      "ALTER TABLE b ADD COLUMN note text;",
    ],
  },
  {
    title: "rows that are checked at the end, written by an upgrade",
    files: [
      deferred,
      "INSERT INTO b VALUES (1, 1); INSERT INTO a VALUES (1);",
      "ALTER TABLE b ADD COLUMN note text;",
    ],
    installed: 1,
    copied: /checked when its transaction ends/,
  },
  {
    title: "a deferred constraint that an upgrade makes and uses",
    files: [
      parents,
      "ALTER TABLE b ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES a DEFERRABLE INITIALLY DEFERRED;",
      "INSERT INTO b VALUES (1, 1); INSERT INTO a VALUES (1);",
      "ALTER TABLE b ADD COLUMN note text;",
    ].map((sql, i) =>
      i === 2
        ? sql.replace(
            "INSERT INTO b VALUES (1, 1); INSERT INTO a VALUES (1);",
            "INSERT INTO a VALUES (1); INSERT INTO b VALUES (1, 1);",
          )
        : sql,
    ),
    installed: 1,
    copied: /checked when its transaction ends/,
  },
  {
    title: "SET CONSTRAINTS, and then another column",
    files: [
      parents,
      "SET CONSTRAINTS ALL DEFERRED;",
      "BEGIN; SET CONSTRAINTS ALL DEFERRED; INSERT INTO b VALUES (1, 1); INSERT INTO a VALUES (1); COMMIT;",
      "ALTER TABLE b ADD COLUMN note text;",
    ],
    installed: 1,
    copied: /sets when constraints are checked/,
  },
  {
    title: "SET CONSTRAINTS in a file of several statements",
    files: [
      `${parents} SET CONSTRAINTS ALL DEFERRED; INSERT INTO b VALUES (1, 1); INSERT INTO a VALUES (1);`,
      "ALTER TABLE b ADD COLUMN note text;",
    ],
  },
  {
    title: "a search path that one file sets",
    files: [
      "CREATE SCHEMA side; SET search_path = side; CREATE TABLE first (id int);",
      "CREATE TABLE second (id int);",
      "SELECT set_config('search_path', 'side', false); CREATE TABLE third (id int);",
      "CREATE TABLE fourth (id int);",
    ],
    installed: 1,
  },
  {
    title: "settings of a session that one file changes",
    files: [
      "CREATE TABLE t (n float8, d date, s text);",
      "SET datestyle = 'German, DMY'; SET extra_float_digits = 0; INSERT INTO t VALUES (0.1, '02.03.2024', '1'::text);",
      "INSERT INTO t VALUES (0.2, '2024-03-02', current_setting('datestyle'));",
      "SET default_transaction_read_only = off; SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE;",
      "INSERT INTO t(s) VALUES (current_setting('transaction_isolation'));",
    ],
    installed: 1,
  },
  {
    title: "a setting of one transaction",
    files: [
      "CREATE TABLE t (s text);",
      "SET LOCAL datestyle = 'German, DMY'; INSERT INTO t SELECT '02.03.2024'::date::text;",
      "INSERT INTO t VALUES (current_setting('datestyle'));",
    ],
    installed: 1,
    copied: /until its transaction ends/,
  },
  {
    title: "functions with a search path of their own",
    files: [
      "CREATE SCHEMA side; CREATE TABLE side.t (id int); CREATE FUNCTION n() RETURNS bigint LANGUAGE sql SET search_path = side, pg_temp AS $$ SELECT count(*) FROM t $$;",
      "CREATE TABLE t (n bigint); INSERT INTO side.t VALUES (1), (2); INSERT INTO t SELECT n();",
    ],
    installed: 1,
  },
  {
    title: "a block that commits in batches",
    files: [
      tasks,
      "DO $$ BEGIN FOR i IN 1..10 LOOP UPDATE task SET n = i WHERE id = i; COMMIT; END LOOP; END $$;",
    ],
    installed: 1,
    rows: "INSERT INTO task VALUES (11)",
    copied: /commits in a block/,
  },
  {
    title: "a procedure that commits in batches",
    files: [
      tasks,
      "CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$ BEGIN FOR i IN 1..10 LOOP UPDATE task SET n = i WHERE id = i; COMMIT; END LOOP; END $$;",
      "CALL fill();",
    ],
    installed: 1,
    copied: /calls a procedure/,
  },
  {
    title: "transactions of their own, of every isolation",
    files: [
      tasks,
      "BEGIN ISOLATION LEVEL SERIALIZABLE; UPDATE task SET n = 1; SAVEPOINT s; UPDATE task SET n = 2; ROLLBACK TO s; COMMIT; START TRANSACTION; DELETE FROM task WHERE id = 3; ROLLBACK;",
      "ALTER TABLE task ADD COLUMN note text;",
    ],
    installed: 1,
    copied: /begins or ends a transaction/,
  },
  {
    title: "a transaction that ends halfway and goes on without one",
    files: [
      tasks,
      "BEGIN; ALTER TABLE task ADD COLUMN a int; COMMIT; ALTER TABLE task ADD COLUMN b int; UPDATE task SET b = 1;",
    ],
    installed: 1,
    copied: /begins or ends a transaction/,
  },
  {
    title: "prepared statements of one name",
    files: [
      tasks,
      "PREPARE fill (int) AS UPDATE task SET n = $1; EXECUTE fill(1);",
      "PREPARE fill (int) AS UPDATE task SET n = n + $1; EXECUTE fill(2);",
    ],
    installed: 1,
    copied: /prepares a statement/,
  },
  {
    title: "advisory locks that nobody gives back",
    files: [
      tasks,
      "SELECT pg_advisory_lock(72707369);",
      "SELECT pg_try_advisory_lock(72707369); ALTER TABLE task ADD COLUMN note text;",
    ],
    installed: 1,
  },
  {
    title: "a sequence that goes on",
    files: [
      "CREATE TABLE t (id serial PRIMARY KEY, s text); INSERT INTO t(s) VALUES ('a');",
      "INSERT INTO t(s) VALUES ('c'), ('d'); SELECT setval('t_id_seq', 100); INSERT INTO t(s) SELECT currval('t_id_seq')::text;",
    ],
    installed: 1,
    rows: "INSERT INTO t(s) VALUES ('b')",
  },
];

describeEveryday("what ends with a migration", histories);
