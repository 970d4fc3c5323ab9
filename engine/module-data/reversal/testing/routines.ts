import type { Construct } from "./construct.ts";

const stamp = "CREATE FUNCTION @f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'";
const trigger = `${stamp}; CREATE TRIGGER t BEFORE UPDATE ON @item FOR EACH ROW EXECUTE FUNCTION @f()`;

export const routines: Construct[] = [
  { title: "a function made", upgrade: "CREATE FUNCTION @f(int) RETURNS int LANGUAGE sql AS 'SELECT $1'" },
  {
    title: "a function dropped",
    had: "CREATE FUNCTION @f(x int DEFAULT 2) RETURNS TABLE (a int, b text) LANGUAGE sql STABLE AS 'SELECT $1, ''b'''",
    upgrade: "DROP FUNCTION @f",
  },
  {
    title: "a function with another body",
    had: "CREATE FUNCTION @f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    upgrade: "CREATE OR REPLACE FUNCTION @f() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2'",
    reads: ["SELECT @f()", [[1]]],
  },
  {
    title: "a function with another result, which a default, an index and a view call",
    had: `CREATE FUNCTION @f(x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
      ALTER TABLE @item ALTER n SET DEFAULT @f(1); CREATE INDEX @i ON @item (@f(n)); CREATE VIEW @v AS SELECT @f(n) AS f FROM @item`,
    upgrade: `DROP VIEW @v; DROP INDEX @i; ALTER TABLE @item ALTER n DROP DEFAULT; DROP FUNCTION @f;
      CREATE FUNCTION @f(y int) RETURNS bigint LANGUAGE sql IMMUTABLE AS 'SELECT 2';
      ALTER TABLE @item ALTER n SET DEFAULT @f(1); CREATE INDEX @i ON @item (@f(n)); CREATE VIEW @v AS SELECT @f(n) AS f FROM @item`,
  },
  {
    title: "a function that a check and a generated column call",
    upgrade: `CREATE FUNCTION @f(x int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';
      ALTER TABLE @item ADD CONSTRAINT @k CHECK (@f(n) = 1), ADD g int GENERATED ALWAYS AS (@f(n)) STORED`,
  },
  {
    title: "a function that calls one that went",
    had: `CREATE FUNCTION @f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END;
      CREATE FUNCTION @g() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT @f(); END`,
    upgrade: "DROP FUNCTION @g, @f",
  },
  {
    title: "a function that returns the rows of a table",
    had: "CREATE FUNCTION @f() RETURNS SETOF @item LANGUAGE sql AS 'SELECT * FROM @item'",
    upgrade:
      "DROP FUNCTION @f; CREATE TABLE @more (x int); CREATE FUNCTION @f(@more) RETURNS int LANGUAGE sql AS 'SELECT 1'",
  },
  {
    title: "a procedure dropped and another made",
    had: "CREATE PROCEDURE @p(INOUT x int) LANGUAGE plpgsql AS 'BEGIN x := 1; END'",
    upgrade: "DROP PROCEDURE @p; CREATE PROCEDURE @q() LANGUAGE sql AS 'SELECT 1'",
  },
  {
    title: "an aggregate made",
    upgrade: "CREATE AGGREGATE @a(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0')",
  },
  {
    title: "an aggregate dropped with its function",
    had: "CREATE FUNCTION @f(int, int) RETURNS int LANGUAGE sql AS 'SELECT $1 + $2'; CREATE AGGREGATE @a(int) (SFUNC = @f, STYPE = int)",
    upgrade: "DROP AGGREGATE @a(int); DROP FUNCTION @f",
  },
  {
    title: "an operator dropped and another made",
    had: `CREATE FUNCTION @f(int, bool) RETURNS bool LANGUAGE sql AS 'SELECT $2';
      CREATE OPERATOR ## (LEFTARG = int, RIGHTARG = bool, FUNCTION = @f)`,
    upgrade:
      "DROP OPERATOR ## (int, bool); CREATE OPERATOR #### (LEFTARG = int, RIGHTARG = bool, FUNCTION = @f)",
  },
  {
    title: "a cast made",
    upgrade: `CREATE TYPE @c AS (x int); CREATE FUNCTION @f(int) RETURNS @c LANGUAGE sql AS 'SELECT ROW($1)::@c';
      CREATE CAST (int AS @c) WITH FUNCTION @f(int)`,
  },
  { title: "a trigger made", upgrade: trigger },
  {
    title: "a table with a trigger, made after a function that takes its rows",
    upgrade: `CREATE TABLE @more (x int); CREATE FUNCTION @a(@more) RETURNS int LANGUAGE sql AS 'SELECT 1';
      ${stamp}; CREATE TRIGGER t BEFORE UPDATE ON @more FOR EACH ROW EXECUTE FUNCTION @f(); CREATE INDEX @i ON @more (abs(x))`,
  },
  { title: "a trigger dropped", had: trigger, upgrade: "DROP TRIGGER t ON @item; DROP FUNCTION @f" },
  {
    title: "a trigger on other columns",
    had: trigger,
    upgrade: `DROP TRIGGER t ON @item;
      CREATE TRIGGER t AFTER UPDATE OF title ON @item FOR EACH ROW WHEN (NEW.n > 0) EXECUTE FUNCTION @f()`,
  },
  {
    title: "a trigger that lets nobody empty a table",
    had: `CREATE FUNCTION @f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''never''; END';
      CREATE TRIGGER t BEFORE TRUNCATE ON @item FOR EACH STATEMENT EXECUTE FUNCTION @f()`,
    upgrade: "ALTER TABLE @item ADD note text",
  },
  { title: "a trigger disabled", had: trigger, upgrade: "ALTER TABLE @item DISABLE TRIGGER t" },
  {
    title: "a constraint trigger dropped",
    had: `${stamp}; CREATE CONSTRAINT TRIGGER t AFTER INSERT ON @item DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION @f();
      ALTER TABLE @item ENABLE ALWAYS TRIGGER t`,
    upgrade: "DROP TRIGGER t ON @item",
  },
  {
    title: "a trigger with the rows of a statement",
    had: `${stamp}; CREATE TRIGGER t AFTER INSERT ON @item REFERENCING NEW TABLE AS rows FOR EACH STATEMENT EXECUTE FUNCTION @f()`,
    upgrade: "DROP TRIGGER t ON @item",
  },
  { title: "a rule made", upgrade: "CREATE RULE r AS ON DELETE TO @item DO INSTEAD NOTHING" },
  {
    title: "a rule dropped",
    had: "CREATE RULE r AS ON DELETE TO @item WHERE OLD.n > 5 DO INSTEAD NOTHING; ALTER TABLE @item DISABLE RULE r",
    upgrade: "DROP RULE r ON @item",
  },
];
