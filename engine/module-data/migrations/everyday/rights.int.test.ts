import { describeEveryday, type Everyday } from "../../testing/everyday.ts";

const rows = "INSERT INTO doc VALUES (1, 'a')";
const doc = "CREATE TABLE doc (id int PRIMARY KEY, name text);";
const guarded = (role: string, sql: string) =>
  `DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '${role}') THEN ${sql} END IF; END $$;`;

/** Rights, roles and extensions, as far as they are the module's own. */
const histories: Everyday[] = [
  {
    title: "a right for a role that nobody has",
    files: [doc, guarded("reporting_tool", "GRANT SELECT ON doc TO reporting_tool;")],
    installed: 1,
    rows,
  },
  {
    title: "a role that a block would make, were it allowed",
    files: [
      doc,
      "DO $$ BEGIN CREATE ROLE app_reader; EXCEPTION WHEN insufficient_privilege OR duplicate_object THEN NULL; END $$;",
      "DO $$ BEGIN GRANT SELECT ON doc TO app_reader; EXCEPTION WHEN undefined_object THEN RAISE NOTICE 'none'; END $$;",
    ],
    installed: 1,
    rows,
  },
  {
    title: "rights that everybody loses or gets",
    files: [
      `${doc} CREATE FUNCTION secret() RETURNS int LANGUAGE sql AS 'SELECT 1'; REVOKE ALL ON FUNCTION secret() FROM PUBLIC; REVOKE ALL ON SCHEMA public FROM PUBLIC;`,
      "GRANT SELECT ON doc TO PUBLIC; REVOKE ALL ON doc FROM PUBLIC; ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC; CREATE FUNCTION other() RETURNS int LANGUAGE sql AS 'SELECT 2';",
    ],
    installed: 1,
    rows,
  },
  {
    title: "itself as the owner",
    files: [
      `${doc} ALTER TABLE doc OWNER TO CURRENT_USER;`,
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'; ALTER FUNCTION f() OWNER TO SESSION_USER;",
    ],
    installed: 1,
    rows,
  },
  {
    title: "a function that runs as its owner",
    files: [
      doc,
      "CREATE FUNCTION docs() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$ SELECT count(*) FROM doc $$; CREATE TABLE seen AS SELECT docs() AS n;",
    ],
    installed: 1,
    rows,
  },
  {
    title: "row security without policies",
    files: [
      `${doc} INSERT INTO doc VALUES (0, 'z'); ALTER TABLE doc ENABLE ROW LEVEL SECURITY;`,
      "UPDATE doc SET name = name || '!';",
    ],
    installed: 1,
    rows,
  },
  {
    title: "row security with policies, and a table that gets it later",
    files: [
      `${doc} CREATE TABLE note (id int);`,
      "ALTER TABLE doc ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON doc USING (name = current_user); CREATE POLICY few ON doc AS RESTRICTIVE USING (id < 0);",
      "ALTER TABLE note ENABLE ROW LEVEL SECURITY; UPDATE doc SET name = 'seen';",
      "ALTER TABLE note DISABLE ROW LEVEL SECURITY;",
    ],
    installed: 1,
    rows,
  },
  {
    title: "an extension of its own that it lets go of",
    files: [
      'CREATE EXTENSION IF NOT EXISTS "uuid-ossp"; CREATE TABLE doc (id int PRIMARY KEY, name text); CREATE TABLE ids AS SELECT length(uuid_generate_v4()::text) AS n; DROP EXTENSION "uuid-ossp";',
      "CREATE EXTENSION pg_trgm; CREATE INDEX doc_name ON doc USING gin (name gin_trgm_ops); COMMENT ON EXTENSION pg_trgm IS 'trigrams';",
      "DROP EXTENSION pg_trgm CASCADE;",
    ],
    installed: 1,
    rows,
    extensions: ["uuid-ossp", "pg_trgm"],
  },
  {
    title: "an extension that no server has, in a block that minds",
    files: [
      doc,
      "DO $$ BEGIN CREATE EXTENSION IF NOT EXISTS pg_cron; EXCEPTION WHEN feature_not_supported OR undefined_file OR insufficient_privilege THEN RAISE NOTICE 'no pg_cron'; END $$;",
      "DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'pg_cron') THEN CREATE EXTENSION pg_cron; END IF; END $$;",
    ],
    installed: 1,
    rows,
  },
  {
    title: "large objects",
    files: [
      `${doc} CREATE TABLE file (o oid); INSERT INTO file SELECT lo_from_bytea(4711, 'abc');`,
      "INSERT INTO file SELECT lo_from_bytea(4712, 'def'); SELECT lo_unlink(4711); DELETE FROM file WHERE o = 4711;",
    ],
    installed: 1,
    rows,
  },
];

describeEveryday("rights", histories);
