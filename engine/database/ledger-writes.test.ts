import { expect, test } from "vitest";
import { asText, isLedgerWrite } from "./ledger-writes.ts";

test("rows of the ledger are known from what the engine reads and creates", () => {
  expect(isLedgerWrite({ sql: 'INSERT INTO "_prisma_migrations" ("id") VALUES ($1)', args: [] })).toBe(true);
  expect(isLedgerWrite({ sql: 'UPDATE "_prisma_migrations" SET "id" = $1', args: [] })).toBe(true);
  expect(isLedgerWrite({ sql: 'SELECT * FROM "_prisma_migrations"', args: [] })).toBe(false);
  expect(isLedgerWrite({ sql: "CREATE TABLE _prisma_migrations (id int)", args: [] })).toBe(false);
});

test("values stand in the text as PostgreSQL reads them, whatever a migration is called", () => {
  const at = new Date("2026-01-02T03:04:05.678Z");
  const sql = "VALUES ($1,$2,$3,$4,$10)";
  const args = ["o'clock $2 \\ 'x'", at, 1, null, 0, 0, 0, 0, 0, "tenth"];
  expect(asText({ sql, args })).toBe(
    "VALUES ( E'o''clock $2 \\\\ ''x''','2026-01-02T03:04:05.678Z',1,NULL,'tenth')",
  );
  expect(() => asText({ sql: "$1", args: [{}] })).toThrow("a value of type object");
});
