/** What a module's history can make, each in a database of its own: SQL in the order in which it runs, one session a part. */
export const constructs: { name: string; sql: string[] }[] = [
  {
    name: "a check whose function calls another by its bare name",
    sql: [
      `CREATE FUNCTION clean(t text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT trim(t) $$;
       CREATE FUNCTION is_clean(t text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN clean(t) = t; END $$;
       CREATE TABLE "Task" (id int PRIMARY KEY, title text CHECK (is_clean(title)));
       INSERT INTO "Task" VALUES (1, 'a')`,
    ],
  },
  {
    name: "a check whose function reads another table",
    sql: [
      `CREATE TABLE "Word" (id serial PRIMARY KEY, word text NOT NULL UNIQUE);
       INSERT INTO "Word"(word) VALUES ('red'), ('green');
       CREATE FUNCTION is_known(word text) RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT count(*) > 0 FROM "Word" d WHERE d.word = is_known.word $$;
       CREATE TABLE "Datum" (id serial PRIMARY KEY, word text NOT NULL, CONSTRAINT "known" CHECK (is_known(word)));
       INSERT INTO "Datum"(word) VALUES ('red')`,
    ],
  },
  {
    name: "generated columns whose functions call others and an extension's",
    sql: [
      `CREATE EXTENSION unaccent;
       CREATE FUNCTION zz_clean(t text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT trim(unaccent(t)) $$;
       CREATE FUNCTION address(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN lower(zz_clean(t)); END $$;
       CREATE FUNCTION plain(t text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT unaccent(t) $$;
       CREATE TABLE "Page" (id int PRIMARY KEY, title text, address text GENERATED ALWAYS AS (address(title)) STORED,
         search tsvector GENERATED ALWAYS AS (to_tsvector('simple', plain(title))) STORED);
       INSERT INTO "Page"(id, title) VALUES (1, 'Crème brûlée'), (2, NULL)`,
    ],
  },
  {
    name: "a generated column whose function reads another table",
    sql: [
      `CREATE TABLE z_rate (code text PRIMARY KEY, rate numeric); INSERT INTO z_rate VALUES ('a', 2.5);
       CREATE FUNCTION rate_of(c text) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT rate FROM z_rate WHERE code = c $$;
       CREATE TABLE bill (id int PRIMARY KEY, code text, rate numeric GENERATED ALWAYS AS (rate_of(code)) STORED);
       INSERT INTO bill VALUES (1, 'a')`,
    ],
  },
  {
    name: "a generated column whose function fails until another table has rows",
    sql: [
      `CREATE TABLE b_setting (name text PRIMARY KEY, double text GENERATED ALWAYS AS (name || name) STORED); INSERT INTO b_setting VALUES ('a');
       CREATE FUNCTION known(c text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM FROM b_setting WHERE name = c; IF NOT FOUND THEN RAISE 'no such setting'; END IF; RETURN c; END $$;
       CREATE FUNCTION plain(c text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT c $$;
       ALTER TABLE b_setting ADD COLUMN own text GENERATED ALWAYS AS (plain(name)) STORED;
       CREATE TABLE a_use (id int PRIMARY KEY, name text, known text GENERATED ALWAYS AS (known(name)) STORED);
       INSERT INTO a_use VALUES (1, 'a')`,
    ],
  },
  {
    name: "functions of another schema than that of the search path",
    sql: [
      `CREATE SCHEMA app; SET search_path = app;
       CREATE FUNCTION clean(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN trim(t); END $$;
       CREATE FUNCTION slug(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN lower(clean(t)); END $$;
       CREATE TABLE post (id int PRIMARY KEY, title text CHECK (slug(title) <> ''), slug text GENERATED ALWAYS AS (slug(title)) STORED);
       INSERT INTO post VALUES (1, ' A ')`,
    ],
  },
  {
    name: "a search path of its own",
    sql: [
      `CREATE SCHEMA "My app"; CREATE FUNCTION "My app".clean(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN trim(t); END $$;
       DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = "My app", public', current_database());
         EXECUTE format('ALTER DATABASE %I SET timezone = ''Asia/Tokyo''', current_database()); END $$`,
      `CREATE FUNCTION public.slug(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN lower(clean(t)); END $$;
       CREATE TABLE post (title text, slug text GENERATED ALWAYS AS (public.slug(title)) STORED); INSERT INTO post VALUES (' A ')`,
    ],
  },
  {
    name: "indexes over functions that call others",
    sql: [
      `CREATE EXTENSION unaccent; CREATE EXTENSION pg_trgm; CREATE EXTENSION btree_gist;
       CREATE FUNCTION plain(t text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN unaccent(t); END $$;
       CREATE TABLE post (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text NOT NULL, at int4range, up text GENERATED ALWAYS AS (upper(title)) STORED,
         EXCLUDE USING gist (plain(title) WITH =, at WITH &&));
       CREATE INDEX ON post USING gin (plain(title) gin_trgm_ops); CREATE UNIQUE INDEX ON post (plain(title)) WHERE plain(title) <> '';
       INSERT INTO post(title, at) VALUES ('Café', '[1,3)'), ('Tee', '[1,3)'); DELETE FROM post WHERE title = 'Tee'; INSERT INTO post(title) VALUES ('Öl')`,
    ],
  },
  {
    name: "domains with checks that call functions and read tables",
    sql: [
      `CREATE FUNCTION helper(t text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN t ~ '@'; END $$;
       CREATE FUNCTION is_mail(t text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT helper(t) $$;
       CREATE DOMAIN mail AS text CONSTRAINT is_mail CHECK (is_mail(VALUE)); COMMENT ON CONSTRAINT is_mail ON DOMAIN mail IS 'c';
       CREATE DOMAIN strict_mail AS mail NOT NULL DEFAULT 'a@b' CHECK (length(VALUE) < 50);
       CREATE TABLE z_country (code text PRIMARY KEY); INSERT INTO z_country VALUES ('DE');
       CREATE FUNCTION is_country(t text) RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT EXISTS (SELECT FROM z_country WHERE code = t) $$;
       CREATE DOMAIN country AS text CHECK (is_country(VALUE)); CREATE DOMAIN tags AS text[] CHECK (cardinality(VALUE) < 5);
       CREATE TABLE a_user (mail mail, strict strict_mail, country country, tags tags, upper text GENERATED ALWAYS AS (upper(mail)) STORED);
       INSERT INTO a_user VALUES ('x@y', 'z@z', 'DE', '{a,b}');
       CREATE TYPE pair AS (a mail, b int); CREATE TABLE pairs (p pair, more mail[]); INSERT INTO pairs VALUES (ROW('a@b', 1), '{c@d}')`,
    ],
  },
  {
    name: "a domain within arrays whose check reads another table",
    sql: [
      `CREATE TABLE z_country (code text PRIMARY KEY); INSERT INTO z_country VALUES ('DE');
       CREATE FUNCTION is_country(t text) RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT EXISTS (SELECT FROM z_country WHERE code = t) $$;
       CREATE DOMAIN country AS text CHECK (is_country(VALUE)); CREATE TABLE trip (id int, via country[]); INSERT INTO trip VALUES (1, '{DE}')`,
    ],
  },
  {
    name: "partitions by functions, by hash and with a default",
    sql: [
      `CREATE FUNCTION inner_bucket(i int) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT i % 3 $$;
       CREATE FUNCTION bucket(i int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN inner_bucket(i); END $$;
       CREATE TABLE event (id int NOT NULL, at date NOT NULL DEFAULT '2024-01-01', v text) PARTITION BY LIST (bucket(id));
       CREATE TABLE event_0 PARTITION OF event FOR VALUES IN (0); CREATE TABLE event_rest PARTITION OF event DEFAULT PARTITION BY RANGE (at);
       CREATE TABLE event_rest_1 PARTITION OF event_rest FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
       CREATE TABLE log (id bigint GENERATED BY DEFAULT AS IDENTITY, key text, PRIMARY KEY (id)) PARTITION BY HASH (id);
       CREATE TABLE log_0 PARTITION OF log FOR VALUES WITH (MODULUS 2, REMAINDER 0); CREATE TABLE log_1 (key text, id bigint NOT NULL);
       ALTER TABLE log ATTACH PARTITION log_1 FOR VALUES WITH (MODULUS 2, REMAINDER 1); CREATE INDEX log_key ON log (key);
       CREATE TABLE ref (id bigint REFERENCES log); CREATE INDEX ON event (v);
       INSERT INTO event(id, v) SELECT i, 'v' || i FROM generate_series(1, 30) i; INSERT INTO log(key) SELECT 'k' FROM generate_series(1, 30); INSERT INTO ref VALUES (3);
       CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
       CREATE TRIGGER on_event BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION nothing(); ALTER TABLE event_0 DISABLE TRIGGER on_event`,
    ],
  },
  {
    name: "views on functions on views, also in a circle",
    sql: [
      `CREATE TABLE t (id int PRIMARY KEY, name text COLLATE "C"); INSERT INTO t VALUES (1, 'a'), (2, 'b');
       CREATE VIEW v1 AS SELECT id, name FROM t; CREATE FUNCTION f1() RETURNS SETOF v1 LANGUAGE sql STABLE AS $$ SELECT * FROM public.v1 $$;
       CREATE VIEW v2 WITH (security_barrier = true) AS SELECT * FROM f1(); CREATE FUNCTION f2(v2) RETURNS text LANGUAGE sql AS $$ SELECT $1.name $$;
       CREATE VIEW v3 AS SELECT f2(v2) AS name FROM v2; CREATE MATERIALIZED VIEW m1 AS SELECT name, count(*) FROM v3 GROUP BY name; CREATE UNIQUE INDEX ON m1 (name);
       CREATE MATERIALIZED VIEW a_m2 AS SELECT * FROM m1; CREATE MATERIALIZED VIEW empty AS SELECT 1 AS one WITH NO DATA;
       CREATE VIEW round AS SELECT 1 AS n, 'x'::varchar(5) COLLATE "C" AS s; CREATE FUNCTION around() RETURNS SETOF round LANGUAGE sql AS $$ SELECT 1, 'y'::varchar(5) $$;
       CREATE OR REPLACE VIEW round AS SELECT n, s::varchar(5) COLLATE "C" AS s FROM around(); COMMENT ON VIEW round IS 'r'; COMMENT ON COLUMN round.n IS 'n';
       CREATE VIEW grouped AS SELECT id, name FROM t GROUP BY id; CREATE FUNCTION of_grouped() RETURNS SETOF grouped LANGUAGE sql AS $$ SELECT * FROM grouped $$;
       CREATE FUNCTION atomic(i int) RETURNS int LANGUAGE sql BEGIN ATOMIC INSERT INTO t VALUES (i, 'n') ON CONFLICT (id) DO UPDATE SET name = 'u' RETURNING id; END;
       CREATE VIEW changing AS SELECT * FROM t; ALTER VIEW changing ALTER COLUMN name SET DEFAULT 'd'; CREATE RULE ins AS ON INSERT TO changing DO INSTEAD INSERT INTO t VALUES (NEW.id, NEW.name)`,
    ],
  },
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
    name: "generated columns whose values depend on how a session prints",
    sql: [
      `CREATE FUNCTION day(timestamptz) RETURNS date LANGUAGE sql IMMUTABLE AS $$ SELECT ($1 AT TIME ZONE 'UTC')::date $$; CREATE FUNCTION half(float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$ SELECT $1 / 3 $$;
       CREATE TABLE t (at timestamptz, f float8, day date GENERATED ALWAYS AS (day(at)) STORED, f3 float8 GENERATED ALWAYS AS (half(f)) STORED); INSERT INTO t VALUES ('2024-05-06 23:30+02', 0.1);
       DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET datestyle = ''German, DMY''', current_database()); EXECUTE format('ALTER DATABASE %I SET timezone = ''Asia/Tokyo''', current_database());
         EXECUTE format('ALTER DATABASE %I SET intervalstyle = ''sql_standard''', current_database()); EXECUTE format('ALTER DATABASE %I SET extra_float_digits = -5', current_database()); END $$`,
    ],
  },
  {
    name: "a generated column whose function reads a table whose own come from functions",
    sql: [
      `CREATE FUNCTION twice(n numeric) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$ SELECT n * 2 $$; CREATE TABLE z_rate (code text PRIMARY KEY, rate numeric, double numeric GENERATED ALWAYS AS (twice(rate)) STORED);
       INSERT INTO z_rate VALUES ('a', 2.5); CREATE FUNCTION rate_of(c text) RETURNS numeric LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN (SELECT double FROM z_rate WHERE code = c); END $$;
       CREATE TABLE bill (id int PRIMARY KEY, code text, rate numeric GENERATED ALWAYS AS (rate_of(code)) STORED); INSERT INTO bill VALUES (1, 'a')`,
    ],
  },
  {
    name: "functions as defaults and arguments of each other",
    sql: [
      `CREATE FUNCTION zz_next() RETURNS text LANGUAGE sql AS $$ SELECT 'n'::text $$; CREATE FUNCTION aa_with(t text DEFAULT zz_next()) RETURNS text LANGUAGE sql AS $$ SELECT t $$;
       CREATE TABLE t (id text DEFAULT aa_with(), at timestamptz DEFAULT now()); INSERT INTO t DEFAULT VALUES; CREATE FUNCTION of_t(t) RETURNS text LANGUAGE sql STABLE AS $$ SELECT $1.id $$;
       CREATE INDEX ON t ((id || 'x')); CREATE VIEW v AS SELECT t.of_t FROM t; CREATE FUNCTION atomic() RETURNS SETOF t LANGUAGE sql BEGIN ATOMIC SELECT * FROM t WHERE id = aa_with('n'); END; CREATE VIEW w AS SELECT * FROM atomic();
       CREATE FUNCTION a_trigger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$; CREATE VIEW x AS SELECT 1 AS n; CREATE TRIGGER tr INSTEAD OF INSERT ON x FOR EACH ROW EXECUTE FUNCTION a_trigger(); CREATE FUNCTION broken() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN nothing_there(); END $$`,
    ],
  },
  {
    name: "values of every kind",
    sql: [
      `CREATE TABLE v (a bytea, b float8, c timestamptz, d interval, e jsonb, f xml, g money, h uuid, i inet, j bit varying, k "char", l regclass, m numeric, n text[], o point, p tsvector, q json, r date, s timetz, t pg_lsn);
       INSERT INTO v VALUES ('\\x00ff0a5c', 'NaN', 'infinity', '-1 mon +2 days -03:04:05.678', '{"a": [1, null, "\\u00e4"]}', '<a>b</a>', 12345.67, gen_random_uuid(), '::1/64', B'101', 'x', 'v', 1e300, ARRAY['a,b', NULL, '"', E'\\n\\t\\\\'], '(1.5,-2)', 'a:1 b:2', '{"a":  1}', '4713-01-01 BC', '12:00+02', '1/2');
       INSERT INTO v(b, m) VALUES (0.1 + 0.2, 'Infinity'), ('-0', 'NaN'); INSERT INTO v(n) VALUES ('{}'), (NULL); CREATE TABLE no_columns (); INSERT INTO no_columns DEFAULT VALUES; INSERT INTO no_columns DEFAULT VALUES;
       CREATE TABLE dropped (a int, b int, c int); INSERT INTO dropped VALUES (1, 2, 3); ALTER TABLE dropped DROP COLUMN b; ALTER TABLE dropped ADD COLUMN d int DEFAULT 4`,
    ],
  },
];

/** Only PostgreSQL 18 has these. */
export const constructsOf18: typeof constructs = [
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

/** Rows that were right when they were written, and what does not allow them any more. */
export const noLongerValid: { name: string; sql: string[]; names: string[] }[] = [
  {
    name: "a check against the time",
    sql: [
      `CREATE TABLE "Coupon" (id serial PRIMARY KEY, "expiresAt" timestamptz NOT NULL, CONSTRAINT valid CHECK ("expiresAt" > now()));
       INSERT INTO "Coupon"("expiresAt") VALUES (clock_timestamp() + interval '0.2 s'); SELECT pg_sleep(0.3)`,
    ],
    names: ['public."Coupon".valid'],
  },
  {
    name: "a check against another table",
    sql: [
      `CREATE TABLE word (w text); INSERT INTO word VALUES ('a'); CREATE FUNCTION known(t text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RETURN EXISTS (SELECT FROM word WHERE w = t); END $$;
       CREATE TABLE uses (w text CONSTRAINT known CHECK (known(w))); INSERT INTO uses VALUES ('a'); DELETE FROM word`,
    ],
    names: ["public.uses.known"],
  },
  {
    name: "a domain's check against the time",
    sql: [
      `CREATE DOMAIN future AS timestamptz CONSTRAINT future CHECK (VALUE > now()); CREATE TABLE t (a future); INSERT INTO t VALUES (clock_timestamp() + interval '0.2 s'); SELECT pg_sleep(0.3)`,
    ],
    names: ["public.future.future"],
  },
  {
    name: "the check of a domain within arrays",
    sql: [
      `CREATE DOMAIN future AS timestamptz CONSTRAINT future CHECK (VALUE > now()); CREATE TABLE t (a future[]); CREATE TABLE other (a int); INSERT INTO other VALUES (1);
       INSERT INTO t VALUES (ARRAY[clock_timestamp() + interval '0.2 s']); SELECT pg_sleep(0.3)`,
    ],
    names: ["public.future.future"],
  },
];
