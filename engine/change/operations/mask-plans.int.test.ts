import { afterAll, beforeAll, expect, test } from "vitest";
import { type Json, systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { writeModule } from "../../edge/host/testing/write-module.ts";
import type { PlanBody, PlanChange, PlanStep } from "../plan/index.ts";
import type { OperationJournal } from "./journal/journal.ts";

// Plans of rollbacks and the journals of their operations hold settings of a generation. An earlier Graft knew no secrets in
// lists, and none that were write-only: here are rows as it left them.

const secret = { type: "string", format: "secret" };
const config = {
  type: "object",
  properties: {
    limit: { type: "integer" },
    key: secret,
    pin: { type: "integer", writeOnly: true },
    accounts: { type: "array", items: { properties: { name: { type: "string" }, password: secret } } },
  },
};
const clear = {
  limit: 5,
  key: "key-of-1848",
  pin: 18_480_226,
  accounts: [{ name: "one", password: "word-of-1848" }, { name: "two" }] as Json[],
};
const unknown = { pin: clear.pin, accounts: clear.accounts };
const secrets = /key-of-1848|18480226|word-of-1848/;

let database: TestDatabase;
let host: TestHost;
/** Of a module that stays, applied; of one that is installed again, applied; the same again, yet to be applied. */
let plans: { stays: string; again: string; next: string };

beforeAll(async () => {
  database = await createTestDatabase();
  host = await startTestHost({ databaseUrl: database.url });
  writeModule(host.catalogDir, "board", { manifest: { config } });
  writeModule(host.catalogDir, "other", {});
  await apply(await plan({ action: "install", module: "board" }));
  await host.engine.install.configure(systemActor, "board", clear);
  await apply(await plan({ action: "install", module: "other" }));
  await host.engine.install.configure(systemActor, "board", { ...clear, limit: 7, pin: 1 });
  const stays = await plan({ action: "rollback", generation: 1, settings: true });
  await apply(stays);
  await apply(await plan({ action: "uninstall", module: "board", data: "keep" }));
  const again = await plan({ action: "rollback", generation: 1 });
  await apply(again);
  await apply(await plan({ action: "uninstall", module: "board", data: "keep" }));
  plans = { stays, again, next: await plan({ action: "rollback", generation: 1 }) };
}, 60_000);
afterAll(async () => {
  await host?.end();
  await database?.close();
});

const plan = async (...changes: PlanChange[]) => (await host.engine.plans.create(systemActor, changes)).id;

async function apply(planId: string) {
  const { operations } = host.engine.install;
  const { id } = await operations.apply(systemActor, planId);
  expect((await operations.wait(id)).error).toBeNull();
}

interface Stored {
  plans: { id: string; masked_by: number; body: PlanBody }[];
  operations: { id: string; masked_by: number; journal: OperationJournal }[];
}

async function stored(): Promise<Stored> {
  const { pool } = database.db;
  const plans = await pool.query("SELECT id, masked_by, body FROM graft.plans ORDER BY id");
  const operations = await pool.query("SELECT id, masked_by, journal FROM graft.operations ORDER BY id");
  return { plans: plans.rows, operations: operations.rows };
}

async function storeAsBefore(): Promise<void> {
  const { pool } = database.db;
  const { plans, operations } = await stored();
  for (const { id, body } of plans) {
    for (const step of body.steps) body.warnings = warningsBefore(body, step);
    body.steps = body.steps.map(withSecrets);
    if (body.settingsBack)
      body.settingsBack.config.push(
        { module: "board", key: "pin", from: 1, to: clear.pin },
        { module: "board", key: "accounts", from: [], to: clear.accounts },
        { module: "board", key: "accounts.0.password", from: "word-of-1848", to: null },
      );
    await pool.query("UPDATE graft.plans SET masked_by = 0, body = $2 WHERE id = $1", [
      id,
      JSON.stringify(body),
    ]);
  }
  for (const { id, journal } of operations) {
    journal.changes = journal.changes.map(withSecrets);
    const values = [id, JSON.stringify(journal)];
    await pool.query("UPDATE graft.operations SET masked_by = 0, journal = $2 WHERE id = $1", values);
  }
}

function withSecrets<T extends Pick<PlanStep, "settings">>(step: T): T {
  const { settings } = step;
  return settings ? { ...step, settings: { ...settings, config: { ...settings.config, ...unknown } } } : step;
}

function warningsBefore(body: PlanBody, { settings }: PlanStep): PlanBody["warnings"] {
  if (!settings) return body.warnings;
  const said = JSON.stringify(settings.config.accounts);
  const text = `${JSON.stringify(clear.accounts)}, pin ${clear.pin}`;
  return body.warnings.map((warning) => ({ ...warning, text: warning.text.replace(said, text) }));
}

test("secrets that an earlier Graft left in plans and journals are masked at the next start, once", async () => {
  const masked = await stored();
  const again = masked.plans.find(({ id }) => id === plans.again)?.body;
  expect(again?.steps[0]?.settings?.config).toEqual({
    limit: 5,
    accounts: [{ name: "one" }, { name: "two" }],
  });
  await storeAsBefore();
  const before = await stored();
  for (const part of [
    before.plans.flatMap(({ body }) => body.steps),
    before.plans.flatMap(({ body }) => body.warnings),
    before.operations,
  ])
    expect(JSON.stringify(part)).toMatch(secrets);

  await host.engine.install.recover();
  const found = await stored();
  const stays = found.plans.find(({ id }) => id === plans.stays)?.body.settingsBack;
  expect(stays?.config.splice(1)).toEqual([
    { module: "board", key: "accounts", from: [], to: [{ name: "one", password: "••••" }, { name: "two" }] },
    { module: "board", key: "accounts.0.password", from: "••••", to: null },
  ]);
  expect(found).toEqual(masked);
  expect(JSON.stringify(masked)).not.toMatch(secrets);

  // By these rules nothing is looked at again.
  await database.db.pool.query(
    `UPDATE graft.plans SET body = jsonb_set(body, '{steps,0,settings,config,pin}', '1') WHERE id = $1`,
    [plans.again],
  );
  const edited = await stored();
  await host.engine.install.recover();
  expect(await stored()).toEqual(edited);
});

test("one with a module that cannot be read here waits for a host that has it", async () => {
  await storeAsBefore();
  const { digest } = (await host.engine.install.generations.get(1)).modules[0] ?? { digest: "" };
  const gone = `sha256:${"0".repeat(64)}`;
  const replace = async (from: string, to: string) => {
    for (const [table, column] of [
      ["plans", "body"],
      ["operations", "journal"],
    ])
      await database.db.pool.query(
        `UPDATE graft.${table} SET ${column} = replace(${column}::text, $1, $2)::jsonb`,
        [from, to],
      );
  };
  await replace(digest, gone);
  await host.engine.install.recover();
  const waiting = await stored();
  const open = ({ masked_by }: { masked_by: number }) => masked_by === 0;
  expect(waiting.plans.filter(open).map(({ id }) => id)).toEqual([plans.stays, plans.again, plans.next]);
  expect(waiting.operations.filter(open)).toHaveLength(2);
  await replace(gone, digest);
  await host.engine.install.recover();
  const done = await stored();
  expect([...done.plans, ...done.operations].filter(open)).toEqual([]);
  expect(JSON.stringify(done)).not.toMatch(secrets);
});

test("a plan that was masked can be applied: the settings of then, and no mask for a secret", async () => {
  await apply(plans.next);
  expect(host.engine.registry.get("board")?.config).toEqual({
    limit: 5,
    accounts: [{ name: "one" }, { name: "two" }],
  });
});
