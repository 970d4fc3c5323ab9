import { afterAll, beforeAll, expect, test } from "vitest";
import { systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { writeModule } from "../../edge/host/testing/write-module.ts";

let database: TestDatabase;
let host: TestHost;

const publish = (name: string, version: string, rest: object = {}, files: Record<string, string> = {}) =>
  writeModule(host.catalogDir, name, { manifest: { version, ...rest }, files });

beforeAll(async () => {
  database = await createTestDatabase();
  host = await startTestHost({ databaseUrl: database.url });
  for (const name of ["alpha", "beta", "gamma", "delta"]) publish(name, "1.0.0");
  publish("gamma", "1.0.0", { dependencies: { beta: "^1.0.0" } });
  const changes = ["alpha", "beta", "gamma", "delta"].map((module) => ({
    action: "install" as const,
    module,
  }));
  await apply((await host.engine.plans.create(systemActor, changes)).id);
});
afterAll(async () => {
  await host?.end();
  await database?.close();
});

async function apply(plan: string) {
  const { id } = await host.engine.install.operations.apply(systemActor, plan);
  const done = await host.engine.install.operations.wait(id);
  expect(done.error).toBeNull();
}
const versions = () =>
  Object.fromEntries(host.engine.registry.list().map(({ name, version }) => [name, version]));

test("without newer versions there is nothing to plan, and older and preliminary ones are not newer", async () => {
  publish("alpha", "0.9.0");
  publish("alpha", "2.0.0-beta.1");
  expect(await host.engine.upgrades.available()).toEqual([]);
  await expect(host.engine.upgrades.plan(systemActor)).rejects.toMatchObject({
    code: "CONFLICT",
    message: "Everything is up to date.",
  });
});

test("what is outdated says from, to, level and the changelog of every version in between", async () => {
  publish("alpha", "1.0.1", {}, { "CHANGELOG.md": "## 1.0.1\n- A fix.\n" });
  publish("alpha", "1.1.0", {}, { "CHANGELOG.md": "## 1.1.0\n- A feature.\n## 1.0.1\n- A fix.\n" });
  publish("beta", "2.0.0");
  publish("delta", "1.0.1", { engines: { graft: "^9.0.0" } });
  expect(await host.engine.upgrades.available()).toMatchObject([
    {
      ...{ module: "alpha", from: "1.0.0", to: "1.1.0", level: "minor", excluded: false },
      changelog: [
        { version: "1.1.0", text: "- A feature." },
        { version: "1.0.1", text: "- A fix." },
      ],
    },
    { module: "beta", from: "1.0.0", to: "2.0.0", level: "major" },
  ]);
  expect(host.engine.upgrades.count()).toBe(2);
});

test("a version made for another host is no update; it is named beside the newest that fits", async () => {
  expect(await host.engine.upgrades.unsupported()).toEqual([
    { module: "delta", title: expect.any(String), from: "1.0.0", version: "1.0.1", graft: "^9.0.0" },
  ]);
  await expect(host.engine.upgrades.plan(systemActor, ["delta"])).rejects.toMatchObject({ code: "CONFLICT" });
});

test("update all is one plan with what goes together; the rest is named with the reason", async () => {
  const plan = await host.engine.upgrades.plan(systemActor);
  expect(plan.steps.map(({ module, to }) => [module, to])).toEqual([["alpha", "1.1.0"]]);
  expect(plan.steps[0]?.changelog.map(({ version }) => version)).toEqual(["1.1.0", "1.0.1"]);
  expect(plan.leftOut).toMatchObject([
    { module: "beta", from: "1.0.0", to: "2.0.0", reason: expect.stringMatching(/gamma/) },
  ]);
  expect((await host.engine.plans.get(plan.id)).leftOut).toHaveLength(1);
  await apply(plan.id);
  expect(versions()).toMatchObject({ alpha: "1.1.0", beta: "1.0.0" });
  await expect(host.engine.upgrades.plan(systemActor)).rejects.toMatchObject({
    code: "CONFLICT",
    details: { leftOut: [{ module: "beta" }] },
  });
});

test("an older version that fits is taken where the newest does not, and modules that must move together do", async () => {
  publish("beta", "1.3.0");
  const plan = await host.engine.upgrades.plan(systemActor);
  expect(plan.steps.map(({ module, to }) => [module, to])).toEqual([["beta", "1.3.0"]]);
  expect(plan.leftOut.map(({ module, to }) => [module, to])).toEqual([["beta", "2.0.0"]]);
  publish("gamma", "1.1.0", { dependencies: { beta: "^2.0.0" } });
  const together = await host.engine.upgrades.plan(systemActor, ["beta", "gamma"]);
  expect(together.steps.map(({ module, to }) => [module, to])).toEqual([
    ["beta", "2.0.0"],
    ["gamma", "1.1.0"],
  ]);
  expect(together.leftOut).toEqual([]);
  await apply(together.id);
  expect(versions()).toMatchObject({ beta: "2.0.0", gamma: "1.1.0" });
});
