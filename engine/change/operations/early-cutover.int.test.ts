import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { writeModule } from "../../edge/host/testing/write-module.ts";
import { queryModule } from "../../module-data/testing/query-module.ts";
import type { PlanChange } from "../plan/index.ts";

// What was only added is gone back from with the older version in place before the tables change: nobody waits for it.

const init = 'CREATE TABLE "a" ("id" int); INSERT INTO "a" VALUES (1);';
const add = 'ALTER TABLE "a" ADD COLUMN "more" text; UPDATE "a" SET "more" = \'written\';';
const config = { type: "object", properties: { mood: { type: "string" } } };
const server = (first: string) => `
import { createServer } from "node:http";
const { mood } = JSON.parse(process.env.GRAFT_CONFIG);
const answer = process.env.GRAFT_VERSION + " " + mood;
${first}
createServer((req, res) => setTimeout(() => res.end(answer), 5)).listen(process.env.GRAFT_SOCKET);
process.on("SIGTERM", () => setTimeout(() => process.exit(0), 100));
`;

let database: TestDatabase;
let host: TestHost;
let before: number;

beforeAll(async () => {
  database = await createTestDatabase();
  host = await startTestHost({ databaseUrl: database.url });
  writeModule(host.catalogDir, "stock", {
    manifest: { config },
    migrations: { "1_a": init },
    server: server('if (mood === "bad") process.exit(3);'),
  });
  writeModule(host.catalogDir, "stock", {
    manifest: { version: "1.1.0", config },
    migrations: { "1_a": init, "2_b": add },
    server: server(""),
  });
  await apply({ action: "install", module: "stock", version: "1.0.0", access: { mode: "everyone" } });
  before = host.engine.registry.generation();
  await apply({ action: "upgrade", module: "stock", version: "1.1.0" });
}, 60_000);
afterAll(async () => {
  await host?.end();
  await database?.close();
});

async function apply(change: PlanChange, meanwhile?: () => Promise<unknown>) {
  const plan = await host.engine.plans.create(systemActor, [change]);
  await meanwhile?.();
  const begun = await host.engine.install.operations.apply(systemActor, plan.id, { confirm: ["stock"] });
  return host.engine.install.operations.wait(begun.id);
}
const goBack = () => apply({ action: "rollback", generation: before });
const columns = async () => {
  const rows = await queryModule(
    database,
    "stock",
    "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'a' ORDER BY 1",
  );
  return rows.map((row) => row.column_name);
};

async function answersNow(): Promise<string> {
  const { token } = JSON.parse(await readFile(join(host.dataDir, "host.json"), "utf8"));
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${host.url}/api/v1/stock/x`, { headers });
  return `${response.status} ${await response.text()}`;
}

/** What eight connections are answered while `work` goes on. */
async function answersDuring<T>(work: () => Promise<T>): Promise<{ result: T; answers: Set<string> }> {
  const answers = new Set<string>();
  let on = true;
  const ask = async () => {
    while (on) answers.add(await answersNow());
  };
  const asking = Array.from({ length: 8 }, ask);
  const result = await work().finally(() => {
    on = false;
  });
  await Promise.all(asking);
  return { result, answers };
}

test("an older version that does not start changes nothing: the newer one serves all the time, with its data", async () => {
  await host.engine.install.configure(systemActor, "stock", { mood: "bad" });
  const generation = host.engine.registry.generation();
  const { result, answers } = await answersDuring(goBack);
  expect(result).toMatchObject({ status: "failed", error: { code: "MODULE_START_FAILED" } });
  expect(answers).toEqual(new Set(["200 1.1.0 bad"]));
  expect(host.engine.registry.generation()).toBe(generation);
  expect(await columns()).toEqual(["id", "more"]);
  await host.engine.install.configure(systemActor, "stock", { mood: "good" });
});

test("the older version takes over first, then the tables follow, and no request fails", async () => {
  const { result, answers } = await answersDuring(goBack);
  expect(result).toMatchObject({ status: "succeeded", error: null });
  expect(result.steps.map(({ name }) => name)).toEqual([
    ...["fetch", "switch", "snapshot", "migrate", "commit"],
  ]);
  expect(answers).toEqual(new Set(["200 1.1.0 good", "200 1.0.0 good"]));
  expect(await columns()).toEqual(["id"]);
});

test("where the tables cannot follow the newer version comes back, and no request fails", async () => {
  await apply({ action: "upgrade", module: "stock", version: "1.1.0" });
  const { result, answers } = await answersDuring(() =>
    // Behind the plan's back: the way was tried on other tables.
    apply({ action: "rollback", generation: before }, () =>
      queryModule(database, "stock", 'ALTER TABLE a ADD COLUMN "hand" int'),
    ),
  );
  expect(result).toMatchObject({ status: "failed", error: { code: "MIGRATION_FAILED" } });
  expect(answers).toEqual(new Set(["200 1.1.0 good", "200 1.0.0 good"]));
  expect(host.engine.registry.get("stock")?.version).toBe("1.1.0");
  expect(await answersNow()).toBe("200 1.1.0 good");
  expect(await columns()).toEqual(["hand", "id", "more"]);
});
