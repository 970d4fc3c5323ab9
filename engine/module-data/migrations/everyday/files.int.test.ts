import { afterAll, afterEach, expect, test } from "vitest";
import { describeEveryday, type Everyday, toFiles } from "../../testing/everyday.ts";
import { createModestWorld, failure, installHistory, place, upgradeInPlace } from "../../testing/worlds.ts";

const bom = "\uFEFF";
const crlf = (sql: string) => sql.replaceAll("\n", "\r\n");
const counter = "CREATE TABLE counter (n int);\nINSERT INTO counter VALUES (0);\n";
const more = "UPDATE counter SET n = n + 1;\n";
const body =
  "CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$\nBEGIN\n  RETURN 2; -- two;\nEND;\n$$;\nINSERT INTO counter SELECT two();\n";

/** How files are written, whatever stands in them. */
const histories: Everyday[] = [
  { title: "two files of one text", files: [counter, more, more, more], installed: 2 },
  { title: "line ends of Windows", files: [crlf(counter), crlf(body), crlf(more)], installed: 1 },
  { title: "byte order marks", files: [bom + counter, bom + crlf(body), bom + more], installed: 1 },
  {
    title: "an empty file, blanks, and comments alone",
    files: [
      "",
      counter,
      "\n  \r\n",
      "-- This is an empty migration.",
      "/* a\n /* nested */ comment; */\n--; CREATE TABLE x ();\n",
      more,
      ";;\n;",
    ],
    installed: 2,
  },
  {
    title: "a last statement without an end, and one with two",
    files: [
      "CREATE TABLE counter (n int);;",
      "INSERT INTO counter VALUES (1)",
      "INSERT INTO counter VALUES (2) -- the last",
    ],
    installed: 1,
  },
  {
    title: "letters of any script, in names, texts and bodies",
    files: [
      'CREATE TABLE "表" ("naïve" text DEFAULT \'日本; --\', "🙂" int);\nINSERT INTO "表" VALUES (\'ß; /*\', 1);',
      'CREATE FUNCTION "ƒ"() RETURNS text LANGUAGE sql AS $ä$ SELECT \'; $$ é\'::text $ä$;\nINSERT INTO "表" SELECT "ƒ"();',
    ],
    installed: 1,
  },
  {
    title: "quotes of every kind",
    files: [
      "CREATE TABLE t (s text); INSERT INTO t VALUES ('it''s; '), (E'a\\'b;\\n'), ($$c;$$), ($x$d $$ ;$x$), (U&'\\0041;'), ('a\\'), (B'01'::text);",
      "DO 'BEGIN INSERT INTO t VALUES (''in quotes;''); END';",
    ],
    installed: 1,
  },
  {
    title: "a hundred small files",
    files: [
      "CREATE TABLE t (id int);",
      ...Array.from({ length: 100 }, (_, i) => `ALTER TABLE t ADD COLUMN c${i} int DEFAULT ${i};`),
    ],
    installed: 20,
    rows: "INSERT INTO t(id) VALUES (1)",
  },
];

describeEveryday("files", histories);

const world = await createModestWorld();
const { modules } = world;
afterEach(() => modules.drop(place));
afterAll(() => world.end());

test("files that Git or an editor gave other line ends since are the same migrations", async () => {
  await installHistory(modules, toFiles([counter, crlf(body)]));
  expect(await upgradeInPlace(modules, toFiles([bom + crlf(counter), body, more]))).toEqual(["003"]);
});

test("a transaction that a file leaves open is told by the file's name, and nothing goes on in it", async () => {
  const error = await failure(installHistory(modules, toFiles([counter, `BEGIN; ${more}`, more])));
  expect(error).toMatchObject({
    code: "MIGRATION_FAILED",
    message: expect.stringContaining("migration 002"),
    details: { reason: expect.stringContaining("leaves a transaction open") },
  });
});
