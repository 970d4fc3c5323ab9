import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { startTestHost, type TestHost } from "../../edge/host/testing/start-test-host.ts";
import { echoServer, writeModule } from "../../edge/host/testing/write-module.ts";
import { queryModule } from "../../module-data/testing/query-module.ts";
import type { PlanChange } from "../plan/index.ts";

let database: TestDatabase;
let host: TestHost;
let other: TestDatabase;
let elsewhere: TestHost;
const root = mkdtempSync(join(tmpdir(), "graft-module-data-"));
const exported = join(root, "polls.graft");
const create = 'CREATE TABLE "p" ("n" int PRIMARY KEY); INSERT INTO "p" SELECT generate_series(1, 10);';

beforeAll(async () => {
  [database, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  host = await startTestHost({ databaseUrl: database.url });
  elsewhere = await startTestHost({ databaseUrl: other.url });
  for (const { catalogDir } of [host, elsewhere]) {
    writeModule(catalogDir, "polls", { migrations: { "1_p": create }, server: echoServer });
    writeModule(catalogDir, "polls", {
      manifest: { version: "2.0.0" },
      migrations: { "1_p": create, "2_p": 'ALTER TABLE "p" ADD COLUMN "t" text DEFAULT \'new\';' },
      server: echoServer,
    });
  }
  await apply(host, [{ action: "install", module: "polls", version: "1.0.0" }]);
  await host.engine.install.moduleData.export(systemActor, "polls", exported);
}, 60_000);
afterAll(async () => {
  await host?.end();
  await elsewhere?.end();
  await database?.close();
  await other?.close();
  rmSync(root, { recursive: true, force: true });
});

async function apply({ engine }: TestHost, changes: PlanChange[]) {
  const { id, steps } = await engine.plans.create(systemActor, changes);
  const confirm = steps.map((step) => step.module);
  const begun = await engine.install.operations.apply(systemActor, id, { confirm });
  expect(await engine.install.operations.wait(begun.id)).toMatchObject({ status: "succeeded", error: null });
}

/** The file is taken over; each test gives a copy away. */
function copy(change: (bytes: Buffer) => Buffer = (bytes) => bytes): string {
  const path = join(root, `given-${Math.random()}.graft`);
  cpSync(exported, path);
  writeFileSync(path, change(readFileSync(path)));
  return path;
}

const restore = (on: TestHost, module: string, file: string, confirm?: string) =>
  on.engine.install.moduleData.restore(systemActor, module, { file, confirm });

async function numbers(of: TestDatabase): Promise<number[]> {
  const rows = await queryModule<{ n: number }>(of, "polls", 'SELECT n FROM "p" ORDER BY n');
  return rows.map(({ n }) => n);
}

test("an installed module gets the data of the file, and what it had is a snapshot", async () => {
  await queryModule(database, "polls", 'DELETE FROM "p" WHERE n > 3');
  await queryModule(database, "polls", 'INSERT INTO "p" VALUES (99)');
  await expect(restore(host, "polls", copy())).rejects.toMatchObject({ code: "CONFIRMATION_REQUIRED" });
  expect(await numbers(database)).toEqual([1, 2, 3, 99]);
  const { operation } = await restore(host, "polls", copy(), "polls");
  const ended = await host.engine.install.operations.wait(operation?.id ?? "");
  expect(ended).toMatchObject({ status: "succeeded", title: "Restore the data of polls" });
  expect(await numbers(database)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const { items } = { items: await host.engine.install.keptData.list() };
  await expect.poll(() => readdirSync(join(host.dataDir, "snapshots")).length, { timeout: 20_000 }).toBe(0);
  expect(items.filter(({ kind, rows }) => kind === "snapshot" && rows === 4)).toHaveLength(1);
});

test("a damaged, truncated or foreign file changes nothing", async () => {
  const flipped = copy((bytes) => {
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 40) ^ 1, bytes.length - 40);
    return bytes;
  });
  for (const file of [
    flipped,
    copy((bytes) => bytes.subarray(0, bytes.length / 2)),
    copy(() => Buffer.from("no")),
  ]) {
    await expect(restore(host, "polls", file, "polls")).rejects.toMatchObject({ code: "BACKUP_INVALID" });
  }
  await expect(restore(host, "other", copy(), "other")).rejects.toThrow(/holds the data of polls/);
  expect(await numbers(database)).toHaveLength(10);
});

test("on another host it is kept data, which an install of a newer version takes over and migrates", async () => {
  const { keptDataId } = await restore(elsewhere, "polls", copy());
  expect(await elsewhere.engine.install.keptData.list()).toMatchObject([
    { id: keptDataId, kind: "kept", module: "polls", version: "1.0.0", tables: 1 },
  ]);
  await expect(restore(elsewhere, "polls", copy())).rejects.toMatchObject({ code: "CONFLICT" });
  await apply(elsewhere, [{ action: "install", module: "polls", version: "2.0.0", data: "reuse" }]);
  const rows = await queryModule(other, "polls", 'SELECT DISTINCT t, count(*)::int AS n FROM "p" GROUP BY t');
  expect(rows).toEqual([{ t: "new", n: 10 }]);
  // In use again; the snapshot that the migration took first is all that is listed.
  const listed = await elsewhere.engine.install.keptData.list();
  expect(listed.filter(({ kind }) => kind === "kept")).toEqual([]);
  // Data of another version is refused while the module runs.
  await expect(restore(elsewhere, "polls", copy(), "polls")).rejects.toThrow(
    /holds data of polls 1\.0\.0; installed is 2\.0\.0/,
  );
});
