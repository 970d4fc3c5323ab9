import type { Construct } from "./construct.ts";

export const names: Construct[] = [
  { title: "a table renamed", upgrade: "ALTER TABLE @item RENAME TO @thing", item: "@thing" },
  {
    title: "a column renamed",
    upgrade: "ALTER TABLE @item RENAME title TO heading",
    since: "INSERT INTO @item VALUES (3, 'c', 3)",
  },
  {
    title: "two columns that changed names",
    had: "ALTER TABLE @item ADD other text; UPDATE @item SET other = 'o' || id",
    upgrade:
      "ALTER TABLE @item RENAME title TO t; ALTER TABLE @item RENAME other TO title; ALTER TABLE @item RENAME t TO other",
    since: "INSERT INTO @item (id, other, n, title) VALUES (3, 'c', 3, 'o3')",
    reads: ["SELECT other FROM @item ORDER BY id", [["o1"], ["o2"], ["o3"]]],
  },
  {
    title: "two tables that changed names",
    had: "CREATE TABLE @other (x text)",
    upgrade:
      "ALTER TABLE @item RENAME TO @t; ALTER TABLE @other RENAME TO @item; ALTER TABLE @t RENAME TO @other",
    item: "@other",
  },
  {
    title: "a table renamed, and another in its place",
    upgrade: "ALTER TABLE @item RENAME TO @old; CREATE TABLE @item (x int)",
    item: "@old",
  },
  {
    title: "a column renamed in a block",
    upgrade: "DO $$ BEGIN EXECUTE 'ALTER TABLE @item RENAME n TO amount'; END $$",
    since: "INSERT INTO @item VALUES (3, 'c', 3)",
  },
  { title: "a constraint renamed", upgrade: "ALTER TABLE @item RENAME CONSTRAINT @item_pkey TO @key" },
  {
    title: "a foreign key renamed",
    had: "CREATE TABLE @part (item int CONSTRAINT @f REFERENCES @item)",
    upgrade: "ALTER TABLE @part RENAME CONSTRAINT @f TO @g",
  },
  {
    title: "an index renamed",
    had: "CREATE INDEX @i ON @item USING hash (n)",
    upgrade: "ALTER INDEX @i RENAME TO @j",
  },
  {
    title: "an enum and its values renamed",
    had: "CREATE TYPE @e AS ENUM ('a', 'b'); ALTER TABLE @item ADD e @e DEFAULT 'a'",
    upgrade: "ALTER TYPE @e RENAME VALUE 'b' TO 'c'; ALTER TYPE @e RENAME TO @f",
    since: "INSERT INTO @item VALUES (3, 'c', 3, 'c')",
    reads: ["SELECT e::text FROM @item ORDER BY id", [["a"], ["a"], ["b"]]],
  },
  {
    title: "a domain and a composite type renamed",
    had: "CREATE DOMAIN @d AS text; CREATE TYPE @c AS (x int, y @d); ALTER TABLE @item ADD c @c",
    upgrade:
      "ALTER DOMAIN @d RENAME TO @d2; ALTER TYPE @c RENAME TO @c2; ALTER TYPE @c2 RENAME ATTRIBUTE x TO z CASCADE",
    since: "INSERT INTO @item VALUES (3, 'c', 3, ROW(1, 'y'))",
    reads: ["SELECT (c).x FROM @item WHERE id = 3", [[1]]],
  },
  {
    title: "a schema renamed",
    had: "CREATE SCHEMA @s; CREATE TABLE @s.inner_item (x text); INSERT INTO @s.inner_item VALUES ('kept')",
    upgrade: "ALTER SCHEMA @s RENAME TO @s2",
    reads: ["SELECT x FROM @s.inner_item", [["kept"]]],
  },
  {
    title: "a table moved to a new schema",
    upgrade: "CREATE SCHEMA @s; ALTER TABLE @item SET SCHEMA @s",
    since: "INSERT INTO @s.@item VALUES (3, 'c', 3)",
  },
  {
    title: "a table moved from a schema that went",
    had: "CREATE SCHEMA @s; CREATE TABLE @s.inner_item (x text); INSERT INTO @s.inner_item VALUES ('kept')",
    upgrade:
      "ALTER TABLE @s.inner_item SET SCHEMA public; ALTER TABLE inner_item RENAME TO @inner_item; DROP SCHEMA @s",
    reads: ["SELECT x FROM @s.inner_item", [["kept"]]],
  },
  {
    title: "a sequence renamed, which goes on counting",
    had: "CREATE SEQUENCE @q; SELECT nextval('@q'); SELECT nextval('@q')",
    upgrade: "ALTER SEQUENCE @q RENAME TO @r",
    reads: ["SELECT nextval('@q')::int", [[3]]],
  },
  {
    title: "a view, its column and a function renamed",
    had: "CREATE VIEW @v AS SELECT title FROM @item; CREATE FUNCTION @f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    upgrade: "ALTER VIEW @v RENAME title TO t; ALTER VIEW @v RENAME TO @w; ALTER FUNCTION @f() RENAME TO @g",
  },
  {
    title: "a trigger and a policy renamed",
    had: `CREATE FUNCTION @f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; CREATE POLICY p ON @item USING (true);
      CREATE TRIGGER t BEFORE INSERT ON @item FOR EACH ROW EXECUTE FUNCTION @f()`,
    upgrade: "ALTER TRIGGER t ON @item RENAME TO u; ALTER POLICY p ON @item RENAME TO q",
  },
];
