import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { failure } from "../testing/worlds.ts";
import { noFilter, toMigrationList, withSchemaEngine } from "./schema-engine.ts";
import { watchEngine } from "./watch-engine.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase({ empty: true });
});
afterAll(() => database.close());
const factory = () => new PrismaPg({ connectionString: database.url, max: 1 });
const applied = () =>
  withSchemaEngine(factory(), (engine) =>
    engine.applyMigrations({ migrationsList: toMigrationList([]), filters: noFilter }),
  );

test("an engine that never answers is given up with a clear error, and the next one works", async () => {
  const error = await failure(withSchemaEngine(factory(), () => new Promise(() => {}), { limitMs: 100 }));
  expect(error.code).toBe("MIGRATION_FAILED");
  expect(error.message).toContain("stopped answering");
  expect(error.hint).toContain("Nothing was changed");
  expect((await applied()).appliedMigrationNames).toEqual([]);
});

test("a query that takes longer than the limit is no silence", async () => {
  const watch = watchEngine(factory(), { limitMs: 100 });
  const adapter = await watch.factory.connect();
  await Promise.race([adapter.executeScript("SELECT pg_sleep(1)"), watch.silent]);
  expect(watch.isSilent()).toBe(false);
  watch.end();
  await adapter.dispose();
});
