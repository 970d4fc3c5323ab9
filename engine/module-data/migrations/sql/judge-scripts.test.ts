import { expect, test } from "vitest";
import { findDestructive } from "./destructive.ts";
import { judgeScripts } from "./judge-scripts.ts";

const granted = {
  extensions: ["pg_trgm", "uuid-ossp", "moddatetime"],
  trusted: new Set(["pg_trgm", "uuid-ossp", "citext"]),
  forbiddenParameters: new Set(["session_replication_role", "log_statement"]),
};
const judgeOne = async (sql: string) => {
  const [script] = await judgeScripts([{ name: "1_init", sql }], granted);
  if (!script) throw new Error("no script");
  return script;
};

const plain: [title: string, sql: string][] = [
  [
    "its own schema public, qualified or not",
    'CREATE TABLE "public"."Poll" (id int); DROP TABLE Public.x; CREATE SCHEMA IF NOT EXISTS public',
  ],
  [
    "schemas of its own",
    "CREATE SCHEMA billing; CREATE TABLE billing.t (id int); DROP SCHEMA billing CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE SCHEMA x AUTHORIZATION CURRENT_USER",
  ],
  [
    "a schema that is called as another module's or the host's",
    "SELECT * FROM graft.users; ALTER TABLE m_other.t ADD c int",
  ],
  ["BEGIN and COMMIT", "BEGIN; SELECT 1; COMMIT; START TRANSACTION; ROLLBACK"],
  [
    "SET, also of a search path",
    "SET search_path TO public, pg_temp; SET LOCAL work_mem = '1MB'; SELECT pg_catalog.set_config('search_path', '', false); RESET ALL",
  ],
  [
    "rights that everybody is given or loses",
    "GRANT ALL ON t TO PUBLIC; REVOKE ALL ON FUNCTION f() FROM PUBLIC; REVOKE ALL ON SCHEMA public FROM PUBLIC; GRANT USAGE ON SCHEMA public TO CURRENT_USER",
  ],
  [
    "default rights of its own",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC; ALTER DEFAULT PRIVILEGES FOR ROLE CURRENT_USER GRANT SELECT ON TABLES TO PUBLIC",
  ],
  [
    "itself as the owner",
    "ALTER TABLE t OWNER TO CURRENT_USER; ALTER FUNCTION f() OWNER TO SESSION_USER; ALTER SCHEMA public OWNER TO CURRENT_ROLE",
  ],
  [
    "a granted extension, and letting go of it",
    'CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA public; COMMENT ON EXTENSION "uuid-ossp" IS \'x\'; DROP EXTENSION "uuid-ossp"; CREATE EXTENSION IF NOT EXISTS plpgsql',
  ],
  ["letting go of one that is not granted", "DROP EXTENSION IF EXISTS citext"],
  ["SECURITY DEFINER", "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'"],
  ["large objects", "SELECT lo_create(0); SELECT lo_unlink(1); ALTER LARGE OBJECT 1 OWNER TO CURRENT_USER"],
  [
    "row security",
    "ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; CREATE POLICY p ON t TO PUBLIC USING (true); ALTER POLICY p ON t TO CURRENT_USER",
  ],
  [
    "%TYPE, and PostgreSQL's own schemas",
    "CREATE FUNCTION f(a poll.id%TYPE) RETURNS int LANGUAGE sql AS 'SELECT 1'; SELECT pg_catalog.now(), count(*) FROM information_schema.tables",
  ],
  [
    "a role, a right and an extension that a block asks for first",
    `DO $$ BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'reader') THEN CREATE ROLE reader; END IF;
      IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'reader') THEN GRANT SELECT ON t TO reader; END IF; END $$`,
  ],
  [
    "what a block catches",
    "DO $$ BEGIN CREATE EXTENSION pg_cron; GRANT SELECT ON t TO reader; EXCEPTION WHEN OTHERS THEN NULL; END $$",
  ],
  [
    "what stands in a function that nobody has called",
    "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN GRANT SELECT ON t TO reader; END $$",
  ],
  ["nothing at all", "-- only a comment\n/* and another */\n"],
];

test.each(plain)("allows %s, and runs it as it was written", async (_, sql) => {
  const script = await judgeOne(sql);
  expect(script.problems).toEqual([]);
  expect(script.sql).toBe(sql);
});

test("a file keeps every line where it was, also with CRLF, a byte order mark and letters of any script", async () => {
  const source = '\uFEFF-- 日本語\r\nBEGIN;\r\nCREATE TABLE "public"."表" (\r\n  id int\r\n);\r\nCOMMIT;\r\n';
  const script = await judgeOne(source);
  expect(script.source).toBe(source);
  expect(script.sql).toBe(source.replace("\uFEFF", " "));
  expect(script.statements.map((statement) => statement.line)).toEqual([2, 3, 6]);
});

test.each([
  [
    "CREATE EXTENSION pg_trgm SCHEMA public; SELECT 1",
    "CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA public; SELECT 1",
  ],
  ['create  extension\n"uuid-ossp"', 'create  extension IF NOT EXISTS\n"uuid-ossp"'],
  [
    "CREATE SCHEMA apart; CREATE SCHEMA b; CREATE EXTENSION moddatetime SCHEMA apart;",
    "CREATE SCHEMA IF NOT EXISTS apart; CREATE SCHEMA b; CREATE EXTENSION IF NOT EXISTS moddatetime SCHEMA apart;",
  ],
  ["SELECT 1;\nCOMMENT ON EXTENSION plpgsql\n  IS 'x';\nSELECT 2;", "SELECT 1;\nSELECT\n;\nSELECT 2;"],
  ["COMMENT ON EXTENSION moddatetime IS 'x'", "SELECT"],
])("of an extension that is there already nothing fails: %s", async (sql, runs) => {
  expect(await judgeOne(sql)).toMatchObject({ sql: runs, source: sql, problems: [] });
});

const refusals: [reason: RegExp, sql: string][] = [
  [/grants rights to the role reader.*block that asks/, "SELECT 1;\nGRANT SELECT ON t TO reader"],
  [/revokes rights from the role reader/, "SELECT 1;\nREVOKE ALL ON t FROM PUBLIC, reader"],
  [/rights on what is not the module's/, "SELECT 1;\nGRANT CONNECT ON DATABASE graft TO PUBLIC"],
  [/rights on what is not the module's/, "SELECT 1;\nGRANT SET ON PARAMETER log_statement TO PUBLIC"],
  [
    /grants rights to the role reader/,
    "SELECT 1;\nALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO reader",
  ],
  [/another owner/, "SELECT 1;\nALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT SELECT ON TABLES TO PUBLIC"],
  [
    /policy for the role authenticated/,
    "SELECT 1;\nCREATE POLICY p ON t FOR SELECT TO authenticated USING (true)",
  ],
  [/roles/, "SELECT 1;\nCREATE ROLE x"],
  [/roles/, "SELECT 1;\nCREATE USER x PASSWORD 'y'"],
  [/roles/, "SELECT 1;\nALTER ROLE CURRENT_USER SET search_path = x"],
  [/roles/, "SELECT 1;\nGRANT pg_monitor TO CURRENT_USER"],
  [/roles/, "SELECT 1;\nREASSIGN OWNED BY x TO y"],
  [/roles/, "SELECT 1;\nDROP OWNED BY x"],
  [/roles/, "SELECT 1;\nCOMMENT ON ROLE x IS 'y'"],
  [/another owner/, "SELECT 1;\nALTER TABLE public.t OWNER TO postgres"],
  [/another owner/, "SELECT 1;\nALTER SCHEMA public OWNER TO postgres"],
  [/another owner/, "SELECT 1;\nCREATE SCHEMA x AUTHORIZATION postgres"],
  [/role it runs as/, "SELECT 1;\nSET ROLE postgres"],
  [/role it runs as/, "SELECT 1;\nSET LOCAL ROLE postgres"],
  [/role it runs as/, "SELECT 1;\nRESET ROLE"],
  [/role it runs as/, "SELECT 1;\nSET SESSION AUTHORIZATION DEFAULT"],
  [/role it runs as/, "SELECT 1;\nSELECT set_config('role', 'postgres', false)"],
  [
    /session_replication_role, which only a superuser may/,
    "SELECT 1;\nSET session_replication_role = 'replica'",
  ],
  [
    /session_replication_role, which only a superuser may/,
    "SELECT 1;\nSELECT pg_catalog.set_config('session_replication_role', 'replica', true)",
  ],
  [
    /log_statement, which only a superuser may/,
    "SELECT 1;\nCREATE FUNCTION f() RETURNS int LANGUAGE sql SET LOG_STATEMENT = 'none' AS 'SELECT 1'",
  ],
  [/server or a database itself/, "SELECT 1;\nALTER SYSTEM SET a = 1"],
  [/server or a database itself/, "SELECT 1;\nALTER DATABASE graft SET timezone = 'UTC'"],
  [/server or a database itself/, "SELECT 1;\nCREATE DATABASE other"],
  [/server or a database itself/, "SELECT 1;\nCOMMENT ON DATABASE graft IS 'x'"],
  [/runs a program/, "SELECT 1;\nCOPY t FROM PROGRAM 'id'"],
  [/file of the database server/, "SELECT 1;\nCOPY t TO '/tmp/x'"],
  [/client's input/, "SELECT 1;\nCOPY t FROM stdin"],
  [/file of the database server/, "SELECT 1;\nSELECT pg_read_file('/etc/passwd')"],
  [/file of the database server/, "SELECT 1;\nSELECT lo_import('/etc/passwd')"],
  [/other servers/, "SELECT 1;\nSELECT dblink_connect('x')"],
  [/other servers/, "SELECT 1;\nCREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw"],
  [
    /event trigger, which only a superuser may/,
    "SELECT 1;\nCREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION f()",
  ],
  [
    /operator class, which only a superuser may/,
    "SELECT 1;\nCREATE OPERATOR CLASS c FOR TYPE int USING btree AS FUNCTION 1 f(int, int)",
  ],
  [/leakproof/, "SELECT 1;\nCREATE FUNCTION f() RETURNS int LANGUAGE sql LEAKPROOF AS 'SELECT 1'"],
  [/leakproof/, "SELECT 1;\nALTER FUNCTION f() LEAKPROOF"],
  [/language plpython3u/, "SELECT 1;\nCREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS 'x'"],
  [/language plperl/, "SELECT 1;\nDO LANGUAGE plperl 'x'"],
  [/extension dblink, which module.json does not list/, "SELECT 1;\nCREATE EXTENSION dblink"],
  [/extension moddatetime, which PostgreSQL does not trust/, "SELECT 1;\nDROP EXTENSION moddatetime"],
  [/outlive/, "SELECT 1;\nPREPARE TRANSACTION 'x'"],
  [/role it runs as/, "DO $$ BEGIN\n  RESET ROLE; END $$"],
  [/extension dblink/, "DO $$ BEGIN\n  CREATE EXTENSION dblink; END $$"],
  [/syntax error at or near "tabel"/, "SELECT 1;\nCREATE tabel x"],
  [/command of psql.*remove the line/, "SELECT 1;\n\\restrict abc\nCREATE TABLE a (id int);"],
  [/command of psql.*remove the line/, "SELECT 1;\n\\connect other"],
];

test.each(refusals)("refuses with the line and the reason: %s", async (reason, sql) => {
  const { problems } = await judgeOne(sql);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatchObject({ migration: "1_init", line: 2, reason: expect.stringMatching(reason) });
});

test("calls destructive what loses rows or columns that existed, not what a pending migration made itself", async () => {
  const scripts = await judgeScripts(
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
