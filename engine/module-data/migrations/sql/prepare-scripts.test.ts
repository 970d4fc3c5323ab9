import { expect, test } from "vitest";
import { findDestructive } from "./destructive.ts";
import { prepareScripts } from "./prepare-scripts.ts";

const extensions = { pg_trgm: "extensions", "uuid-ossp": "extensions" };
const granted = { schema: "m_polls", extensions, fresh: true };
const prepareOne = async (sql: string) => {
  const [script] = await prepareScripts([{ name: "1_init", sql }], granted);
  if (!script) throw new Error("no script");
  return script;
};

const rewrites: [title: string, source: string, result: string][] = [
  ["a qualified table", 'CREATE TABLE "public"."Poll" (id int)', 'CREATE TABLE "m_polls"."Poll" (id int)'],
  ["an unquoted name in any case", "DROP TABLE Public.x", "DROP TABLE m_polls.x"],
  [
    "types, casts, defaults and sequences",
    `ALTER TABLE public.t ADD c "public"."Role" DEFAULT 'A'::public."Role", ALTER i SET DEFAULT nextval('public.s'::regclass), ALTER j SET DEFAULT nextval('"public"."S"')`,
    `ALTER TABLE m_polls.t ADD c "m_polls"."Role" DEFAULT 'A'::m_polls."Role", ALTER i SET DEFAULT nextval('m_polls.s'::regclass), ALTER j SET DEFAULT nextval('"m_polls"."S"')`,
  ],
  [
    "not a table that is called public",
    "SELECT public.x, public.t.y FROM public.t, other public",
    "SELECT public.x, m_polls.t.y FROM m_polls.t, other public",
  ],
  [
    "not a text that merely says public.",
    "INSERT INTO public.t VALUES ('see public.t', 'public')",
    "INSERT INTO m_polls.t VALUES ('see public.t', 'public')",
  ],
  [
    "a look into the catalogues",
    "SELECT 1 FROM information_schema.tables WHERE table_schema = 'public' AND table_name = 'public'",
    "SELECT 1 FROM information_schema.tables WHERE table_schema = 'm_polls' AND table_name = 'public'",
  ],
  ["the schema itself", 'CREATE SCHEMA IF NOT EXISTS "public"; SELECT 1', "; SELECT 1"],
  ["a comment on the schema", "COMMENT ON SCHEMA public IS 'x'", "COMMENT ON SCHEMA m_polls IS 'x'"],
  ["a search path", "SET search_path TO public, pg_temp", "SET search_path TO m_polls, extensions, pg_temp"],
  [
    "a search path by function",
    "SELECT pg_catalog.set_config('search_path', 'public', false)",
    "SELECT pg_catalog.set_config('search_path', 'm_polls, extensions', false)",
  ],
  [
    "what an extension made",
    "CREATE INDEX i ON public.t USING gin (n public.gin_trgm_ops); SELECT public.uuid_generate_v4()",
    "CREATE INDEX i ON m_polls.t USING gin (n extensions.gin_trgm_ops); SELECT extensions.uuid_generate_v4()",
  ],
  [
    "a table named as a function of an extension that was not granted",
    "ALTER TABLE public.index ADD CONSTRAINT c CHECK (true)",
    "ALTER TABLE m_polls.index ADD CONSTRAINT c CHECK (true)",
  ],
  [
    "a PL/pgSQL body with dynamic SQL",
    "DO $$ BEGIN IF EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public') THEN EXECUTE 'ALTER TABLE public.t ADD a text DEFAULT ''public''' ; END IF; RAISE NOTICE 'the public. one'; END $$",
    "DO $$ BEGIN IF EXISTS (SELECT FROM pg_tables WHERE schemaname = 'm_polls') THEN EXECUTE 'ALTER TABLE m_polls.t ADD a text DEFAULT ''public''' ; END IF; RAISE NOTICE 'the public. one'; END $$",
  ],
  [
    "an SQL body in any dollar quote",
    "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS $ä$ SELECT count(*)::int FROM public.t WHERE public.t.é $ä$",
    "CREATE FUNCTION m_polls.f() RETURNS int LANGUAGE sql AS $ä$ SELECT count(*)::int FROM m_polls.t WHERE m_polls.t.é $ä$",
  ],
  [
    "a body in single quotes",
    "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT ''x'' FROM public.t'",
    "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS 'SELECT ''x'' FROM m_polls.t'",
  ],
  ["BEGIN and COMMIT", "BEGIN; SELECT 1; COMMIT;", "; SELECT 1; ;"],
  ["SET TRANSACTION", "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; SELECT 1", "; SELECT 1"],
  ["CONCURRENTLY", "CREATE INDEX CONCURRENTLY i ON t (a)", "CREATE INDEX i ON t (a)"],
  ["a granted extension", 'CREATE EXTENSION IF NOT EXISTS "uuid-ossp"; SELECT 1', "; SELECT 1"],
];

test.each(rewrites)("points %s at the module's schema or takes it out", async (_, source, result) => {
  const script = await prepareOne(source);
  expect(script.problems).toEqual([]);
  expect(script.sql.replace(/ +/g, " ").trim()).toBe(result.replace(/ +/g, " ").trim());
});

test("rewriting keeps every line where it was, also with CRLF, a byte order mark and letters of any script", async () => {
  const source = '\uFEFF-- 日本語\r\nBEGIN;\r\nCREATE TABLE "public"."表" (\r\n  id int\r\n);\r\nCOMMIT;\r\n';
  const script = await prepareOne(source);
  expect(script.source).toBe(source);
  expect(script.sql.split("\n")).toHaveLength(source.split("\n").length);
  expect(script.sql).toContain('CREATE TABLE "m_polls"."表" (\r\n');
  expect(script.statements.map((statement) => statement.line)).toEqual([3]);
});

const refusals: [reason: RegExp, sql: string][] = [
  [/reaches the schema graft/, "SELECT 1;\nSELECT * FROM graft.users"],
  [/reaches the schema m_other/, "SELECT 1;\nALTER TABLE m_other.t ADD c int"],
  [/reaches the schema m_other/, "SELECT 1;\nDROP TABLE m_other.t"],
  [/reaches the schema m_other/, "SELECT 1;\nSELECT m_other.f()"],
  [/creates the schema other/, "SELECT 1;\nCREATE SCHEMA other"],
  [/drops a schema/, "SELECT 1;\nDROP SCHEMA public CASCADE"],
  [/rights/, "SELECT 1;\nGRANT ALL ON t TO PUBLIC"],
  [/roles/, "SELECT 1;\nCREATE ROLE x"],
  [/owner/, "SELECT 1;\nALTER TABLE public.t OWNER TO postgres"],
  [/role it runs as/, "SELECT 1;\nSET ROLE postgres"],
  [/role it runs as/, "SELECT 1;\nRESET ROLE"],
  [/role it runs as/, "SELECT 1;\nSET SESSION AUTHORIZATION DEFAULT"],
  [/server or database itself/, "SELECT 1;\nALTER SYSTEM SET a = 1"],
  [/runs a program/, "SELECT 1;\nCOPY t FROM PROGRAM 'id'"],
  [/file of the database server/, "SELECT 1;\nCOPY t TO '/tmp/x'"],
  [/file of the database server/, "SELECT 1;\nSELECT pg_read_file('/etc/passwd')"],
  [/large objects/, "SELECT 1;\nSELECT lo_create(0)"],
  [/other servers/, "SELECT 1;\nSELECT dblink_connect('x')"],
  [/other servers/, "SELECT 1;\nCREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw"],
  [/event trigger/, "SELECT 1;\nCREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION f()"],
  [
    /SECURITY DEFINER/,
    "SELECT 1;\nCREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
  ],
  [/language plpython3u/, "SELECT 1;\nCREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS 'x'"],
  [/extension dblink/, "SELECT 1;\nCREATE EXTENSION dblink"],
  [/rolls back/, "SELECT 1;\nROLLBACK"],
  [/outlive/, "SELECT 1;\nPREPARE TRANSACTION 'x'"],
  [/role it runs as/, "DO $$ BEGIN\n  RESET ROLE; END $$"],
  [
    /reaches the schema graft/,
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$\nSELECT 1 FROM graft.users $$",
  ],
  [/syntax error at or near "tabel"/, "SELECT 1;\nCREATE tabel x"],
  [/command of psql.*remove the line/, "SELECT 1;\n\\\\restrict abc\nCREATE TABLE a (id int);"],
  [/command of psql.*remove the line/, "SELECT 1;\n\\\\connect other"],
];

test.each(refusals)("refuses with the line and the reason: %s", async (reason, sql) => {
  const { problems } = await prepareOne(sql);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ migration: "1_init", line: 2, reason: expect.stringMatching(reason) });
});

test("allows SECURITY DEFINER with a fixed search path, %TYPE, and PostgreSQL's own schemas", async () => {
  const { problems } = await prepareOne(`
    CREATE FUNCTION f(a poll.id%TYPE) RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = public AS 'SELECT 1';
    SELECT pg_catalog.now(), count(*) FROM information_schema.tables`);
  expect(problems).toEqual([]);
});

test("calls destructive what loses rows or columns that existed, not what a pending migration made itself", async () => {
  const scripts = await prepareScripts(
    [
      {
        name: "2_next",
        sql: `CREATE TABLE "new" (id int); DROP TABLE "new"; DROP TABLE "old";
              ALTER TABLE t DROP COLUMN a, ALTER b TYPE int, ALTER c TYPE text;
              DELETE FROM t; TRUNCATE t;`,
      },
    ],
    granted,
  );
  const found = findDestructive(scripts, false).map(({ line, reason }) => `${line}: ${reason}`);
  expect(found).toEqual([
    "1: drops the table old with its rows",
    "2: drops the column t.a",
    "2: changes the type of t.b to int4; values may not fit",
    "3: deletes every row of t",
    "3: empties t",
  ]);
  expect(findDestructive(scripts, true)).toEqual([]);
});

test("a new history commits where a value of an enum made in a block is used, and nowhere else", async () => {
  const migrations = [
    `DO $$ BEGIN CREATE TYPE k AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN null; END $$; CREATE TYPE own AS ENUM ('x');`,
    "ALTER TYPE k ADD VALUE 'b'; ALTER TYPE k ADD VALUE 'c'; ALTER TYPE own ADD VALUE 'y'",
    "CREATE TABLE t (o own DEFAULT 'y')",
    "ALTER TYPE k ADD VALUE 'd'; CREATE TABLE u (k k DEFAULT 'b')",
    "ALTER TABLE u ALTER k SET DEFAULT 'c'",
    "ALTER TABLE u ALTER k SET DEFAULT 'd'",
  ].map((sql, i) => ({ name: `${i + 1}`, sql }));
  const commits = async (options: object) =>
    (await prepareScripts(migrations, { ...granted, ...options }))
      .filter((script) => script.commitsFirst)
      .map(({ name }) => name);
  expect(await commits({})).toEqual(["4", "6"]);
  expect(await commits({ oneTransaction: true })).toEqual([]);
  expect(await commits({ fresh: false })).toEqual([]);
});
