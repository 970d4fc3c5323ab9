/** What a module's history can make, in a database of its own. */
export interface Construct {
  name: string;
  /** In the order in which it runs, one session a part; RUNTIME is the module's runtime role. */
  sql: string[];
}

/** What calls functions while rows are put in. */
export const functionConstructs: Construct[] = [
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
    name: "casts, operators and aggregates that generated columns and views use",
    sql: [
      `CREATE TYPE rgb AS (r int, g int, b int); CREATE FUNCTION hex(rgb) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT to_hex(($1).r) $$; CREATE CAST (rgb AS text) WITH FUNCTION hex(rgb) AS IMPLICIT; CREATE TABLE c (v rgb, s text GENERATED ALWAYS AS (v::text) STORED); INSERT INTO c VALUES (ROW(255,0,0)); CREATE INDEX ON c ((v::text));
       CREATE FUNCTION lt(rgb, rgb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT ($1).r < ($2).r $$; CREATE FUNCTION gt(rgb, rgb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT ($1).r > ($2).r $$; CREATE OPERATOR <<< (FUNCTION = lt, LEFTARG = rgb, RIGHTARG = rgb, COMMUTATOR = >>>, NEGATOR = !>>, RESTRICT = scalarltsel, JOIN = scalarltjoinsel); CREATE OPERATOR >>> (FUNCTION = gt, LEFTARG = rgb, RIGHTARG = rgb, COMMUTATOR = <<<); CREATE OPERATOR !!! (FUNCTION = hex, RIGHTARG = rgb); CREATE VIEW vv AS SELECT !!! v AS h FROM c WHERE v <<< ROW(300,0,0)::rgb;
       CREATE FUNCTION first_(rgb, rgb) RETURNS rgb LANGUAGE sql IMMUTABLE AS 'SELECT coalesce($1, $2)'; CREATE AGGREGATE mx(rgb) (SFUNC = first_, STYPE = rgb)`,
    ],
  },
  {
    name: "functions that have a name several times, also one of PostgreSQL's own",
    sql: [
      `CREATE FUNCTION f(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1'; CREATE FUNCTION f(text) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2'; CREATE TABLE t (a int DEFAULT f(1), b int DEFAULT f('x'::text), c int GENERATED ALWAYS AS (f(a_)) STORED, a_ int);
       CREATE FUNCTION lower(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'mine' $$; CREATE TABLE sh (x text, y text GENERATED ALWAYS AS (public.lower(x)) STORED, z text DEFAULT pg_catalog.lower('A')); INSERT INTO sh(x) VALUES ('Q'); CREATE VIEW shv AS SELECT public.lower(x) AS a, lower(x) AS b FROM sh`,
    ],
  },
  {
    name: "policies that read other tables",
    sql: [
      `CREATE TABLE member (who text, team int); CREATE FUNCTION teams() RETURNS SETOF int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$ SELECT team FROM member WHERE who = current_user $$;
       CREATE TABLE doc (id int, team int, tags text[] DEFAULT ARRAY['a','b']::text[]); ALTER TABLE doc ENABLE ROW LEVEL SECURITY; ALTER TABLE doc FORCE ROW LEVEL SECURITY; CREATE POLICY team ON doc USING (team IN (SELECT teams())) WITH CHECK (EXISTS (SELECT FROM member m WHERE m.team = doc.team));
       CREATE POLICY graft_runtime ON member TO RUNTIME USING (true); ALTER TABLE member ENABLE ROW LEVEL SECURITY; ALTER TABLE doc NO FORCE ROW LEVEL SECURITY; INSERT INTO doc VALUES (1, 1); ALTER TABLE doc FORCE ROW LEVEL SECURITY`,
    ],
  },
  {
    name: "a check that counts its own table",
    sql: [
      `CREATE TABLE q (id int PRIMARY KEY); CREATE FUNCTION few() RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT count(*) < 3 FROM q $$; ALTER TABLE q ADD CONSTRAINT few CHECK (few()); INSERT INTO q VALUES (1), (2)`,
    ],
  },
];
