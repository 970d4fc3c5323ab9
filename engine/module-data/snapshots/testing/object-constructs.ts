import type { Construct } from "./function-constructs.ts";

/** Objects of every kind that PostgreSQL lets an owner make. */
export const objectConstructs: Construct[] = [
  {
    name: "types of every kind",
    sql: [
      `CREATE TYPE mood AS ENUM ('ok', 'sad'); ALTER TYPE mood ADD VALUE 'great' BEFORE 'ok'`,
      `CREATE TABLE base (id int, moods mood[] DEFAULT '{ok}'); CREATE TYPE of_row AS (b base, m mood, t text COLLATE "C"); CREATE TABLE holder (r of_row, rs of_row[], b base);
       INSERT INTO base VALUES (1, '{great,sad}'); INSERT INTO holder SELECT ROW(base, 'sad', 'x')::of_row, ARRAY[ROW(base, 'ok', 'y')::of_row], base FROM base;
       CREATE FUNCTION diff(a float8, b float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$ SELECT a - b $$;
       CREATE TYPE floats AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = diff, MULTIRANGE_TYPE_NAME = many_floats);
       CREATE TABLE ranged (r floats, m many_floats); INSERT INTO ranged VALUES ('[1,2)', '{[1,2),[3,4)}'); CREATE INDEX ON ranged USING gist (r);
       CREATE TYPE typed AS (a int, b text); CREATE TABLE of_type OF typed (PRIMARY KEY (a)); INSERT INTO of_type VALUES (1, 'x');
       CREATE FUNCTION to_mood(text) RETURNS mood LANGUAGE sql IMMUTABLE AS $$ SELECT 'ok'::mood $$; CREATE FUNCTION typed_mood(typed) RETURNS mood LANGUAGE sql IMMUTABLE AS $$ SELECT 'ok'::mood $$;
       CREATE CAST (typed AS mood) WITH FUNCTION typed_mood(typed) AS ASSIGNMENT; COMMENT ON CAST (typed AS mood) IS 'c'`,
      `CREATE FUNCTION same(mood, mood) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 = $2 $$; CREATE OPERATOR === (FUNCTION = same, LEFTARG = mood, RIGHTARG = mood, COMMUTATOR = ===);
       COMMENT ON OPERATOR === (mood, mood) IS 'o'; CREATE AGGREGATE sum_all(int) (SFUNC = int4pl, STYPE = int, INITCOND = '0'); COMMENT ON AGGREGATE sum_all(int) IS 'a';
       CREATE PROCEDURE go(INOUT n int DEFAULT 3) LANGUAGE plpgsql AS $$ BEGIN n := n + 1; END $$; COMMENT ON PROCEDURE go IS 'p';
       CREATE FUNCTION many(VARIADIC a int[], OUT s int) LANGUAGE sql STABLE COST 7 PARALLEL SAFE SET search_path = public, pg_temp AS $$ SELECT 1 $$; COMMENT ON FUNCTION many IS 'f'`,
    ],
  },
  {
    name: "collations and text search",
    sql: [
      `CREATE COLLATION numeric_order (PROVIDER = icu, LOCALE = 'en-u-kn-true'); CREATE COLLATION any_case (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false);
       COMMENT ON COLLATION any_case IS 'c'; CREATE TABLE t (a text COLLATE any_case UNIQUE, b text COLLATE numeric_order); CREATE INDEX ON t (b COLLATE "C" DESC NULLS LAST);
       INSERT INTO t VALUES ('Ä', 'a10'), ('b', 'a9'); CREATE DOMAIN loose AS text COLLATE any_case; CREATE TABLE u (l loose);
       CREATE TEXT SEARCH DICTIONARY plain (TEMPLATE = simple, STOPWORDS = english, ACCEPT = false); CREATE TEXT SEARCH CONFIGURATION mine (COPY = english);
       ALTER TEXT SEARCH CONFIGURATION mine ALTER MAPPING FOR asciiword WITH plain, english_stem; COMMENT ON TEXT SEARCH CONFIGURATION mine IS 'c'; COMMENT ON TEXT SEARCH DICTIONARY plain IS 'd';
       CREATE TABLE doc (t text, v tsvector GENERATED ALWAYS AS (to_tsvector('public.mine', t)) STORED); CREATE INDEX ON doc USING gin (v); INSERT INTO doc(t) VALUES ('the running dogs')`,
    ],
  },
  {
    name: "several schemas with equal names and names of every kind",
    sql: [
      `CREATE SCHEMA "Shop's"; CREATE SCHEMA billing; COMMENT ON SCHEMA billing IS 'money'; COMMENT ON SCHEMA public IS 'mine';
       CREATE TYPE billing.state AS ENUM ('a'); CREATE TYPE "Shop's".state AS ENUM ('b'); CREATE TYPE state AS ENUM ('c');
       CREATE TABLE "user" (id serial PRIMARY KEY, s state); CREATE TABLE billing."user" (id serial PRIMARY KEY, s billing.state, of int REFERENCES public."user");
       CREATE TABLE "Shop's"."us""er" ("Id.x" serial PRIMARY KEY, "sélect" "Shop's".state, "Of" int REFERENCES billing."user" ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED);
       INSERT INTO "user"(s) VALUES ('c'); INSERT INTO billing."user"(s, of) VALUES ('a', 1); INSERT INTO "Shop's"."us""er"("sélect", "Of") VALUES ('b', 1);
       CREATE FUNCTION billing.f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2'; CREATE VIEW billing.v AS SELECT f() AS a, billing.f() AS b;
       CREATE EXTENSION hstore SCHEMA billing; CREATE TABLE h (x billing.hstore DEFAULT 'a=>1'); INSERT INTO h DEFAULT VALUES; CREATE EXTENSION citext SCHEMA "Shop's"; CREATE TABLE c (x "Shop's".citext PRIMARY KEY);
       CREATE EXTENSION cube; COMMENT ON EXTENSION cube IS 'k'`,
    ],
  },
  {
    name: "inheritance, also with columns added later",
    sql: [
      `CREATE TABLE animal (id serial, name text NOT NULL, CHECK (name <> '')); CREATE TABLE dog (bark text) INHERITS (animal); CREATE TABLE cat (id int, name text NOT NULL, lives int, CHECK (name <> '' ));
       INSERT INTO animal(name) VALUES ('a'); INSERT INTO dog(name, bark) VALUES ('d', 'w'); ALTER TABLE dog ADD CONSTRAINT own CHECK (bark <> 'x') NO INHERIT;
       CREATE TABLE puppy (age int) INHERITS (dog); INSERT INTO puppy(name, age) VALUES ('p', 1)`,
    ],
  },
  {
    name: "constraints of every kind",
    sql: [
      `CREATE EXTENSION btree_gist; CREATE TABLE a (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED, b text UNIQUE NULLS NOT DISTINCT, c int CONSTRAINT positive CHECK (c > 0) NO INHERIT, d int UNIQUE WITH (fillfactor = 70));
       CREATE TABLE e (x int, during tstzrange, EXCLUDE USING gist (x WITH =, during WITH &&) WHERE (x > 0) DEFERRABLE);
       INSERT INTO a VALUES (1, NULL, -1 + 2, 3); INSERT INTO e VALUES (1, '[2024-01-01,2024-02-01)'); CREATE TABLE f (id int REFERENCES a(d) MATCH FULL ON UPDATE SET NULL);
       INSERT INTO f VALUES (3); ALTER TABLE f ADD CONSTRAINT later CHECK (id < 3) NOT VALID; CREATE UNIQUE INDEX f_id_key ON f (id);
       CREATE TABLE g (id int, parent int); ALTER TABLE g ADD PRIMARY KEY (id); ALTER TABLE g ADD CONSTRAINT self FOREIGN KEY (parent) REFERENCES g; INSERT INTO g VALUES (1, 2), (2, 1);
       COMMENT ON CONSTRAINT self ON g IS 'c on d'; COMMENT ON INDEX g_pkey IS 'i'; ALTER TABLE g REPLICA IDENTITY FULL; ALTER TABLE f ALTER id SET NOT NULL; ALTER TABLE f REPLICA IDENTITY USING INDEX f_id_key`,
    ],
  },
  {
    name: "settings of tables, columns and indexes, comments and statistics",
    sql: [
      `CREATE UNLOGGED TABLE u (id serial PRIMARY KEY); INSERT INTO u DEFAULT VALUES; CREATE TABLE s (id int PRIMARY KEY, a text, b text) WITH (fillfactor = 60, autovacuum_enabled = false, toast.autovacuum_enabled = false);
       ALTER TABLE s ALTER a SET STORAGE EXTERNAL, ALTER b SET STATISTICS 500, ALTER b SET (n_distinct = 5), ALTER b SET COMPRESSION pglz; CREATE INDEX i ON s (lower(a)) WITH (fillfactor = 50); ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 100;
       CREATE STATISTICS st (ndistinct, mcv) ON a, b FROM s; ALTER STATISTICS st SET STATISTICS 50; COMMENT ON STATISTICS st IS 's'; CREATE STATISTICS ex ON (lower(a)), (upper(b)) FROM s;
       CLUSTER s USING s_pkey; COMMENT ON TABLE s IS E'it''s\\n a table'; COMMENT ON COLUMN s.a IS 'col'; CREATE TYPE ty AS (x int); COMMENT ON TYPE ty IS 't'; COMMENT ON COLUMN ty.x IS 'x';
       CREATE SEQUENCE q AS smallint INCREMENT -2 MINVALUE -100 MAXVALUE 10 START 5 CACHE 3 CYCLE; SELECT nextval('q'); COMMENT ON SEQUENCE q IS 'q'; CREATE SEQUENCE never; ALTER SEQUENCE never OWNED BY s.id;
       CREATE TABLE idt (a int GENERATED ALWAYS AS IDENTITY (START WITH 10 INCREMENT BY 5), b bigint GENERATED BY DEFAULT AS IDENTITY); INSERT INTO idt DEFAULT VALUES; INSERT INTO idt DEFAULT VALUES`,
    ],
  },
  {
    name: "triggers and rules in every state, row security and policies",
    sql: [
      `CREATE TABLE t (id int PRIMARY KEY, owner text, n int); CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.n := 99; RETURN NEW; END $$; INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2);
       CREATE TRIGGER one BEFORE INSERT OR UPDATE OF n ON t FOR EACH ROW WHEN (NEW.n > 0) EXECUTE FUNCTION touch(); CREATE TRIGGER two BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION touch('a', 'b');
       CREATE CONSTRAINT TRIGGER three AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION touch(); CREATE TRIGGER four AFTER DELETE ON t REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION touch();
       ALTER TABLE t DISABLE TRIGGER one, ENABLE ALWAYS TRIGGER two, ENABLE REPLICA TRIGGER three; COMMENT ON TRIGGER one ON t IS 'tr'; CREATE TABLE log (id int);
       CREATE RULE r AS ON DELETE TO t DO ALSO INSERT INTO log VALUES (OLD.id); ALTER TABLE t DISABLE RULE r; COMMENT ON RULE r ON t IS 'ru';
       ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; CREATE POLICY own ON t AS RESTRICTIVE FOR UPDATE TO RUNTIME USING (owner = current_user) WITH CHECK (n > 0); CREATE POLICY seen ON t FOR SELECT USING (false); COMMENT ON POLICY own ON t IS 'p';
       CREATE TABLE plain (id int); INSERT INTO plain VALUES (1); ALTER TABLE plain ENABLE ROW LEVEL SECURITY`,
    ],
  },
  {
    name: "large objects and what refers to them",
    sql: [
      `CREATE TABLE file (name text, content oid, size int GENERATED ALWAYS AS (length(name)) STORED); INSERT INTO file SELECT 'a', lo_from_bytea(0, decode(repeat('00ff5c0a', 700000), 'hex')); INSERT INTO file VALUES ('empty', lo_create(0));
       DO $$ DECLARE id oid := (SELECT content FROM file WHERE name = 'a'); BEGIN EXECUTE format('GRANT SELECT ON LARGE OBJECT %s TO RUNTIME', id); EXECUTE format('COMMENT ON LARGE OBJECT %s IS ''l''', id); END $$;
       SET ROLE RUNTIME; SELECT lo_from_bytea(0, 'theirs')`,
    ],
  },
  {
    name: "rights and default rights",
    sql: [
      `ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT ON TABLES TO RUNTIME; ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC; CREATE SCHEMA app; ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT USAGE ON SEQUENCES TO RUNTIME WITH GRANT OPTION;
       CREATE TABLE a (id serial, secret text); REVOKE INSERT ON a FROM RUNTIME; GRANT UPDATE (id), INSERT (id, secret) ON a TO RUNTIME; GRANT SELECT ON a TO PUBLIC; CREATE TABLE b (id int); REVOKE ALL ON b FROM RUNTIME;
       CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; CREATE FUNCTION app.g() RETURNS int LANGUAGE sql AS 'SELECT 1'; GRANT EXECUTE ON FUNCTION app.g() TO RUNTIME; CREATE TYPE e AS ENUM ('a'); REVOKE USAGE ON TYPE e FROM PUBLIC;
       GRANT USAGE ON SCHEMA app TO RUNTIME; REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT USAGE, CREATE ON SCHEMA public TO RUNTIME; CREATE TABLE app.c (id serial); CREATE VIEW v AS SELECT 1 AS one; REVOKE SELECT ON v FROM RUNTIME`,
    ],
  },
  {
    name: "no public schema",
    sql: ["DROP SCHEMA public; CREATE SCHEMA app; CREATE TABLE app.t (id int); INSERT INTO app.t VALUES (1)"],
  },
  {
    name: "a public schema made anew",
    sql: ["DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TABLE t (id int PRIMARY KEY)"],
  },
  { name: "nothing", sql: ["SELECT 1"] },
  {
    name: "values of every kind",
    sql: [
      `CREATE TABLE v (a bytea, b float8, c timestamptz, d interval, e jsonb, f xml, g money, h uuid, i inet, j bit varying, k "char", l regclass, m numeric, n text[], o point, p tsvector, q json, r date, s timetz, t pg_lsn);
       INSERT INTO v VALUES ('\\x00ff0a5c', 'NaN', 'infinity', '-1 mon +2 days -03:04:05.678', '{"a": [1, null, "\\u00e4"]}', '<a>b</a>', 12345.67, gen_random_uuid(), '::1/64', B'101', 'x', 'v', 1e300, ARRAY['a,b', NULL, '"', E'\\n\\t\\\\'], '(1.5,-2)', 'a:1 b:2', '{"a":  1}', '4713-01-01 BC', '12:00+02', '1/2');
       INSERT INTO v(b, m) VALUES (0.1 + 0.2, 'Infinity'), ('-0', 'NaN'); INSERT INTO v(n) VALUES ('{}'), (NULL); CREATE TABLE no_columns (); INSERT INTO no_columns DEFAULT VALUES; INSERT INTO no_columns DEFAULT VALUES;
       CREATE TABLE dropped (a int, b int, c int); INSERT INTO dropped VALUES (1, 2, 3); ALTER TABLE dropped DROP COLUMN b; ALTER TABLE dropped ADD COLUMN d int DEFAULT 4`,
    ],
  },
  {
    name: "comments on names that read like syntax",
    sql: [
      `CREATE TABLE "T on T" (id int CONSTRAINT "a on b" CHECK (id > 0), n int NOT NULL); COMMENT ON CONSTRAINT "a on b" ON "T on T" IS 'it''s $$ \\ "q" on'; CREATE DOMAIN "D on D" AS int CONSTRAINT "x on y" CHECK (VALUE > 0); COMMENT ON CONSTRAINT "x on y" ON DOMAIN "D on D" IS E'line\\nbreak'; COMMENT ON DOMAIN "D on D" IS 'd';
       CREATE FUNCTION "F n"("a b" int, text DEFAULT 'x;--') RETURNS TABLE ("c d" int) LANGUAGE plpgsql AS $f$ BEGIN "c d" := 1; RETURN NEXT; -- end
END $f$; COMMENT ON FUNCTION "F n"(int, text) IS 'f'; CREATE TABLE part (i int) PARTITION BY LIST (i); COMMENT ON TABLE part IS 'p'; CREATE MATERIALIZED VIEW mv AS SELECT 1 AS one; COMMENT ON MATERIALIZED VIEW mv IS 'm'; COMMENT ON COLUMN mv.one IS 'c'; CREATE INDEX ix ON mv (one); COMMENT ON INDEX ix IS 'i'; CLUSTER mv USING ix; ALTER MATERIALIZED VIEW mv ALTER COLUMN one SET STATISTICS 10;
       CREATE TYPE e AS ENUM (); COMMENT ON TYPE e IS 'empty'; CREATE SCHEMA s; CREATE COLLATION s.c FROM "C"; COMMENT ON COLLATION s.c IS 'c'; CREATE TABLE s.t (x text COLLATE s.c)`,
    ],
  },
  {
    name: "foreign keys in a circle and in another order of columns",
    sql: [
      `CREATE TABLE a (x int, y int, UNIQUE (y, x)); CREATE TABLE b (p int, q int, FOREIGN KEY (p, q) REFERENCES a (x, y) ON DELETE SET NULL (q) NOT VALID, FOREIGN KEY (p, q) REFERENCES a (x, y) MATCH FULL DEFERRABLE); INSERT INTO a VALUES (1, 2); INSERT INTO b VALUES (1, 2); CREATE TABLE z (id int PRIMARY KEY, up int REFERENCES z DEFERRABLE INITIALLY DEFERRED); BEGIN; INSERT INTO z VALUES (1, 2), (2, 1); COMMIT;
       CREATE TABLE m1 (id int PRIMARY KEY); CREATE TABLE m2 (id int PRIMARY KEY REFERENCES m1); ALTER TABLE m1 ADD FOREIGN KEY (id) REFERENCES m2 NOT VALID`,
    ],
  },
  {
    name: "many large objects and one with a hole",
    sql: [
      `SELECT count(lo_from_bytea(0, convert_to('n' || i, 'UTF8'))) FROM generate_series(1, 500) i; CREATE TABLE img (id int, raster oid); INSERT INTO img SELECT 1, min(oid) FROM pg_largeobject_metadata; DO $$ DECLARE o oid := lo_create(0); BEGIN PERFORM lo_put(o, 3000000, 'x'); END $$`,
    ],
  },
  {
    name: "rows of many megabytes and of every special character",
    sql: [
      `CREATE TABLE w (v text); INSERT INTO w SELECT string_agg(md5(i::text), '') FROM generate_series(1, 400000) i; INSERT INTO w VALUES (E'\\\\.'), (E'\\\\N'), (''), (NULL), (E'a\\rb\\tc'); CREATE TABLE "select" ("from" int, "a""b" int, "Ünï" text DEFAULT 'x'); INSERT INTO "select" VALUES (1, 2)`,
    ],
  },
  {
    name: "types and extensions in other schemas",
    sql: [
      `CREATE SCHEMA x; CREATE SCHEMA y; CREATE TYPE x.t AS ENUM ('a'); CREATE DOMAIN y.d AS x.t CHECK (VALUE = 'a'); CREATE TABLE public.t (a x.t[] DEFAULT '{a}', b y.d DEFAULT 'a', c x.t GENERATED ALWAYS AS ('a'::x.t) STORED); INSERT INTO t DEFAULT VALUES; CREATE FUNCTION y.f(x.t DEFAULT 'a'::x.t) RETURNS y.d LANGUAGE sql AS $$ SELECT $1::y.d $$; CREATE EXTENSION "uuid-ossp" SCHEMA y; CREATE TABLE u (id uuid DEFAULT y.uuid_generate_v4() PRIMARY KEY); INSERT INTO u DEFAULT VALUES; CREATE EXTENSION ltree; CREATE EXTENSION hstore SCHEMA x; CREATE TABLE lt (p ltree, h x.hstore, EXCLUDE USING gist (p WITH =)); CREATE INDEX ON lt USING gist (p gist_ltree_ops(siglen=100)); INSERT INTO lt VALUES ('a.b', 'k=>v')`,
    ],
  },
];

/** Only PostgreSQL 18 has these. */
export const constructsOf18: Construct[] = [
  {
    name: "virtual columns, periods and constraints that are not enforced",
    sql: [
      `CREATE EXTENSION btree_gist; CREATE TABLE p (id int, valid daterange, PRIMARY KEY (id, valid WITHOUT OVERLAPS)); CREATE TABLE c (id int, valid daterange, FOREIGN KEY (id, PERIOD valid) REFERENCES p (id, PERIOD valid));
       INSERT INTO p VALUES (1, '[2024-01-01,2025-01-01)'); INSERT INTO c VALUES (1, '[2024-02-01,2024-03-01)'); CREATE TABLE w (id int PRIMARY KEY);
       CREATE TABLE v (a int, b int GENERATED ALWAYS AS (a * 2) VIRTUAL, c int GENERATED ALWAYS AS (a + 1) STORED, n int CONSTRAINT present NOT NULL, x int CHECK (x > 0) NOT ENFORCED); INSERT INTO v(a, n, x) VALUES (1, 2, -3);
       ALTER TABLE v ADD CONSTRAINT later NOT NULL a NOT VALID; ALTER TABLE v ADD CONSTRAINT loose FOREIGN KEY (n) REFERENCES w NOT ENFORCED`,
    ],
  },
];
