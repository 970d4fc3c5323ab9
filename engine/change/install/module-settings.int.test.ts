import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { ManifestInput } from "../../../sdk/manifest/index.ts";
import { type Actor, systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { openStored } from "../../edge/host/testing/open-stored.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { writeModule } from "../../edge/host/testing/write-module.ts";
import type { PlanChange, PlanView } from "../plan/index.ts";

// Settings through a module's life: what a plan asks for and says, what is stored, and what the process is given.

const server = `
import { createServer } from "node:http";
const config = JSON.parse(process.env.GRAFT_CONFIG);
if (config.fails) process.exit(3);
createServer((req, res) => res.end(process.env.GRAFT_CONFIG)).listen(process.env.GRAFT_SOCKET);
process.on("SIGTERM", () => process.exit(0));
`;
const object = (properties: Record<string, unknown>, rest = {}) => ({ type: "object", properties, ...rest });
const secret = { type: "string", format: "secret" };
const text = { type: "string" };
const strict = { additionalProperties: false };

type Config = NonNullable<ManifestInput["config"]>;

let database: TestDatabase;
let host: TestHost;
let name: string;
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  host = await startTestHost({ databaseUrl: database.url });
}, 60_000);
afterAll(async () => {
  await host?.end();
  await database?.close();
});
beforeEach(() => {
  name = `m${++count}`;
});

function offer(
  version: string,
  config: Record<string, unknown> | undefined,
  files: Record<string, string> = {},
) {
  writeModule(host.catalogDir, name, {
    server,
    files,
    manifest: { version, ...(config && { config: config as Config }) },
  });
}
const plan = (change: Partial<PlanChange> & { action: string }, actor: Actor = systemActor) =>
  host.engine.plans.create(actor, [{ module: name, ...change } as PlanChange]);
async function apply(planned: PlanView) {
  const { operations } = host.engine.install;
  return operations.wait((await operations.apply(systemActor, planned.id)).id);
}
const install = async (rest = {}) =>
  expect(await apply(await plan({ action: "install", access: { mode: "everyone" }, ...rest }))).toMatchObject(
    {
      status: "succeeded",
    },
  );
async function running(): Promise<unknown> {
  const { token } = JSON.parse(readFileSync(`${host.dataDir}/host.json`, "utf8"));
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${host.url}/api/v1/${name}/x`, { headers })).json();
}
const installed = () => host.engine.registry.get(name);
const configOf = (planned: PlanView) => planned.steps.find(({ module }) => module === name)?.config;
/** Everything that is stored of plans, operations, generations, modules and the audit. */
async function everythingStored(): Promise<string> {
  const tables = ["plans", "operations", "generations", "modules", "audit"];
  const found = await Promise.all(
    tables.map((table) => database.db.pool.query(`SELECT to_jsonb(t)::text AS row FROM graft.${table} t`)),
  );
  return found.flatMap(({ rows }) => rows.map(({ row }) => row)).join("\n");
}

test("defaults reach the first process, and those not saved stay in force", async () => {
  const smtp = object({ port: { type: "integer", default: 587 } });
  const config = object({
    greeting: { ...text, default: "hello" },
    times: { type: "integer", default: 3 },
    smtp,
  });
  offer("1.0.0", config);
  await install();
  const defaults = { greeting: "hello", times: 3, smtp: { port: 587 } };
  expect(await running()).toEqual(defaults);
  expect(host.engine.install.configOf(installed() as never)).toEqual(defaults);
  await host.engine.install.configure(systemActor, name, { greeting: "hi" });
  expect(await running()).toEqual({ ...defaults, greeting: "hi" });
});

test("a required setting is asked for in the plan; without it nothing is applied; given, it is stored sealed", async () => {
  offer("1.0.0", object({ apiKey: { ...secret, minLength: 1 }, city: text }, { required: ["apiKey"] }));
  const asking = await plan({ action: "install" });
  expect(configOf(asking)?.missing).toEqual([{ key: "apiKey", problem: "is missing" }]);
  await expect(apply(asking)).rejects.toMatchObject({
    code: "SETTINGS_REQUIRED",
    details: { settings: { [name]: [{ key: "apiKey" }] } },
  });
  await expect(plan({ action: "install", config: { apiKey: "" } })).rejects.toMatchObject({
    details: { fieldErrors: { apiKey: ["must not be empty"] } },
  });
  const config = { apiKey: "hunter2", city: "Vienna" };
  const given = await plan({ action: "install", access: { mode: "everyone" }, config });
  expect(configOf(given)).toMatchObject({ missing: [], values: { apiKey: "••••", city: "Vienna" } });
  expect(JSON.stringify([given, await host.engine.plans.get(given.id)])).not.toContain("hunter2");
  // As another choice on the plan's page does: what came back masked is what was given.
  const again = await host.engine.plans.create(systemActor, given.changes, { from: given.id });
  expect(await apply(again)).toMatchObject({ status: "succeeded" });
  expect(await running()).toEqual(config);
  expect(await everythingStored()).not.toContain("hunter2");
});

test("a new version that needs a setting asks for it, and says what becomes of those it does not take", async () => {
  const level = { enum: ["info", "debug"] };
  offer("1.0.0", object({ server: text, debug: { type: "boolean" } }, strict));
  await install({ config: { server: "mx", debug: true } });
  offer("1.1.0", object({ server: text, level }, { required: ["server", "level"], ...strict }));
  const asking = await plan({ action: "upgrade" });
  expect(configOf(asking)).toMatchObject({
    missing: [{ key: "level", problem: "is missing" }],
    changes: [{ key: "debug", change: "removed", from: true, to: null }],
  });
  await expect(apply(asking)).rejects.toMatchObject({ code: "SETTINGS_REQUIRED" });
  expect(await apply(await plan({ action: "upgrade", config: { level: "info" } }))).toMatchObject({
    status: "succeeded",
  });
  expect(await running()).toEqual({ server: "mx", level: "info" });
  const { items } = await host.engine.access.audit.list({ action: "module.configure", target: name });
  expect(items.map(({ details }) => details)).toEqual([
    { previous: { server: "mx", debug: true }, config: { server: "mx", level: "info" } },
    { previous: {}, config: { server: "mx", debug: true } },
  ]);
  const shown = host.engine.install.configOf(installed() as never);
  await host.engine.install.configure(systemActor, name, { ...shown, server: "mx2" });
  expect(await running()).toEqual({ server: "mx2", level: "info" });
});

test("a secret that a version drops is shown and recorded nowhere, and is there for the older version again", async () => {
  offer("1.0.0", object({ password: secret, port: text }, strict));
  await install({ config: { password: "hunter2", port: "8080" } });
  const { registry } = host.engine;
  const first = registry.generation();
  offer("1.1.0", object({ port: { type: "integer", default: 80 } }, strict));
  const upgrade = await plan({ action: "upgrade" });
  expect(configOf(upgrade)?.changes).toEqual([
    { key: "password", change: "removed", from: "••••", to: null, reason: null },
    { key: "port", change: "converted", from: "8080", to: 8080, reason: "must be a whole number" },
  ]);
  expect(await apply(upgrade)).toMatchObject({ status: "succeeded" });
  expect(await running()).toEqual({ port: 8080 });
  expect(host.engine.install.configOf(installed() as never)).toEqual({ port: 8080 });
  expect(await everythingStored()).not.toContain("hunter2");
  const back = await host.engine.plans.create(systemActor, [{ action: "rollback", generation: first }]);
  expect(await apply(back)).toMatchObject({ status: "succeeded" });
  expect(await running()).toEqual({ port: "8080", password: "hunter2" });
});

test("an upgrade that is taken back leaves the settings as they were", async () => {
  offer("1.0.0", object({ word: text, old: text }));
  await install({ config: { word: "a", old: "b" } });
  const before = { config: installed()?.config, secrets: installed()?.secrets, aside: installed()?.aside };
  offer("1.1.0", object({ word: text, fails: { type: "boolean", default: true } }));
  expect(await apply(await plan({ action: "upgrade" }))).toMatchObject({ status: "reverted" });
  expect(installed()).toMatchObject(before);
  expect(await running()).toEqual({ word: "a", old: "b" });
});

test("settings that changed after the plan was made are what the new version gets", async () => {
  offer("1.0.0", object({ word: text }));
  await install({ config: { word: "a" } });
  offer("1.1.0", object({ word: text, more: { ...text, default: "m" } }));
  const upgrade = await plan({ action: "upgrade" });
  await host.engine.install.configure(systemActor, name, { word: "b" });
  expect(await apply(upgrade)).toMatchObject({ status: "succeeded" });
  expect(await running()).toEqual({ word: "b", more: "m" });
});

test("settings/migrate.ts carries them over; one that throws refuses the plan", async () => {
  const older = "export default () => { throw new Error('not on the way back'); };";
  offer("1.0.0", object({ token: secret, host: text }, strict), { "settings/migrate.ts": older });
  await install({ config: { token: "hunter2", host: "h" } });
  const first = host.engine.registry.generation();
  const schema = object({ url: text }, strict);
  offer("1.1.0", schema, { "settings/migrate.ts": "export default () => { throw new Error('boom'); };" });
  await expect(plan({ action: "upgrade" })).rejects.toMatchObject({ code: "SETTINGS_MIGRATION_FAILED" });
  const source = `type Old = { token: string; host: string };
    export default (old: Old, { from, to }: { from: string; to: string }) => ({ url: \`\${old.token}@\${old.host}/\${from}/\${to}\` });`;
  offer("1.2.0", schema, { "settings/migrate.ts": source });
  const upgrade = await plan({ action: "upgrade" });
  expect(configOf(upgrade)?.changes).toContainEqual({
    ...{ key: "url", change: "migrated", from: null, to: "••••", reason: null },
  });
  expect(await apply(upgrade)).toMatchObject({ status: "succeeded" });
  expect(await running()).toEqual({ url: "hunter2@h/1.0.0/1.2.0" });
  expect(openStored(installed())).toEqual({ url: "hunter2@h/1.0.0/1.2.0" });
  const back = { action: "rollback" as const, generation: first };
  expect(await apply(await host.engine.plans.create(systemActor, [back]))).toMatchObject({
    status: "succeeded",
  });
  expect(await running()).toEqual({ token: "hunter2", host: "h" });
  expect(await everythingStored()).not.toContain("hunter2");
});

test.each([
  ["that is no regular expression", "(", "MODULE_NOT_IN_CATALOG"],
  ["that never ends", "^(a+)+b$", "TEXT_OVER_BUDGET"],
])("a pattern %s refuses the version, and blocks nothing else", async (_, pattern, code) => {
  const key = "a".repeat(34);
  offer("1.0.0", object({ [key]: text }));
  await install({ config: { [key]: "x" } });
  offer("1.1.0", { type: "object", patternProperties: { [pattern]: text } });
  await expect(plan({ action: "upgrade", version: "1.1.0" })).rejects.toMatchObject({
    code,
  });
  expect(host.engine.install.configOf(installed() as never)).toEqual({ [key]: "x" });
  expect(await apply(await plan({ action: "uninstall", data: "delete" }))).toMatchObject({
    status: "succeeded",
  });
});

test("only administrators give settings to what is installed, operators to what they install", async () => {
  const operator: Actor = { ...systemActor, role: "operator" };
  offer("1.0.0", object({ word: text }));
  const change = { action: "install" as const, access: { mode: "everyone" as const }, config: { word: "a" } };
  expect(await apply(await plan(change, operator))).toMatchObject({ status: "succeeded" });
  offer("1.1.0", object({ word: text }));
  const upgrade = { action: "upgrade" as const, config: { word: "b" } };
  await expect(plan(upgrade, operator)).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(configOf(await plan(upgrade))?.values).toEqual({ word: "b" });
});

test("settings for a module that the plan does not change, or that has none, are refused", async () => {
  offer("1.0.0", undefined);
  await expect(plan({ action: "install", config: { a: 1 } })).rejects.toMatchObject({
    code: "INVALID_INPUT",
  });
});
