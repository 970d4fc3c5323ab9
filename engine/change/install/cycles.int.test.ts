import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Digest, systemActor } from "../../core/index.ts";
import { runsAll } from "../../core/testing/choose-part.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { countResources, measureMemory } from "../../edge/host/testing/count-resources.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { echoServer, writeModule } from "../../edge/host/testing/write-module.ts";
import type { PlanChange } from "../plan/index.ts";

// A host that is asked to install and uninstall again and again is afterwards as it was before.

// What leaks is seen after one; the many are for memory that grows slowly.
const cycles = runsAll ? 200 : 40;
const names = ["cycle-a", "cycle-b", "cycle-c"] as const;
let database: TestDatabase;
let host: TestHost;

beforeAll(async () => {
  database = await createTestDatabase();
  host = await startTestHost({ databaseUrl: database.url });
  for (const name of names) {
    writeModule(host.catalogDir, name, {
      migrations: { "1_a": 'CREATE TABLE "a" ("id" serial PRIMARY KEY); INSERT INTO "a" DEFAULT VALUES;' },
      server: echoServer,
      manifest: { config: { type: "object", properties: { word: { type: "string" } } } },
    });
  }
}, 60_000);
afterAll(async () => {
  await host?.end();
  await database?.close();
});

async function apply(changes: PlanChange[]): Promise<void> {
  const plan = await host.engine.plans.create(systemActor, changes);
  const confirm = plan.steps.map((step) => step.module);
  const begun = await host.engine.install.operations.apply(systemActor, plan.id, { confirm });
  const done = await host.engine.install.operations.wait(begun.id);
  expect(done).toMatchObject({ status: "succeeded", error: null });
}

/** Installs, asks the module through the gateway, uninstalls; every eighth time the data stays, every ninth it is exported. */
async function cycle(index: number): Promise<void> {
  const module = names[index % names.length] ?? names[0];
  await apply([{ action: "install", module, access: { mode: "everyone" } }]);
  const { token } = JSON.parse(readFileSync(join(host.dataDir, "host.json"), "utf8"));
  const answer = await fetch(`${host.url}/api/v1/${module}/x`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.status).toBe(200);
  await answer.arrayBuffer();
  const data = index % 9 === 7 ? "keep" : index % 9 === 8 ? "export" : "delete";
  await apply([{ action: "uninstall", module, data }]);
}

async function tidyUp(): Promise<void> {
  for (const { id } of await host.engine.install.keptData.list())
    await host.engine.install.keptData.delete(systemActor, id);
  const offered = await host.engine.catalog.versions();
  await host.engine.store.collectGarbage(new Set<Digest>(offered.map((version) => version.digest)));
}

const count = () =>
  countResources(database.db.pool, { roleNames: "graft\\_%\\_cycle\\_%", dirs: [host.dataDir] });

/** What may be fewer afterwards, because pools let go of what they do not need, but never more. */
function expectNoMore(after: Record<string, number>, before: Record<string, number>): void {
  const more = Object.entries(after).filter(([kind, number]) => number > (before[kind] ?? 0));
  expect(more, JSON.stringify(before)).toEqual([]);
}

test.runIf(process.platform === "linux")(
  `after ${cycles} installs and uninstalls nothing is left of them`,
  async () => {
    // The first ones fill pools and caches and make the runtime's socket directory and watchdog.
    for (let index = 0; index < 18; index++) await cycle(index);
    await tidyUp();
    const before = await count();
    const memoryBefore = measureMemory();
    for (let index = 0; index < cycles; index++) await cycle(index);
    await tidyUp();
    await vi.waitFor(
      async () => {
        const { connections, descriptors, handles, ...rest } = await count();
        const { connections: _, descriptors: __, handles: ___, ...restBefore } = before;
        expect(rest).toEqual(restBefore);
        expectNoMore(connections, before.connections);
        expectNoMore(descriptors, before.descriptors);
        expectNoMore(handles, before.handles);
      },
      { timeout: 60_000, interval: 500 },
    );
    expect(host.engine.runtime.list()).toEqual([]);
    expect(host.engine.health.all()).toEqual([]);
    const memory = measureMemory();
    // Measured over 400 cycles: the heap stays within 2 MB, what the system has given grows by 80 MB and then no more.
    expect(memory.heapMb - memoryBefore.heapMb).toBeLessThan(12);
    expect(memory.outsideMb - memoryBefore.outsideMb).toBeLessThan(12);
    expect(memory.rssMb - memoryBefore.rssMb).toBeLessThan(256);
  },
  300_000,
);
