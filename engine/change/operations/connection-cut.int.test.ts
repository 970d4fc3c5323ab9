import { afterAll, beforeAll, expect, test } from "vitest";
import { systemActor } from "../../core/index.ts";
import { choosePart } from "../../core/testing/choose-part.ts";
import { type CuttingProxy, startCuttingProxy } from "../../core/testing/cutting-proxy.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { writeModule } from "../../edge/host/testing/write-module.ts";
import { databaseState } from "../install/testing/system-state.ts";
import type { PlanChange } from "../plan/index.ts";

// A living host whose connection to PostgreSQL is cut at one query after the other, on either side of it. Without a
// restart each operation ends as a success or as an error that says it may be tried again, and nothing is half done.

let database: TestDatabase;
let proxy: CuttingProxy;
let host: TestHost;

beforeAll(async () => {
  database = await createTestDatabase();
  proxy = await startCuttingProxy(database.url);
  host = await startTestHost({ databaseUrl: proxy.url });
  await host.engine.install.converge();
  const table = 'CREATE TABLE "t" ("id" int PRIMARY KEY); INSERT INTO "t" VALUES (1), (2);';
  writeModule(host.catalogDir, "cut", { migrations: { "1_t": table } });
  writeModule(host.catalogDir, "cut", {
    manifest: { version: "2.0.0" },
    migrations: {
      "1_t": table,
      "2_t": 'DELETE FROM "t" WHERE "id" = 2; ALTER TABLE "t" ADD COLUMN "x" int;',
    },
  });
});
afterAll(async () => {
  await host?.end();
  await proxy?.close();
  await database?.close();
});

const install: PlanChange[] = [
  { action: "install", module: "cut", version: "1.0.0", access: { mode: "everyone" } },
];
const upgrade: PlanChange[] = [{ action: "upgrade", module: "cut", version: "2.0.0" }];
const uninstall: PlanChange[] = [{ action: "uninstall", module: "cut", data: "delete" }];

/** How it ended for who asked: the operation's own end, or the error of the call. */
async function apply(
  changes: PlanChange[],
  onPlanned = () => {},
): Promise<{ ok: boolean; retryable: boolean; said: string }> {
  const { plans, install, toProblem } = host.engine;
  try {
    const plan = await plans.create(systemActor, changes);
    onPlanned();
    const { id } = await install.operations.apply(systemActor, plan.id, { confirm: ["cut"] });
    const { status, error } = await install.operations.wait(id);
    return {
      ok: status === "succeeded",
      retryable: error?.retryable ?? true,
      said: `${status}: ${error?.detail}`,
    };
  } catch (error) {
    const { code, detail, retryable } = toProblem(error);
    return { ok: false, retryable, said: `${code}: ${detail}` };
  }
}

/** Applied until it is taken: what was cut is recovered first, by the host itself. */
async function until(changes: PlanChange[]): Promise<void> {
  proxy.arm(0);
  await expect.poll(async () => (await apply(changes)).ok, { timeout: 60_000, interval: 20 }).toBe(true);
}

const settled = () =>
  expect
    .poll(async () => (await database.db.prisma.operation.count({ where: { finishedAt: null } })) === 0, {
      timeout: 60_000,
      interval: 20,
    })
    .toBe(true);

interface Way {
  name: string;
  setUp: PlanChange[][];
  changes: PlanChange[];
  parts: number;
}
const ways: Way[] = [
  { name: "an install", setUp: [], changes: install, parts: 8 },
  { name: "an upgrade", setUp: [install], changes: upgrade, parts: 16 },
  { name: "an uninstall", setUp: [install], changes: uninstall, parts: 12 },
];

for (const { name, setUp, changes, parts } of ways) {
  test.each(["before", "after"] as const)(
    `${name}, its connection cut %s each query in turn, happens or does not`,
    async (side) => {
      const reset = async () => {
        if (host.engine.registry.get("cut") !== null) await until(uninstall);
        for (const before of setUp) await until(before);
      };
      await reset();
      // Roles stay as long as a snapshot of what they owned does: the state before has those of a turn before.
      await apply(changes, () => proxy.arm(0));
      await reset();
      const before = await databaseState(database);
      await apply(changes, () => proxy.arm(0));
      const asked = proxy.asked();
      const after = await databaseState(database);
      expect(after).not.toEqual(before);
      await reset();

      // What a commit does is the question: every run cuts at each of them.
      const cases = choosePart(`queries of ${name} cut ${side}`, [...asked.entries()], {
        parts,
        floor: ([, query]) => /\bCOMMIT\b/i.test(query),
      });
      for (const [index] of cases) {
        const n = index + 1;
        const ended = await apply(changes, () => proxy.arm(n, side));
        const at = `query ${n} of ${asked.length}: ${proxy.cutAt()}; ${ended.said}`;
        await settled();
        proxy.arm(0);
        const now = await databaseState(database);
        expect([before, after], at).toContainEqual(now);
        if (ended.ok) expect(now, at).toEqual(after);
        else expect(ended.retryable, at).toBe(true);
        if (JSON.stringify(now) !== JSON.stringify(before)) await reset();
      }
    },
    // All of them take longer than a part.
    600_000,
  );
}
