import { afterAll, beforeAll, expect, test } from "vitest";
import { systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { writeModule } from "../../edge/host/testing/write-module.ts";
import type { PlanChange } from "../plan/index.ts";

let database: TestDatabase;
let host: TestHost;

const version = (version: string, rest: object = {}) => ({ manifest: { version, ...rest } });
const asks = (...network: string[]) => ({ permissions: { network } });

beforeAll(async () => {
  database = await createTestDatabase();
  host = await startTestHost({ databaseUrl: database.url });
  writeModule(host.catalogDir, "feed", version("1.0.0", asks("a.example")));
  writeModule(host.catalogDir, "feed", version("1.1.0", asks("b.example")));
  writeModule(
    host.catalogDir,
    "feed",
    version("1.2.0", { ...asks("b.example"), dependencies: { fetcher: "*" } }),
  );
  writeModule(host.catalogDir, "fetcher", version("1.0.0", asks("c.example")));
});
afterAll(async () => {
  await host?.end();
  await database?.close();
});

const plan = (changes: PlanChange[]) => host.engine.plans.create(systemActor, changes);

async function apply(id: string, consent?: string[]) {
  const { operations } = host.engine.install;
  const begun = await operations.apply(systemActor, id, { consent });
  const done = await operations.wait(begun.id);
  expect(done.error).toBeNull();
  return done;
}

test("an install grants what it lists and asks for nothing more", async () => {
  const { id, permissionChanges } = await plan([{ action: "install", module: "feed", version: "=1.0.0" }]);
  expect(permissionChanges).toEqual([]);
  await apply(id);
});

test("an upgrade that asks for more is refused until it is accepted, which is audited", async () => {
  const upgrade = await plan([{ action: "upgrade", module: "feed", version: "=1.1.0" }]);
  const right = { module: "feed", kind: "network" };
  expect(upgrade.permissionChanges).toEqual([
    { ...right, change: "added", consent: true, text: "Connects to b.example." },
    { ...right, change: "removed", consent: false, text: "Connects to a.example." },
  ]);
  for (const consent of [undefined, [], ["another"]]) {
    await expect(
      host.engine.install.operations.apply(systemActor, upgrade.id, { consent }),
    ).rejects.toMatchObject({
      code: "CONSENT_REQUIRED",
      message: "This plan gives new permissions. feed: Connects to b.example.",
      details: { modules: ["feed"], permissions: [{ ...right, text: "Connects to b.example." }] },
    });
  }
  expect(host.engine.registry.get("feed")?.version).toBe("1.0.0");
  const { id: operationId } = await apply(upgrade.id, ["feed"]);
  const { items } = await host.engine.access.audit.list({ action: "module.consent" });
  expect(items).toMatchObject([
    { target: "feed", summary: "Accepted a new permission: Connects to b.example.", operationId },
  ]);
});

test("a module that an upgrade brings along must be accepted too", async () => {
  const upgrade = await plan([{ action: "upgrade", module: "feed" }]);
  expect(upgrade.permissionChanges).toMatchObject([{ module: "fetcher", change: "added", consent: true }]);
  await expect(host.engine.install.operations.apply(systemActor, upgrade.id)).rejects.toMatchObject({
    code: "CONSENT_REQUIRED",
  });
  await apply(upgrade.id, ["fetcher"]);
});

test("what a generation gone back to may do was granted when it was made", async () => {
  const { items } = await host.engine.install.generations.list();
  const first = items.find(({ modules }) =>
    modules.some(({ name, version }) => name === "feed" && version === "1.0.0"),
  );
  const back = await plan([{ action: "rollback", generation: first?.number ?? 0 }]);
  expect(back.permissionChanges).toEqual([]);
  await apply(back.id);
  expect(host.engine.registry.get("feed")?.version).toBe("1.0.0");
});
