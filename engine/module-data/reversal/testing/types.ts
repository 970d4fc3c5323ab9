import type { Construct } from "./construct.ts";

const roles = "CREATE TYPE @e AS ENUM ('a', 'b'); ALTER TABLE @item ADD e @e NOT NULL DEFAULT 'a'";

export const types: Construct[] = [
  { title: "a value added to an enum", had: roles, upgrade: "ALTER TYPE @e ADD VALUE 'c' BEFORE 'b'" },
  {
    title: "a value added to an enum with an index, a view, a check and an array on it",
    had: `${roles}; ALTER TABLE @item ADD list @e[] DEFAULT '{b}', ADD CHECK (e <> 'b' OR n > 0);
      CREATE INDEX @i ON @item (e) WHERE e = 'a'; CREATE VIEW @v AS SELECT e FROM @item WHERE e = 'a';
      CREATE FUNCTION @f(@e) RETURNS @e LANGUAGE sql AS 'SELECT $1'`,
    upgrade: "ALTER TYPE @e ADD VALUE 'c'",
    reads: ["SELECT DISTINCT e::text, list::text FROM @item", [["a", "{b}"]]],
  },
  {
    title: "a value added to an enum and used in a default",
    had: roles,
    upgrade: "ALTER TYPE @e ADD VALUE 'c'",
    alone: ["ALTER TABLE @item ALTER e SET DEFAULT 'c'"],
    since: "INSERT INTO @item VALUES (3, 'c', 3, 'b')",
    reads: ["SELECT e::text FROM @item ORDER BY id", [["a"], ["a"], ["b"]]],
  },
  {
    title: "an enum exchanged as Prisma does, without a value",
    had: roles,
    upgrade: `CREATE TYPE @e_new AS ENUM ('a'); ALTER TABLE @item ALTER e DROP DEFAULT;
      ALTER TABLE @item ALTER e TYPE @e_new USING (e::text::@e_new); ALTER TYPE @e RENAME TO @e_old; ALTER TYPE @e_new RENAME TO @e;
      DROP TYPE @e_old; ALTER TABLE @item ALTER e SET DEFAULT 'a'`,
  },
  {
    title: "an enum exchanged whose older one stays",
    had: roles,
    upgrade: `ALTER TYPE @e RENAME TO @e_old; CREATE TYPE @e AS ENUM ('a', 'b', 'c'); ALTER TABLE @item ALTER e DROP DEFAULT;
      ALTER TABLE @item ALTER e TYPE @e USING (e::text::@e); ALTER TABLE @item ALTER e SET DEFAULT 'b'`,
    reads: ["SELECT e::text FROM @item ORDER BY id", [["a"], ["a"], ["b"]]],
  },
  { title: "an enum made and used", upgrade: roles },
  {
    title: "text become an enum",
    had: "ALTER TABLE @item ADD e text DEFAULT 'a'",
    upgrade: `CREATE TYPE @e AS ENUM ('a', 'b'); ALTER TABLE @item ALTER e DROP DEFAULT, ALTER e TYPE @e USING e::@e, ALTER e SET DEFAULT 'b'`,
    reads: ["SELECT e FROM @item ORDER BY id", [["a"], ["a"], ["b"]]],
  },
  {
    title: "an enum become text, and dropped",
    had: roles,
    upgrade: "ALTER TABLE @item ALTER e DROP DEFAULT, ALTER e TYPE text; DROP TYPE @e",
    since: "INSERT INTO @item VALUES (3, 'c', 3, 'b')",
    reads: ["SELECT e::text FROM @item ORDER BY id", [["a"], ["a"], ["b"]]],
  },
  {
    title: "an enum that nothing uses dropped",
    had: "CREATE TYPE @e AS ENUM ('a')",
    upgrade: "DROP TYPE @e",
  },
  {
    title: "a domain made",
    upgrade: "CREATE DOMAIN @d AS text CHECK (VALUE <> ''); ALTER TABLE @item ALTER title TYPE @d",
  },
  {
    title: "a domain dropped",
    had: "CREATE DOMAIN @d AS text CHECK (VALUE <> '') DEFAULT 'x'; ALTER TABLE @item ADD d @d",
    upgrade: "ALTER TABLE @item ALTER d TYPE text; DROP DOMAIN @d",
    reads: ["SELECT count(d)::int FROM @item", [[2]]],
  },
  {
    title: "a domain with another check and default",
    had: "CREATE DOMAIN @d AS text CONSTRAINT full_one CHECK (VALUE <> ''); ALTER TABLE @item ADD d @d DEFAULT 'x'",
    upgrade: `ALTER DOMAIN @d DROP CONSTRAINT full_one; ALTER DOMAIN @d ADD CONSTRAINT long_one CHECK (length(VALUE) > 0);
      ALTER DOMAIN @d SET DEFAULT 'y'; ALTER DOMAIN @d SET NOT NULL`,
    reads: ["SELECT DISTINCT d FROM @item", [["x"]]],
  },
  {
    title: "an attribute added to a composite type",
    had: "CREATE TYPE @c AS (x int, y text); ALTER TABLE @item ADD c @c DEFAULT ROW(1, 'y')",
    upgrade: "ALTER TYPE @c ADD ATTRIBUTE z int CASCADE",
    since: "INSERT INTO @item VALUES (3, 'c', 3, ROW(2, 'z', 5))",
    reads: ["SELECT c::text FROM @item ORDER BY id", [["(1,y)"], ["(1,y)"], ["(2,z)"]]],
  },
  {
    title: "an attribute dropped from a composite type",
    had: "CREATE TYPE @c AS (x int, y text); ALTER TABLE @item ADD c @c",
    upgrade: "ALTER TYPE @c DROP ATTRIBUTE x CASCADE",
    since: "INSERT INTO @item VALUES (3, 'c', 3, ROW('z'))",
    reads: ["SELECT c::text FROM @item WHERE id = 3", [["(,z)"]]],
  },
  {
    title: "a composite type dropped",
    had: "CREATE TYPE @c AS (x int, y text)",
    upgrade: "DROP TYPE @c",
  },
  {
    title: "a range type made and used",
    upgrade: "CREATE TYPE @r AS RANGE (subtype = float8); ALTER TABLE @item ADD r @r",
  },
  {
    title: "a range type dropped",
    had: "CREATE TYPE @r AS RANGE (subtype = float8)",
    upgrade: "DROP TYPE @r",
  },
];
