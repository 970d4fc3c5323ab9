import { describeEveryday, type Everyday } from "../../testing/everyday.ts";

const plans = "CREATE TABLE plan (id int PRIMARY KEY, code text NOT NULL, n int);";
const rows = "INSERT INTO plan VALUES (1, 'a'), (2, 'b')";
const unique = "CREATE UNIQUE INDEX CONCURRENTLY plan_code_key ON plan (code);";
const concurrently = /works concurrently, which no transaction may/;
const parted =
  "CREATE TABLE p (id int, at int) PARTITION BY RANGE (at); CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10); CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (10) TO (20); CREATE INDEX p_id ON p (id); INSERT INTO p VALUES (1, 1), (2, 11);";

/** What PostgreSQL runs in no transaction, and what the migration after it rests on. */
const histories: Everyday[] = [
  {
    title: "an index that is built concurrently",
    files: [plans, "CREATE INDEX CONCURRENTLY plan_n ON plan (n);"],
    installed: 1,
    rows,
    copied: concurrently,
  },
  {
    title: "one that is built where it is missing",
    files: [
      plans,
      "CREATE INDEX CONCURRENTLY IF NOT EXISTS plan_n ON plan USING hash (n);",
      "CREATE INDEX CONCURRENTLY IF NOT EXISTS plan_n ON plan (code);",
    ],
    installed: 1,
    rows,
    copied: concurrently,
  },
  {
    title: "a foreign key that refers to a unique index built concurrently",
    files: [
      plans,
      unique,
      "CREATE TABLE subscription (id int PRIMARY KEY, plan text NOT NULL REFERENCES plan (code));",
    ],
    installed: 1,
    rows,
    copied: concurrently,
  },
  {
    title: "ON CONFLICT in a block that names one",
    files: [
      plans,
      unique,
      "DO $$ BEGIN INSERT INTO plan VALUES (3, 'a') ON CONFLICT (code) DO NOTHING; END $$;",
    ],
    installed: 1,
    rows,
    copied: concurrently,
  },
  {
    title: "ON CONFLICT under WITH",
    files: [
      plans,
      unique,
      "WITH more AS (SELECT 3 AS id, 'b' AS code) INSERT INTO plan SELECT id, code FROM more ON CONFLICT (code) DO UPDATE SET n = 1;",
    ],
    installed: 1,
    rows,
    copied: concurrently,
  },
  {
    title: "ON CONFLICT in a function that is called",
    files: [
      `${plans}CREATE FUNCTION more() RETURNS void LANGUAGE sql AS $$ SELECT $$;`,
      unique,
      "CREATE OR REPLACE FUNCTION more() RETURNS void LANGUAGE sql AS $$ INSERT INTO plan VALUES (4, 'a') ON CONFLICT (code) DO NOTHING $$; SELECT more();",
    ],
    installed: 1,
    rows,
    copied: concurrently,
  },
  {
    title: "a constraint that uses one",
    files: [
      plans,
      unique,
      "ALTER TABLE plan ADD CONSTRAINT plan_code_unique UNIQUE USING INDEX plan_code_key;",
    ],
    installed: 1,
    rows,
    copied: concurrently,
  },
  {
    title: "a replica identity that uses one",
    files: [plans, unique, "ALTER TABLE plan REPLICA IDENTITY USING INDEX plan_code_key;"],
    installed: 1,
    rows,
    copied: concurrently,
  },
  {
    title: "one that goes concurrently",
    files: [`${plans}CREATE INDEX plan_n ON plan (n);`, "DROP INDEX CONCURRENTLY plan_n;"],
    installed: 1,
    rows,
    copied: concurrently,
  },
  {
    title: "one that is built anew concurrently",
    files: [
      `${plans}CREATE INDEX plan_n ON plan (n);`,
      "REINDEX INDEX CONCURRENTLY plan_n;",
      "REINDEX (CONCURRENTLY) TABLE plan;",
    ],
    installed: 1,
    rows,
    copied: concurrently,
  },
  {
    title: "a materialised view that is filled concurrently",
    files: [
      `${plans}CREATE MATERIALIZED VIEW codes AS SELECT code FROM plan; CREATE UNIQUE INDEX ON codes (code);`,
      "REFRESH MATERIALIZED VIEW CONCURRENTLY codes;",
    ],
    installed: 1,
    rows,
  },
  {
    title: "VACUUM, ANALYZE and CLUSTER of a table",
    files: [plans, "VACUUM (ANALYZE) plan;", "ANALYZE plan;", "CLUSTER plan USING plan_pkey;"],
    installed: 1,
    rows,
    copied: /vacuums, which no transaction may/,
  },
  {
    title: "VACUUM FULL, alone in its file",
    files: [plans, "VACUUM FULL plan;"],
    installed: 1,
    rows,
    copied: /vacuums/,
  },
  {
    title: "CLUSTER of every table",
    files: [`${plans}ALTER TABLE plan CLUSTER ON plan_pkey;`, "CLUSTER;"],
    installed: 1,
    rows,
    copied: /clusters every table/,
  },
  {
    title: "REINDEX of a table and of its schema",
    files: [plans, "REINDEX TABLE plan;", "REINDEX SCHEMA public;"],
    installed: 1,
    rows,
    copied: /builds every index anew/,
  },
  {
    title: "REINDEX of a table in partitions",
    files: [parted, "REINDEX TABLE p;"],
    installed: 1,
    rows: "INSERT INTO p VALUES (3, 3)",
    copied: /partitioned table/,
  },
  {
    title: "a partition that goes concurrently",
    files: [parted, "ALTER TABLE p DETACH PARTITION p2 CONCURRENTLY;", "DROP TABLE p2;"],
    installed: 1,
    rows: "INSERT INTO p VALUES (3, 3)",
    copied: concurrently,
  },
  {
    title: "an ordinary index and constraint that may take their time",
    files: [
      plans,
      "CREATE INDEX plan_n ON plan (n); ALTER TABLE plan ADD COLUMN m int; CREATE TABLE sub (plan int);",
      "ALTER TABLE sub ADD CONSTRAINT sub_plan FOREIGN KEY (plan) REFERENCES plan (id) NOT VALID;",
      "ALTER TABLE sub VALIDATE CONSTRAINT sub_plan;",
    ],
    installed: 1,
    rows,
  },
];

describeEveryday("what no transaction may", histories);
