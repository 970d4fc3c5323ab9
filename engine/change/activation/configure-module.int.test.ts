import { cpSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Actor, systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { openStored } from "../../edge/host/testing/open-stored.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { echoServer, writeModule } from "../../edge/host/testing/write-module.ts";
import { maskedSecret } from "../../supply/manifest/index.ts";

// Healthy, sick or gone as its settings say; tells what it was given.
const server = `
import { createServer } from "node:http";
const config = JSON.parse(process.env.GRAFT_CONFIG);
if (config.mood === "gone") { console.error("I cannot live like this"); process.exit(3); }
createServer((req, res) => {
  const sick = req.url === "/healthz" && config.mood === "sick";
  res.writeHead(sick ? 503 : 200, { "content-type": "application/json" });
  res.end(JSON.stringify({ config, since: performance.timeOrigin }));
}).listen(process.env.GRAFT_SOCKET);
process.on("SIGTERM", () => process.exit(0));
`;
const config = {
  type: "object",
  properties: {
    mood: { type: "string", enum: ["well", "sick", "gone"] },
    limit: { type: "integer", minimum: 1 },
    key: { type: "string", format: "secret" },
  },
};
const actor: Actor = { ...systemActor, name: "Ada", via: "user" };

let database: TestDatabase;
let host: TestHost;
let other: TestHost;

beforeAll(async () => {
  database = await createTestDatabase();
  host = await startTestHost({ databaseUrl: database.url });
  writeModule(host.catalogDir, "moody", { server, manifest: { config } });
  writeModule(host.catalogDir, "plain", { server: echoServer });
  for (const module of ["moody", "plain"]) {
    const plan = await host.engine.plans.create(systemActor, [
      { action: "install", module, access: { mode: "everyone" } },
    ]);
    const begun = await host.engine.install.operations.apply(systemActor, plan.id);
    expect((await host.engine.install.operations.wait(begun.id)).error).toBeNull();
  }
}, 60_000);
afterAll(async () => {
  await other?.end();
  await host?.end();
  await database?.close();
});

const install = () => host.engine.install;
const stored = async () =>
  (await database.db.prisma.module.findUniqueOrThrow({ where: { name: "moody" } })).config;

async function ask(at: TestHost): Promise<{ config: Record<string, unknown>; since: number }> {
  const { token } = JSON.parse(readFileSync(`${at.dataDir}/host.json`, "utf8"));
  const answer = await fetch(`${at.url}/api/v1/moody/anything`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as { config: Record<string, unknown>; since: number };
}

test("settings keep their author's order, in which their form is made, through the database", async () => {
  await host.engine.registry.refresh();
  const schema = host.engine.registry.get("moody")?.manifest.config;
  expect(Object.keys((schema?.properties ?? {}) as object)).toEqual(["mood", "limit", "key"]);
});

test("new settings are stored and served by a fresh process, with one audit entry without secrets", async () => {
  const before = await ask(host);
  const wanted = { mood: "well", limit: 3, key: "hush" };
  expect(openStored(await install().configure(actor, "moody", wanted))).toEqual(wanted);
  const after = await ask(host);
  expect(after.config).toEqual(wanted);
  expect(after.since).not.toBe(before.since);
  expect(await stored()).toMatchObject({ mood: "well", limit: 3 });
  expect(JSON.stringify(await stored())).not.toContain("hush");
  const { items } = await host.engine.access.audit.list({ action: "module.configure" });
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({
    target: "moody",
    actorName: "Ada",
    details: { config: { mood: "well", limit: 3, key: maskedSecret } },
  });
  expect(JSON.stringify(items)).not.toContain("hush");
});

test("a secret that is sent masked is kept", async () => {
  await install().configure(actor, "moody", { mood: "well", limit: 4, key: maskedSecret });
  expect((await ask(host)).config).toEqual({ mood: "well", limit: 4, key: "hush" });
});

test("settings that do not fit the schema are refused field by field, and change nothing", async () => {
  const { since } = await ask(host);
  await expect(install().configure(actor, "moody", { limit: 0, mood: "sad" })).rejects.toMatchObject({
    code: "INVALID_INPUT",
    details: {
      fieldErrors: { limit: ["must be 1 or more"], mood: ["must be one of well, sick, gone"] },
    },
  });
  expect((await ask(host)).since).toBe(since);
});

test.each([
  ["gone", "MODULE_START_FAILED"],
  ["sick", "MODULE_UNHEALTHY"],
])(
  "settings with which the module is %s are not stored, and the old process serves on, also after a restart",
  async (mood, code) => {
    const before = { ...(await ask(host)), stored: await stored() };
    await expect(install().configure(actor, "moody", { mood })).rejects.toMatchObject({ code });
    expect({ ...(await ask(host)), stored: await stored() }).toEqual(before);
    expect(host.engine.registry.get("moody")?.config).toEqual(before.stored);
    await host.engine.runtime.restart("moody");
    expect((await ask(host)).config).toEqual(before.config);
  },
  60_000,
);

test("a module without settings, and one that is not installed, are refused", async () => {
  await expect(install().configure(actor, "plain", {})).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(install().configure(actor, "none", {})).rejects.toMatchObject({
    code: "MODULE_NOT_INSTALLED",
  });
});

test("changes of settings take turns, and the last one stays", async () => {
  const both = await Promise.allSettled([
    install().configure(actor, "moody", { mood: "well", limit: 6 }),
    install().configure(actor, "moody", { mood: "well", limit: 7 }),
  ]);
  expect(both.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  expect((await ask(host)).config).toEqual({ mood: "well", limit: 7 });
});

test("another host on the same database follows with a process that has the new settings", async () => {
  other = await startTestHost({ databaseUrl: database.url, catalogDir: host.catalogDir });
  cpSync(`${host.dataDir}/store`, `${other.dataDir}/store`, { recursive: true });
  const servedThere = () => ask(other).then(({ config }) => config.limit);
  await expect.poll(servedThere, { timeout: 20_000 }).toBe(7);
  await install().configure(actor, "moody", { mood: "well", limit: 8 });
  await expect.poll(servedThere, { timeout: 5_000 }).toBe(8);
}, 60_000);

test("an administrator's time limit holds at once without a fresh process, is audited, and goes back to the manifest's", async () => {
  const { since } = await ask(host);
  expect(await install().setTimeLimit(actor, "moody", 90_000)).toMatchObject({ timeoutMs: 90_000 });
  expect(host.engine.registry.get("moody")?.timeoutMs).toBe(90_000);
  await install().setTimeLimit(actor, "moody", null);
  expect(host.engine.registry.get("moody")).not.toHaveProperty("timeoutMs");
  expect((await ask(host)).since).toBe(since);
  const { items } = await host.engine.access.audit.list({ limit: 2 });
  expect(items.map(({ action, details }) => [action, details])).toEqual([
    ["module.time-limit", { previous: 90_000, timeoutMs: null }],
    ["module.time-limit", { previous: null, timeoutMs: 90_000 }],
  ]);
  await expect(install().setTimeLimit(actor, "nothing", 1000)).rejects.toMatchObject({
    code: "MODULE_NOT_INSTALLED",
  });
});
