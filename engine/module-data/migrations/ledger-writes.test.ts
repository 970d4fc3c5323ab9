import { expect, test } from "vitest";
import { asText, createLedgerWrites } from "./ledger-writes.ts";

const begins =
  'INSERT INTO "_prisma_migrations" ("id","checksum","started_at","migration_name") VALUES ($1,$2,$3,$4)';
const counts =
  'UPDATE "_prisma_migrations" SET "applied_steps_count" = ("applied_steps_count" + $1) WHERE "id" = $2';
const finishes = 'UPDATE "_prisma_migrations" SET "finished_at" = $1 WHERE "id" = $2';
const columns = '("id","checksum","started_at","migration_name","applied_steps_count","finished_at")';

test("what the engine writes is held, what it reads and creates is not", () => {
  const ledger = createLedgerWrites();
  expect(ledger.take({ sql: begins, args: ["1", "c", "at", "one"] })).toBe(true);
  expect(ledger.take({ sql: 'SELECT * FROM "_prisma_migrations"', args: [] })).toBe(false);
  expect(ledger.take({ sql: "CREATE TABLE _prisma_migrations (id int)", args: [] })).toBe(false);
});

test("finished migrations become one INSERT, and one that runs waits", () => {
  const ledger = createLedgerWrites();
  for (const id of ["1", "2"]) {
    ledger.take({ sql: begins, args: [id, "c", "at", `m${id}`] });
    ledger.take({ sql: counts, args: [1, id] });
    ledger.take({ sql: finishes, args: ["then", id] });
  }
  ledger.take({ sql: begins, args: ["3", "c", "at", "m3"] });
  expect(ledger.flush(false)).toEqual([
    `INSERT INTO "_prisma_migrations" ${columns} VALUES ('1','c','at','m1',1,'then'),('2','c','at','m2',1,'then')`,
  ]);
  expect(ledger.flush(false)).toEqual([]);
  expect(ledger.flush(true)).toEqual([
    `INSERT INTO "_prisma_migrations" ${columns} VALUES ('3','c','at','m3',0,NULL)`,
  ]);
});

test("what is written of a row that is not held goes as it is", () => {
  const ledger = createLedgerWrites();
  expect(
    ledger.take({ sql: 'UPDATE "_prisma_migrations" SET "logs" = $1 WHERE "id" = $2', args: ["x", "9"] }),
  ).toBe(true);
  expect(ledger.flush(false)).toEqual([`UPDATE "_prisma_migrations" SET "logs" = 'x' WHERE "id" = '9'`]);
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
