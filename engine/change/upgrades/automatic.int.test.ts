import { afterAll, beforeAll, expect, test } from "vitest";
import { weekdays } from "../../../contract/upgrades.ts";
import { type Actor, systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { echoServer, writeModule } from "../../edge/host/testing/write-module.ts";
import type { PolicyInput, RunItem } from "./types.ts";

let database: TestDatabase;
let hosts: TestHost[] = [];

/** The clock of this minute in a zone that is not the machine's: open now, on whichever day it is there. */
const alwaysOpen: PolicyInput = {
  ...{ enabled: true, level: "patch", days: [...weekdays], from: "00:00", to: "00:00" },
  ...{ timeZone: "Asia/Kathmandu", excluded: [] },
};
const admin: Actor = { userId: null, name: "Ada", role: "administrator", via: "cli" };

const publish = (name: string, version: string, source: object = {}, manifest: object = {}) => {
  for (const { catalogDir } of hosts)
    writeModule(catalogDir, name, { ...source, manifest: { version, ...manifest } });
};
const one = () => hosts[0] as TestHost;
const table = { "1_init": "CREATE TABLE a (id int, text text); INSERT INTO a SELECT 1, 'x';" };

beforeAll(async () => {
  database = await createTestDatabase();
  hosts = [
    await startTestHost({ databaseUrl: database.url, gateTimeoutMs: 6_000 }),
    await startTestHost({ databaseUrl: database.url, gateTimeoutMs: 6_000 }),
  ];
  publish("good", "1.0.0", { migrations: table });
  publish("asks", "1.0.0");
  publish("drops", "1.0.0", { migrations: table });
  publish("sick", "1.0.0", { server: echoServer });
  publish("minor", "1.0.0");
  publish("skipped", "1.0.0");
  publish("brings", "1.0.0");
  publish("extra", "1.0.0");
  const names = ["good", "asks", "drops", "sick", "minor", "skipped", "brings"];
  const changes = names.map((module) => ({ action: "install" as const, module }));
  const { id } = await one().engine.plans.create(systemActor, changes);
  const begun = await one().engine.install.operations.apply(systemActor, id);
  expect((await one().engine.install.operations.wait(begun.id)).error).toBeNull();

  publish("good", "1.0.1", { migrations: { ...table, "2_add": "ALTER TABLE a ADD COLUMN b text;" } });
  publish("asks", "1.0.1", {}, { permissions: { network: ["new.example"] } });
  publish("drops", "1.0.1", { migrations: { ...table, "2_drop": "ALTER TABLE a DROP COLUMN text;" } });
  publish("sick", "1.0.1", { server: echoServer.replace("200", "503") }, { health: { timeoutMs: 500 } });
  publish("minor", "1.1.0");
  publish("skipped", "1.0.1");
  publish("brings", "1.0.1", {}, { dependencies: { extra: "^1.0.0" } });
}, 60_000);
afterAll(async () => {
  for (const host of hosts) await host.end();
  await database?.close();
});

const versionOf = (name: string) => one().engine.registry.get(name)?.version;

/** The items of the window once `done` holds. */
async function untilRun(
  done: (items: RunItem[], finished: boolean) => boolean,
): Promise<Map<string, RunItem>> {
  for (;;) {
    const [run] = await one().engine.upgrades.runs();
    if (run && done(run.items, run.finishedAt !== null))
      return new Map(run.items.map((item) => [`${item.module} ${item.to}`, item]));
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test("in an open window, what disturbs nobody is upgraded, and the rest is left with its reason", async () => {
  const policy = await one().engine.upgrades.setPolicy(admin, { ...alwaysOpen, excluded: ["skipped"] });
  expect(policy).toMatchObject({ open: { start: expect.any(String) }, updatedBy: "Ada" });
  const items = await untilRun((_, finished) => finished);
  expect(items.get("good 1.0.1")).toMatchObject({ outcome: "upgraded", from: "1.0.0", reason: null });
  expect(versionOf("good")).toBe("1.0.1");
  const left = (key: string) => items.get(key)?.outcome === "left-out" && items.get(key)?.reason;
  expect(left("asks 1.0.1")).toMatch(/new permission.*new\.example/);
  expect(left("drops 1.0.1")).toMatch(/drops the column a\.text \(1 value\) \(2_drop, line 1\)/);
  expect(left("brings 1.0.1")).toMatch(/also install extra/);
  expect(left("skipped 1.0.1")).toMatch(/are off for skipped/);
  expect(items.has("minor 1.1.0")).toBe(false);
  expect(items.get("sick 1.0.1")).toMatchObject({ outcome: "reverted", operationId: expect.any(String) });
  expect(["asks", "drops", "brings", "skipped", "minor", "sick"].map(versionOf)).toEqual(
    Array(6).fill("1.0.0"),
  );
}, 60_000);

test("one host of two did it, and the audit names automatic upgrades", async () => {
  const { items } = await one().engine.access.audit.list({ action: "module.upgrade" });
  expect(items.filter(({ target }) => target === "good")).toMatchObject([
    { actorName: "Automatic upgrades", via: "system" },
  ]);
  const [operation] = (await one().engine.install.operations.list()).items.filter(({ title }) =>
    /sick/.test(title),
  );
  expect(operation).toMatchObject({ actorName: "Automatic upgrades", status: "reverted" });
});

test("a version that was taken back is not tried again, the next one is", async () => {
  const tries = async () =>
    (await one().engine.install.operations.list()).items.filter(({ title }) => /sick/i.test(title)).length;
  const before = await tries();
  await one().engine.upgrades.setPolicy(admin, { ...alwaysOpen, excluded: ["skipped"], level: "minor" });
  const again = await untilRun(
    (items, finished) => finished && items.some(({ module }) => module === "minor"),
  );
  expect(again.get("minor 1.1.0")).toMatchObject({ outcome: "upgraded" });
  // What happened stays on the record; that it was left this time is in the audit.
  expect(again.get("sick 1.0.1")).toMatchObject({ outcome: "reverted" });
  const left = await one().engine.access.audit.list({ action: "upgrades.leave-out", target: "sick" });
  expect(left.items[0]?.summary).toMatch(/^Left out sick 1\.0\.1: It was tried before and did not stay/);
  expect(await tries()).toBe(before);
  publish("sick", "1.0.2", { server: echoServer });
  // The next tick would find it; a change of the policy looks at once.
  await one().engine.upgrades.setExcluded(admin, "skipped", false);
  const healed = await untilRun((items, finished) => finished && items.some(({ to }) => to === "1.0.2"));
  expect(healed.get("sick 1.0.2")).toMatchObject({ outcome: "upgraded" });
  expect(healed.get("skipped 1.0.1")).toMatchObject({ outcome: "upgraded" });
  expect([versionOf("sick"), versionOf("skipped")]).toEqual(["1.0.2", "1.0.1"]);
}, 60_000);

test("while they are off, or the window is closed, nothing happens", async () => {
  publish("good", "1.0.2", { migrations: { ...table, "2_add": "ALTER TABLE a ADD COLUMN b text;" } });
  const off = await one().engine.upgrades.setPolicy(admin, { ...alwaysOpen, enabled: false });
  expect([off.open, off.next]).toEqual([null, null]);
  const hour = new Date().getUTCHours();
  const clock = (hours: number) => `${String((hour + hours) % 24).padStart(2, "0")}:00`;
  const later = { ...alwaysOpen, from: clock(3), to: clock(4), timeZone: "UTC" };
  const closed = await one().engine.upgrades.setPolicy(admin, later);
  expect(closed.open).toBeNull();
  expect(Date.parse(closed.next?.start ?? "")).toBeGreaterThan(Date.now());
  // Nothing to wait for: closing waits for a pass that may have begun.
  await one().engine.upgrades.close();
  expect(versionOf("good")).toBe("1.0.1");
});

test.each([
  [{ from: "24:00" }, "from"],
  [{ to: "5" }, "to"],
  [{ timeZone: "Europe/Atlantis" }, "timeZone"],
  [{ days: [] }, "days"],
])("a policy with %o is refused with the field's name", async (wrong, field) => {
  await expect(
    one().engine.upgrades.setPolicy(admin, { ...alwaysOpen, ...wrong } as PolicyInput),
  ).rejects.toMatchObject({
    code: "INVALID_INPUT",
    details: { fieldErrors: { [field]: [expect.any(String)] } },
  });
});

test("whoever saves a policy that somebody else changed since is told what, and nothing is overwritten", async () => {
  const { upgrades } = one().engine;
  const seen = await upgrades.setPolicy(admin, alwaysOpen);
  const grace: Actor = { ...admin, name: "Grace" };
  await upgrades.setPolicy(grace, { ...alwaysOpen, revision: seen.revision, from: "01:30" });
  const late = upgrades.setPolicy(admin, { ...alwaysOpen, revision: seen.revision, level: "minor" });
  await expect(late).rejects.toMatchObject({
    code: "CONFLICT",
    message: "Grace changed automatic upgrades meanwhile: level is patch, from is 01:30.",
    details: { changed: ["level", "from"] },
  });
  expect(await upgrades.policy()).toMatchObject({ from: "01:30", level: "patch" });
  // What is left alone is no part of it: a switch of one module is kept by whoever saves the schedule.
  await upgrades.setExcluded(grace, "good", true);
  const { revision, excluded, ...rest } = await upgrades.policy();
  const { enabled, level, days, to, timeZone } = rest;
  const saved = await upgrades.setPolicy(admin, {
    enabled,
    level,
    days,
    from: "02:00",
    to,
    timeZone,
    revision,
  });
  expect(saved).toMatchObject({ from: "02:00", excluded });
});
