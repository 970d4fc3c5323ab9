import { expect, test } from "vitest";
import { refuseEndlessSql } from "./refuse-endless-sql.ts";

function refusal(sql: string): string | null {
  const began = performance.now();
  try {
    refuseEndlessSql("polls", [{ name: "1_init", sql }]);
    return null;
  } catch (error) {
    expect(error).toMatchObject({
      code: "TEXT_OVER_BUDGET",
      details: { module: "polls", file: "1_init/migration.sql" },
    });
    return (error as Error).message;
  } finally {
    expect(performance.now() - began).toBeLessThan(3000);
  }
}

test.each([
  ["comments within comments", `${"/*".repeat(40_000)}${"*/".repeat(40_000)} SELECT 1;`, /nests comments/],
  ["statements", "INSERT INTO thing (text) VALUES ('x');\n".repeat(100_000), /50,000 statements/],
  [
    "one long literal",
    `INSERT INTO thing (text) VALUES ('${"x".repeat(20_000_000)}');`,
    /larger than 7813 KB/,
  ],
  ["a long condition", `SELECT ${"a AND ".repeat(100_000)}b;`, /20,000 conditions/],
])("%s are refused before they are parsed", (_what, sql, says) => {
  expect(refusal(sql)).toMatch(says);
});

test.each([
  ["patterns in texts", `INSERT INTO route (path) VALUES ${"('/api/*'),\n".repeat(5000)}('it''s /* fine');`],
  [
    "escapes",
    String.raw`INSERT INTO t VALUES (E'it\'s /* /* /* /* /* /* /* /* /* /* /* /* /* /* /* /* /* /* /* /* /* /*'); SELECT 1;`,
  ],
  ["code", `DO $body$ BEGIN ${"PERFORM 1; ".repeat(60_000)} END $body$;`],
  ["names", `CREATE TABLE "a /* b" (id int); ${"-- /* \n".repeat(100)}`],
  ["conditions of many statements", "DELETE FROM t WHERE a = 1 AND b = 2 OR c;\n".repeat(30_000)],
  ["many short comments", "/* a */ SELECT 1; /* /* b */ */\n".repeat(20_000)],
])("what people write is taken: %s", (_what, sql) => {
  expect(refusal(sql)).toBeNull();
});

test("a way back is held against the same budget", () => {
  const down = `${"/*".repeat(100)}${"*/".repeat(100)}`;
  expect(() => refuseEndlessSql("polls", [{ name: "1_init", sql: "SELECT 1;", down }])).toThrow(
    "1_init/down.sql",
  );
});
