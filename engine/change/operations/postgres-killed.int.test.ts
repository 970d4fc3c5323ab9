import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { systemActor } from "../../core/index.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { echoServer, writeModule } from "../../edge/host/testing/write-module.ts";
import { embeddedUrl, queryModule, queryServer } from "../../module-data/testing/query-module.ts";
import { databaseState } from "../install/testing/system-state.ts";

// PostgreSQL, the host's own, is killed with SIGKILL under an operation. The host starts it again, and recovers the
// operation without being restarted itself.

let host: TestHost;
const patience = { timeout: 90_000, interval: 50 };

beforeAll(async () => {
  host = await startTestHost({});
  await host.engine.install.converge();
  const table = 'CREATE TABLE "t" ("id" int); INSERT INTO "t" VALUES (1);';
  writeModule(host.catalogDir, "plain", { migrations: { "1_t": table } });
  writeModule(host.catalogDir, "sleepy", { migrations: { "1_t": table, "2_t": "SELECT pg_sleep(300);" } });
  // Listens only when PostgreSQL is certainly gone.
  const slow = echoServer.replace(
    "createServer((",
    "await new Promise((go) => setTimeout(go, 3000));\ncreateServer((",
  );
  writeModule(host.catalogDir, "slow", { migrations: { "1_t": table }, server: slow });
}, 120_000);
afterAll(() => host?.end(), 60_000);
beforeEach(async () => {
  expect((await apply("plain")).status).toBe("succeeded");
});

async function begin(changes: Parameters<TestHost["engine"]["plans"]["create"]>[1]): Promise<string> {
  const plan = await host.engine.plans.create(systemActor, changes);
  const confirm = plan.steps.map((step) => step.module);
  return (await host.engine.install.operations.apply(systemActor, plan.id, { confirm })).id;
}
async function apply(module: string) {
  const { registry, install } = host.engine;
  const { operations } = install;
  if (registry.get(module))
    await operations.wait(await begin([{ action: "uninstall", module, data: "delete" }]));
  return operations.wait(await begin([{ action: "install", module }]));
}
const row = (id: string) => host.engine.db.prisma.operation.findUnique({ where: { id } }).catch(() => null);
/** The row's last word; questions asked while PostgreSQL is away do not count. */
async function ended(id: string): Promise<string | undefined> {
  await expect.poll(async () => (await row(id))?.finishedAt ?? null, patience).not.toBeNull();
  return (await row(id))?.status;
}
const hostDatabase = () => ({
  url: host.engine.db.url,
  db: host.engine.db,
  modulesUrl: embeddedUrl(host.dataDir, "postgres-modules"),
});
const postmaster = (name: "postgres" | "postgres-modules") =>
  Number(readFileSync(join(host.dataDir, name, "postmaster.pid"), "utf8").split("\n")[0]);
const sleeping = async () => {
  const rows = await queryServer<{ pid: number }>(
    hostDatabase(),
    "SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_sleep(300)%' AND pid <> pg_backend_pid()",
  );
  return rows.map(({ pid }) => pid);
};

test.each([
  ["the host's server", async () => postmaster("postgres")],
  ["the modules' server", async () => postmaster("postgres-modules")],
  ["the one backend that migrates", async () => (await sleeping())[0] as number],
])(
  "%s killed in the middle of a migration: nothing of the install is left, and the next one works",
  async (_, victim) => {
    const before = await databaseState(hostDatabase());
    const id = await begin([{ action: "install", module: "sleepy" }]);
    await expect.poll(sleeping, patience).toHaveLength(1);
    process.kill(await victim(), "SIGKILL");
    expect(await ended(id)).toBe("failed");
    expect(await databaseState(hostDatabase())).toEqual(before);
    expect((await apply("plain")).status).toBe("succeeded");
  },
  180_000,
);

test("killed after the commit, while the module starts: the install is finished once the server is back", async () => {
  const id = await begin([{ action: "install", module: "slow" }]);
  await expect.poll(async () => (await row(id))?.status, patience).toBe("applied");
  process.kill(postmaster("postgres"), "SIGKILL");
  expect(await ended(id)).toBe("succeeded");
  const rows = await queryModule(hostDatabase(), "slow", "SELECT id FROM t");
  expect(rows).toEqual([{ id: 1 }]);
  expect(host.engine.runtime.status("slow")?.state).toBe("running");
}, 180_000);
