import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { PlanChange } from "../../change/plan/index.ts";
import { systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { moduleDatabases } from "../../module-data/testing/query-module.ts";
import { runAndDie } from "./testing/run-and-die.ts";
import { startTestHost, type TestHost } from "./testing/start-test-host.ts";
import { echoServer, writeModule } from "./testing/write-module.ts";

// Two hosts with data directories of their own on one database, and one catalog.

/** Prisma's schema engine asks for this one lock, whatever it migrates, and gives up after ten seconds. */
const prismaLock = 72707369;
const soon = { timeout: 40_000, interval: 50 };
const root = mkdtempSync(join(tmpdir(), "graft-two-"));
const catalogDir = join(root, "catalog");
let database: TestDatabase;
let one: TestHost;
let two: TestHost;

beforeAll(async () => {
  database = await createTestDatabase();
  one = await startTestHost({ databaseUrl: database.url, catalogDir });
  two = await startTestHost({ databaseUrl: database.url, catalogDir });
  const server = echoServer.replace("module: process", "version: process.env.GRAFT_VERSION, module: process");
  const init = 'CREATE TABLE "a" ("id" int);';
  for (const name of ["left", "right"]) {
    writeModule(catalogDir, name, { migrations: { "1_a": init }, server });
    writeModule(catalogDir, name, {
      manifest: { version: "2.0.0" },
      migrations: { "1_a": init, "2_b": 'ALTER TABLE "a" ADD COLUMN "x" int;' },
      server,
    });
  }
  writeModule(catalogDir, "slow", { migrations: { "1_a": `${init} SELECT pg_sleep(3);` }, server });
}, 60_000);
afterAll(async () => {
  await Promise.all([one?.end(), two?.end()]);
  await database?.close();
  rmSync(root, { recursive: true, force: true });
}, 60_000);

const planOn = (host: TestHost, changes: PlanChange[]) => host.engine.plans.create(systemActor, changes);
async function applyOn(host: TestHost, plan: { id: string; steps: { module: string }[] }) {
  const { operations } = host.engine.install;
  const confirm = plan.steps.map((step) => step.module);
  return operations.wait((await operations.apply(systemActor, plan.id, { confirm })).id);
}
const changeOn = async (host: TestHost, changes: PlanChange[]) => applyOn(host, await planOn(host, changes));

async function ask(host: TestHost, module: string) {
  const { token } = JSON.parse(readFileSync(join(host.dataDir, "host.json"), "utf8"));
  const answer = await fetch(`${host.url}/api/v1/${module}/x`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const text = await answer.text();
  return answer.status === 200 ? JSON.parse(text).version : answer.status;
}

const installed = (host: TestHost) => host.engine.registry.list().map((m) => `${m.name} ${m.version}`);

async function uninstallAll(host: TestHost) {
  const names = host.engine.registry.list().map((module) => module.name);
  if (names.length > 0)
    await changeOn(
      host,
      names.map((module) => ({ action: "uninstall", module, data: "delete" })),
    );
}

test("a module installed, upgraded or removed on one host is served so by the other, from a process of its own", async () => {
  await changeOn(one, [{ action: "install", module: "left", version: "1.0.0" }]);
  await vi.waitFor(async () => expect(await ask(two, "left")).toBe("1.0.0"), soon);
  expect(two.engine.runtime.status("left")?.pid).not.toBe(one.engine.runtime.status("left")?.pid);
  await changeOn(two, [{ action: "upgrade", module: "left" }]);
  expect(await ask(two, "left")).toBe("2.0.0");
  await vi.waitFor(async () => expect(await ask(one, "left")).toBe("2.0.0"), soon);
  await changeOn(one, [{ action: "uninstall", module: "left", data: "delete" }]);
  await vi.waitFor(async () => {
    expect(await ask(two, "left")).toBe(404);
    expect(two.engine.runtime.list()).toEqual([]);
  }, soon);
}, 90_000);

test("of two administrators who apply at once on two hosts one wins, and the other is told what to do", async () => {
  for (let round = 0; round < 5; round++) {
    const plans = await Promise.all([
      planOn(one, [{ action: "install", module: "left" }]),
      planOn(two, [{ action: "install", module: "right" }]),
    ]);
    const [a, b] = await Promise.allSettled([applyOn(one, plans[0]), applyOn(two, plans[1])]);
    const lost = a.status === "rejected" ? a : b;
    const won = lost === a ? b : a;
    if (won.status !== "fulfilled" || lost.status !== "rejected") throw new Error("not one and one");
    expect(won.value).toMatchObject({ status: "succeeded", error: null });
    expect(["PLAN_STALE", "OPERATION_IN_PROGRESS"]).toContain(lost.reason.code);
    expect(lost.reason.hint).toMatch(/fresh plan/);
    const [loser, module] = lost === a ? ([one, "left"] as const) : ([two, "right"] as const);
    expect((await changeOn(loser, [{ action: "install", module }])).status).toBe("succeeded");
    for (const host of [one, two])
      await vi.waitFor(() => expect(installed(host)).toEqual(["left 2.0.0", "right 2.0.0"]), soon);
    await uninstallAll(one);
    await vi.waitFor(() => expect(installed(two)).toEqual([]), soon);
  }
}, 120_000);

test("while a migration takes long, another host says whose change it waits for, and plans all the same", async () => {
  const long = changeOn(one, [{ action: "install", module: "slow" }]);
  const plan = await planOn(two, [{ action: "install", module: "left" }]);
  await vi.waitFor(async () => {
    const { items } = await two.engine.install.operations.list({ limit: 1 });
    expect(items[0]).toMatchObject({ status: "preparing", title: expect.stringMatching(/slow/) });
  }, soon);
  await expect(applyOn(two, plan)).rejects.toMatchObject({
    code: "OPERATION_IN_PROGRESS",
    message: expect.stringMatching(/slow/),
    hint: expect.stringMatching(/Wait/),
  });
  expect(await long).toMatchObject({ status: "succeeded", error: null });
  await expect(applyOn(two, plan)).rejects.toMatchObject({ code: "PLAN_STALE" });
  await uninstallAll(one);
}, 60_000);

test("two modules migrate in one change and on two hosts while somebody holds Prisma's lock for ever", async () => {
  const holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  try {
    await holder.query("SELECT pg_advisory_lock($1)", [prismaLock]);
    const both = await changeOn(one, [
      { action: "install", module: "left", version: "1.0.0" },
      { action: "install", module: "right", version: "1.0.0" },
    ]);
    expect(both).toMatchObject({ status: "succeeded", error: null });
    expect((await changeOn(two, [{ action: "upgrade", module: "left" }])).status).toBe("succeeded");
  } finally {
    await holder.end();
  }
  await uninstallAll(two);
}, 60_000);

/** A third host in a process of its own, which is killed at that point of its change. */
async function killAnother(changes: PlanChange[], fault: string): Promise<NodeJS.Signals | null> {
  const dataDir = mkdtempSync(join(root, "third-"));
  return runAndDie({ changes, fault, catalogDir, dataDir, databaseUrl: database.url });
}

test.each([
  { fault: "decide.before", after: [] },
  { fault: "decide.after", after: ["left 2.0.0"] },
])(
  "a host killed at $fault is taken over by those that live",
  async ({ fault, after }) => {
    await vi.waitFor(() => expect([installed(one), installed(two)]).toEqual([[], []]), soon);
    expect(await killAnother([{ action: "install", module: "left" }], fault)).toBe("SIGKILL");
    await vi.waitFor(async () => {
      expect((await one.engine.install.operations.list({ limit: 1 })).items[0]?.finishedAt).not.toBeNull();
      expect([installed(one), installed(two)]).toEqual([after, after]);
      const answer = after.length > 0 ? "2.0.0" : 404;
      expect([await ask(one, "left"), await ask(two, "left")]).toEqual([answer, answer]);
    }, soon);
    const kept = await database.db.prisma.keptData.count({ where: { database: { not: null } } });
    expect(await moduleDatabases(database)).toHaveLength(after.length + kept);
    await uninstallAll(two);
  },
  90_000,
);

test("a host that is stopped leaves the other serving and changing", async () => {
  await changeOn(one, [{ action: "install", module: "left", version: "1.0.0" }]);
  await vi.waitFor(async () => expect(await ask(two, "left")).toBe("1.0.0"), soon);
  await one.end();
  expect(await ask(two, "left")).toBe("1.0.0");
  expect((await changeOn(two, [{ action: "upgrade", module: "left" }])).status).toBe("succeeded");
  expect(await ask(two, "left")).toBe("2.0.0");
}, 60_000);
