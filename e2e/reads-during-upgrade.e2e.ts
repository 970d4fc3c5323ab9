import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { type Api, createApi, expectOk } from "./support/api.ts";
import { administrator } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";
import { makeCatalog } from "./support/write-module.ts";

// While an upgrade works on a copy of the data, the old version answers what only reads; what writes waits for the new one.

const catalog = makeCatalog();
const built = join(import.meta.dirname, "../modules/.built/announcements");
for (const folder of ["old", "new"]) cpSync(built, join(catalog, folder), { recursive: true });
const file = join(catalog, "new/module.json");
const manifest = JSON.parse(readFileSync(file, "utf8")) as { version: string };
const next = manifest.version.replace(/\d+$/, (patch) => String(Number(patch) + 1));
writeFileSync(file, JSON.stringify({ ...manifest, version: next }));
function addMigration(name: string, sql: string): void {
  const folder = join(catalog, "new/prisma/migrations", name);
  mkdirSync(folder);
  writeFileSync(join(folder, "migration.sql"), sql);
}
addMigration("20991231000000_slow", "SELECT pg_sleep(5);");
// Cannot run in a transaction, so the upgrade is made on a copy.
addMigration("20991231000001_index", 'CREATE INDEX CONCURRENTLY "posts_by_title" ON "posts" ("title");');

let writer: Api;
const host = serveGraft({
  env: { GRAFT_CATALOGS: `dir:${catalog}` },
  async prepare({ api, graft }) {
    const plan = { action: "install", module: "announcements", version: `=${manifest.version}` };
    const made = expectOk(await api.call("POST", "/plans", { changes: [plan] }));
    const { id } = expectOk(await api.call("POST", "/operations", { plan: made.id }));
    await expect
      .poll(async () => expectOk(await api.call("GET", `/operations/${id}`)).status)
      .toBe("succeeded");
    const [{ id: userId }] = expectOk(await api.call("GET", `/users?query=${administrator.email}`)).items;
    writer = createApi(graft, expectOk(await api.call("POST", "/tokens", { userId, name: "Writes" })).secret);
    expectOk(await write("Before the upgrade"));
  },
});
const posts = "/api/v1/announcements/posts";
const write = (title: string) => writer.call("POST", posts, { title, body: "Text" });

test("reads go on while the history runs on a copy, a write waits and is not lost", async () => {
  test.setTimeout(120_000);
  const change = { action: "upgrade", module: "announcements" };
  const plan = expectOk(await host.api.call("POST", "/plans", { changes: [change] }));
  const begun = expectOk(await host.api.call("POST", "/operations", { plan: plan.id }));
  const operation = async () => expectOk(await host.api.call("GET", `/operations/${begun.id}`));
  const step = async () =>
    (await operation()).steps.find(({ status }: { status: string }) => status === "running")?.name;
  await expect.poll(step, { intervals: [20] }).toBe("migrate");
  const written = write("During the upgrade");
  const reads: { status: number; ms: number }[] = [];
  while ((await operation()).finishedAt === null) {
    const from = performance.now();
    const { status } = await host.api.call("GET", posts);
    reads.push({ status, ms: performance.now() - from });
  }
  expect((await operation()).status).toBe("succeeded");
  expect(reads.length).toBeGreaterThan(20);
  expect(reads.filter(({ status }) => status !== 200)).toEqual([]);
  // None of them waited for the migration.
  expect(Math.max(...reads.map(({ ms }) => ms))).toBeLessThan(4_000);
  expect((await written).status).toBe(201);
  const titles = expectOk(await host.api.call("GET", posts)).items.map(
    ({ title }: { title: string }) => title,
  );
  expect(titles.sort()).toEqual(["Before the upgrade", "During the upgrade"]);
});
