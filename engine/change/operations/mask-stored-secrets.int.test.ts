import { afterAll, beforeAll, expect, test } from "vitest";
import { systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { writeModule } from "../../edge/host/testing/write-module.ts";
import type { PlanChange } from "../plan/index.ts";

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
  accounts: [{ name: "one", password: "word-of-1848" }, { name: "two" }],
};
const secrets = /key-of-1848|18480226|word-of-1848/;

let database: TestDatabase;
let host: TestHost;

beforeAll(async () => {
  database = await createTestDatabase();
  host = await startTestHost({ databaseUrl: database.url });
  writeModule(host.catalogDir, "board", { manifest: { config } });
  writeModule(host.catalogDir, "other", {});
  await apply({ action: "install", module: "board" });
  await host.engine.install.configure(systemActor, "board", clear);
  await host.engine.install.configure(systemActor, "board", { ...clear, limit: 6 });
  await apply({ action: "install", module: "other" });
  await apply({ action: "uninstall", module: "board", data: "keep" });
}, 60_000);
afterAll(async () => {
  await host?.end();
  await database?.close();
});

async function apply(...changes: PlanChange[]) {
  const plan = await host.engine.plans.create(systemActor, changes);
  const { id } = await host.engine.install.operations.apply(systemActor, plan.id);
  expect((await host.engine.install.operations.wait(id)).error).toBeNull();
}

async function stored() {
  const { rows: generations } = await database.db.pool.query(
    "SELECT number, settings, masked_by FROM graft.generations ORDER BY number",
  );
  const { rows: audit } = await database.db.pool.query(
    "SELECT details FROM graft.audit WHERE action = 'module.configure' ORDER BY id",
  );
  return { generations, audit };
}

/** What the rules before the lists, the references and the write-only ones left: no mark but at `key`. */
async function storeAsBefore(): Promise<void> {
  const { pool } = database.db;
  const left = JSON.stringify({ pin: clear.pin, accounts: clear.accounts });
  const set = "jsonb_set(settings, '{board,config}', (settings #> '{board,config}') || $1::jsonb)";
  await pool.query(
    `UPDATE graft.generations SET masked_by = 0, settings = CASE WHEN settings ? 'board' THEN ${set} ELSE settings END`,
    [left],
  );
  await pool.query(
    `UPDATE graft.audit SET details = details || jsonb_build_object('config', (details -> 'config') || $1::jsonb)
     WHERE action = 'module.configure'`,
    [left],
  );
}

test("secrets that an earlier Graft left in generations and the audit are masked at the next start, once", async () => {
  const masked = await stored();
  expect(masked.generations.map(({ masked_by }) => masked_by)).toEqual([1, 1, 1, 0]);
  expect(masked.generations[1].settings.board.config).toMatchObject({
    limit: 6,
    pin: expect.stringMatching(/^••••[0-9a-f]{6}$/),
  });
  await storeAsBefore();
  expect(JSON.stringify(await stored())).toMatch(secrets);

  await host.engine.install.recover();
  expect(await stored()).toEqual(masked);
  expect(JSON.stringify(masked)).not.toMatch(secrets);
  await host.engine.install.recover();
  expect(await stored()).toEqual(masked);
});

test("a generation with a module that cannot be read here waits for a host that has it", async () => {
  const masked = await stored();
  await storeAsBefore();
  const replace = (from: string, to: string) =>
    database.db.pool.query(
      "UPDATE graft.generations SET modules = replace(modules::text, $1, $2)::jsonb WHERE number = 1",
      [from, to],
    );
  const { digest } = (await host.engine.install.generations.get(1)).modules[0] ?? { digest: "" };
  const gone = `sha256:${"0".repeat(64)}`;
  await replace(digest, gone);
  await host.engine.install.recover();
  const { generations } = await stored();
  expect(generations[1]).toMatchObject({ masked_by: 0, settings: { board: { config: { pin: clear.pin } } } });
  expect(generations[2]).toEqual(masked.generations[2]);
  await replace(gone, digest);
  await host.engine.install.recover();
  expect(await stored()).toEqual(masked);
});
