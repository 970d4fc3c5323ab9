import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { fingerprint } from "../testing/fingerprint.ts";
import { extensionsOfHistories, histories } from "../testing/histories.ts";
import {
  asRuntime,
  createModestWorld,
  failure,
  installHistory,
  module,
  twoTables,
} from "../testing/worlds.ts";
import type { MigrationFile } from "../types.ts";

const world = await createModestWorld();
const { modules } = world;
const dir = mkdtempSync(join(tmpdir(), "graft-snapshot-"));
afterEach(() => modules.drop(module));
afterAll(async () => {
  rmSync(dir, { recursive: true });
  await world.end();
});

const look = () => fingerprint(world.owner.db.pool, "m_polls");
const take = async (name: string) => {
  const file = join(dir, name);
  return { file, ...(await modules.snapshot({ module, version: "1.0.0", file })) };
};
const install = (migrations: MigrationFile[]) => installHistory(modules, migrations, extensionsOfHistories);

describe.each(histories)("a snapshot of $name", ({ name, migrations }) => {
  test("comes back into nothing, as after an uninstall, with every object and row equal", async () => {
    await install(migrations);
    const before = await look();
    const { file, rows } = await take(name);
    expect(rows).toBeGreaterThan(100);
    await modules.drop(module);
    await modules.prepare({ module, extensions: extensionsOfHistories });
    const open = await modules.restore({ module, file });
    expect(open.rows).toBe(rows);
    await open.commit();
    expect(await look()).toEqual(before);
    expect(await modules.appliedMigrations(module)).toEqual(migrations.map((file) => file.name));
  });
});

test("a restored module upgrades and serves as before", async () => {
  await install(twoTables.slice(0, 1));
  const { file } = await take("serve");
  await (await modules.restore({ module, file })).commit();
  await install(twoTables);
  await asRuntime(modules, async (client) => {
    await client.query(`INSERT INTO "Poll"(title) VALUES ('z')`);
    await expect(client.query("CREATE TABLE x (id int)")).rejects.toMatchObject({ code: "42501" });
    await expect(client.query("DELETE FROM _prisma_migrations")).rejects.toMatchObject({ code: "42501" });
  });
});

test("a restore that is rolled back, or whose file is damaged, changes nothing", async () => {
  await install(twoTables);
  const { file } = await take("whole");
  await install([
    ...twoTables,
    { name: "3", sql: "DROP TABLE vote; INSERT INTO \"Poll\"(title) VALUES ('w')" },
  ]);
  const before = await look();
  await (await modules.restore({ module, file })).rollback();
  expect(await look()).toEqual(before);

  const bytes = readFileSync(file);
  const middle = Buffer.from(bytes);
  middle.writeUInt8(middle.readUInt8(bytes.length >> 1) ^ 0xff, bytes.length >> 1);
  for (const [name, content] of Object.entries({
    cut: bytes.subarray(0, -20),
    half: bytes.subarray(0, 200),
    flipped: middle,
    empty: Buffer.alloc(0),
  })) {
    const damaged = join(dir, name);
    writeFileSync(damaged, content);
    expect((await failure(modules.restore({ module, file: damaged }))).code, name).toBe("DIGEST_MISMATCH");
    expect(await look()).toEqual(before);
  }
});

test("rows that change while a snapshot is taken are in it as of one moment", async () => {
  await install([
    {
      name: "1",
      sql: "CREATE TABLE a (i int); CREATE TABLE b (i int); INSERT INTO a SELECT generate_series(1, 200000)",
    },
  ]);
  const taking = take("moment");
  await asRuntime(modules, (client) =>
    client.query("WITH moved AS (DELETE FROM a RETURNING i) INSERT INTO b SELECT i FROM moved"),
  );
  const { file } = await taking;
  const open = await modules.restore({ module, file });
  await open.commit();
  const { tables } = await modules.inspect(module);
  expect(tables.map(({ rows }) => rows).sort()).toEqual([0, 200_000]);
});

test("another module's snapshot is refused", async () => {
  await install(twoTables);
  const { file } = await take("mine");
  await modules.prepare({ module: "other", extensions: [] });
  const error = await failure(modules.restore({ module: "other", file }));
  expect(error.details.reason).toContain("m_polls");
  await modules.drop("other");
});
