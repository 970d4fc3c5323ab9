import { expect, test } from "vitest";
import { highlightSql } from "./highlight-sql";

const kinds = (sql: string) =>
  highlightSql(sql)
    .filter((token) => token.kind !== "plain")
    .map((token) => [token.kind, token.text]);

test.each([
  `CREATE TABLE "posts" ("id" UUID DEFAULT 'it''s', n INT CHECK (n > 1.5)); -- done`,
  "DO $body$ BEGIN PERFORM 'x;'; END $body$;",
  "an open 'string and an open /* comment",
  "",
])("the pieces joined are exactly the SQL", (sql) => {
  expect(
    highlightSql(sql)
      .map((token) => token.text)
      .join(""),
  ).toBe(sql);
});

test("a keyword inside a string, a comment or a quoted name stays what it is", () => {
  expect(kinds(`SELECT 'DROP TABLE' -- DROP\nFROM "table"`)).toEqual([
    ["keyword", "SELECT"],
    ["string", "'DROP TABLE'"],
    ["comment", "-- DROP"],
    ["keyword", "FROM"],
  ]);
});

test("a dollar-quoted body is one string up to its own tag", () => {
  expect(kinds("$a$ x $b$ y $a$ 7")).toEqual([
    ["string", "$a$ x $b$ y $a$"],
    ["number", "7"],
  ]);
});
