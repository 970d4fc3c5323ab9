import type { Construct } from "./construct.ts";

const months = `CREATE TABLE @log (at date NOT NULL, n int) PARTITION BY RANGE (at);
  CREATE TABLE @log_1 PARTITION OF @log FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');`;

export const tables: Construct[] = [
  { title: "a table made", upgrade: "CREATE TABLE @more (id serial PRIMARY KEY, item int REFERENCES @item)" },
  {
    title: "a table dropped",
    had: "CREATE TABLE @more (id serial PRIMARY KEY, item int REFERENCES @item, note varchar(9) DEFAULT 'x' COLLATE \"C\"); CREATE INDEX @i ON @more (item)",
    upgrade: "DROP TABLE @more",
  },
  {
    title: "a table put together anew, with its rows",
    upgrade: `CREATE TABLE @new (id int PRIMARY KEY, title text NOT NULL, n int, more text); INSERT INTO @new SELECT * FROM @item;
      DROP TABLE @item; ALTER TABLE @new RENAME TO @item`,
  },
  {
    title: "a partition made",
    had: months,
    upgrade:
      "CREATE TABLE @log_2 PARTITION OF @log FOR VALUES FROM ('2026-02-01') TO ('2026-03-01'); CREATE INDEX @i ON @log (n)",
  },
  {
    title: "a partition detached",
    had: `${months} CREATE INDEX @i ON @log (n)`,
    upgrade: "ALTER TABLE @log DETACH PARTITION @log_1",
    since: "INSERT INTO @item VALUES (3, 'c', 3); INSERT INTO @log_1 VALUES ('2026-01-05', 5)",
    reads: ["SELECT n FROM @log", [[5]]],
  },
  {
    title: "a column added to a partitioned table",
    had: months,
    upgrade: "ALTER TABLE @log ADD note text NOT NULL DEFAULT ''; ALTER TABLE @log ALTER n TYPE bigint",
    since: "INSERT INTO @item VALUES (3, 'c', 3); INSERT INTO @log VALUES ('2026-01-05', 5)",
    reads: ["SELECT n FROM @log", [[5]]],
  },
  { title: "a partitioned table made", upgrade: months },
  {
    title: "a partitioned table dropped",
    had: `${months} CREATE INDEX @i ON @log (n)`,
    upgrade: "DROP TABLE @log",
  },
  {
    title: "a child of a table made",
    upgrade: "CREATE TABLE @child (extra int) INHERITS (@item)",
    since: "INSERT INTO @item VALUES (3, 'c', 3)",
  },
  {
    title: "a child that inherits no more",
    had: "CREATE TABLE @child (extra int) INHERITS (@item)",
    upgrade: "ALTER TABLE @child NO INHERIT @item; ALTER TABLE @item ADD more int",
    moves: true,
  },
  {
    title: "storage parameters and fillfactor",
    had: "ALTER TABLE @item SET (fillfactor = 70, autovacuum_enabled = false)",
    upgrade:
      "ALTER TABLE @item RESET (fillfactor); ALTER TABLE @item SET (toast.autovacuum_enabled = false, parallel_workers = 2)",
  },
  {
    title: "storage, compression and statistics of columns",
    had: "ALTER TABLE @item ALTER title SET STORAGE EXTERNAL, ALTER n SET STATISTICS 100",
    upgrade: `ALTER TABLE @item ALTER title SET STORAGE MAIN, ALTER title SET COMPRESSION pglz, ALTER n SET STATISTICS -1;
      ALTER TABLE @item ALTER n SET (n_distinct = 5)`,
  },
  {
    title: "a replica identity and an order of rows",
    upgrade: "ALTER TABLE @item REPLICA IDENTITY FULL; ALTER TABLE @item CLUSTER ON @item_pkey",
  },
  {
    title: "a replica identity by an index that went",
    had: "CREATE UNIQUE INDEX @i ON @item (title); ALTER TABLE @item REPLICA IDENTITY USING INDEX @i",
    upgrade: "ALTER TABLE @item REPLICA IDENTITY DEFAULT; DROP INDEX @i",
  },
  { title: "an unlogged table", upgrade: "ALTER TABLE @item SET UNLOGGED" },
  {
    title: "a sequence made",
    upgrade: "CREATE SEQUENCE @q; ALTER TABLE @item ALTER n SET DEFAULT nextval('@q')",
  },
  {
    title: "a sequence dropped",
    had: "CREATE SEQUENCE @q START 5 INCREMENT 2 CYCLE MAXVALUE 99; ALTER TABLE @item ADD k int DEFAULT nextval('@q')",
    upgrade: "ALTER TABLE @item ALTER k DROP DEFAULT; DROP SEQUENCE @q",
  },
  {
    title: "a sequence with other steps, which goes on counting",
    had: "CREATE SEQUENCE @q; SELECT nextval('@q'); SELECT nextval('@q')",
    upgrade: "ALTER SEQUENCE @q AS int INCREMENT 10 OWNED BY @item.n",
    reads: ["SELECT nextval('@q')::int", [[3]]],
  },
  {
    title: "a sequence that belongs to a column no more",
    had: "CREATE SEQUENCE @q OWNED BY @item.n",
    upgrade: "ALTER SEQUENCE @q OWNED BY NONE",
  },
  {
    title: "a schema with things in it made",
    upgrade: "CREATE SCHEMA @s; CREATE TABLE @s.x (a int); CREATE TYPE @s.y AS ENUM ('a')",
  },
  {
    title: "a schema with things in it dropped",
    had: "CREATE SCHEMA @s; CREATE TYPE @s.y AS ENUM ('a'); CREATE TABLE @s.x (a int PRIMARY KEY, y @s.y DEFAULT 'a'); CREATE VIEW @s.z AS SELECT a FROM @s.x",
    upgrade: "DROP SCHEMA @s CASCADE",
  },
];
