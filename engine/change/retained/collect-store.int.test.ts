import { existsSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { echoServer, writeModule } from "../../edge/host/testing/write-module.ts";
import { tryLead } from "../lead/leader.ts";
import type { PlanChange } from "../plan/index.ts";

// What the daily collection of the store leaves, and what it takes.

const init = 'CREATE TABLE "a" ("id" int);';
let database: TestDatabase;
let host: TestHost;

beforeAll(async () => {
  database = await createTestDatabase();
  host = await startTestHost({ databaseUrl: database.url });
}, 60_000);
afterAll(async () => {
  await host?.end();
  await database?.close();
});

async function apply(...changes: PlanChange[]) {
  const plan = await host.engine.plans.create(systemActor, changes);
  const { operations } = host.engine.install;
  const operation = await operations.wait((await operations.apply(systemActor, plan.id)).id);
  expect(operation.error).toBeNull();
}
const blobsDir = () => join(host.dataDir, "store/blobs/sha256");
/** As if everything had been put a week ago. */
function makeOld() {
  const then = new Date(Date.now() - 7 * 86_400_000);
  for (const name of readdirSync(blobsDir())) utimesSync(join(blobsDir(), name), then, then);
}
const withdraw = (name: string) => {
  for (const folder of readdirSync(host.catalogDir))
    if (folder.startsWith(name)) rmSync(join(host.catalogDir, folder), { recursive: true });
};

test("what a generation, kept data or the catalog needs stays; what nothing names goes", async () => {
  const { engine } = host;
  for (const version of ["1.0.0", "2.0.0"])
    writeModule(host.catalogDir, "notes", {
      manifest: { version },
      migrations: { "1_a": init },
      server: `// ${version}\n${echoServer}`,
    });
  writeModule(host.catalogDir, "offered", { server: `// offered\n${echoServer}` });
  writeModule(host.catalogDir, "orphan", { server: `// orphan\n${echoServer}` });
  await apply({ action: "install", module: "notes", version: "1.0.0" });
  const first = engine.registry.generation();
  await apply({ action: "upgrade", module: "notes" });
  await apply({ action: "uninstall", module: "notes", data: "keep" });
  const digestOf = async (module: string) =>
    (await engine.catalog.versions()).find(({ name }) => name === module)?.digest ?? "sha256:";
  const [offered, orphan] = [await digestOf("offered"), await digestOf("orphan")];
  // Only generations name notes now, and nothing names the orphan.
  withdraw("notes");
  withdraw("orphan");
  const loose = await engine.store.blobs.put(Buffer.from("a blob that no module has"));

  // Young: a catalog or a plan may be about to name it.
  expect(await engine.install.collectGarbage()).toEqual({ blobs: 0, bytes: 0, modules: [] });
  makeOld();
  const lead = await tryLead(database.db);
  await expect(engine.install.collectGarbage()).rejects.toMatchObject({ code: "OPERATION_IN_PROGRESS" });
  await lead?.release();
  const before = readdirSync(blobsDir()).length;
  const collected = await engine.install.collectGarbage();
  expect(collected).toMatchObject({ modules: [orphan] });
  expect(before - readdirSync(blobsDir()).length).toBe(collected.blobs);
  expect(existsSync(engine.store.blobPath(loose))).toBe(false);
  expect(await engine.store.hasModule(orphan)).toBe(false);
  await engine.store.verifyModule(offered);

  await apply({ action: "rollback", generation: first });
  expect(engine.registry.get("notes")?.version).toBe("1.0.0");
  expect(engine.runtime.socket("notes")).not.toBeNull();
});

test("a module that comes back to the catalog is put again, and stays", async () => {
  const { engine } = host;
  const put = () => writeModule(host.catalogDir, "returns", { server: `// returns\n${echoServer}` });
  put();
  const found = (await engine.catalog.versions()).find(({ name }) => name === "returns");
  withdraw("returns");
  makeOld();
  expect((await engine.install.collectGarbage()).modules).toEqual([found?.digest]);
  put();
  await apply({ action: "install", module: "returns" });
  makeOld();
  expect((await engine.install.collectGarbage()).modules).toEqual([]);
  await engine.store.verifyModule(found?.digest ?? "sha256:");
});
