import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { awaitLead, withoutRunningOperation } from "./without-running-operation.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
}, 60_000);
afterAll(() => database?.close());

test("housekeeping is waited for, a running operation is not", async () => {
  const { db } = database;
  let cleaned = false;
  const housekeeping = withoutRunningOperation(db, { waitMs: 0 }, async () => {
    await delay(2_500);
    cleaned = true;
  });
  await delay(100);
  const lead = await awaitLead(db);
  expect(cleaned).toBe(true);
  await housekeeping;
  const data = { planId: "0190a6f0-0000-7000-8000-000000000001", status: "preparing", actorName: "somebody" };
  await db.prisma.operation.create({ data });
  const asked = performance.now();
  expect(await awaitLead(db)).toBeNull();
  expect(performance.now() - asked).toBeLessThan(10_000);
  await lead?.release();
}, 30_000);
