import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { choosePart } from "../../core/testing/choose-part.ts";
import { deepFreeze } from "../testing/deep-freeze.ts";
import { fingerprint } from "../testing/fingerprint.ts";
import { extensionsOfHistories as extensions, histories } from "../testing/histories.ts";
import { createModestWorld, installHistory, module } from "../testing/worlds.ts";
import type { MigrationFile } from "../types.ts";
import { loadParser } from "./sql/parse.ts";
import { readScript } from "./sql/read-script.ts";

const world = await createModestWorld();
const { modules } = world;
const dir = mkdtempSync(join(tmpdir(), "graft-history-"));
// What was read is kept and used again: whatever changes it fails here.
beforeAll(async () => {
  await loadParser();
  for (const { migrations } of histories) for (const file of migrations) deepFreeze(readScript(file));
});
afterEach(() => modules.drop(module));
afterAll(async () => {
  rmSync(dir, { recursive: true });
  await world.end();
});

const install = async (migrations: MigrationFile[]) => {
  const { applied } = await installHistory(modules, migrations, extensions);
  await modules.buildIndexes({ module, migrations });
  return applied;
};
const tenths = (migrations: readonly MigrationFile[]) =>
  Array.from({ length: Math.floor((migrations.length - 1) / 10) }, (_, i) => 10 * (i + 1));
const look = () => fingerprint(world.owner.db.pool, "m_polls");
const objects = async () => (await look()).filter((line) => !line.startsWith("rows "));

describe.each(histories)("the history of $name", ({ name, migrations }) => {
  test("has what large projects have, and is refused in nothing", async () => {
    expect(migrations.length).toBeGreaterThanOrEqual(60);
    const preview = await modules.preview({ module, migrations, extensions, applied: [] });
    expect(preview.refused).toEqual([]);
    expect(preview.destructive).toEqual([]);
  });

  test("installs unchanged: the ledger holds the checksums of the author's files", async () => {
    expect(await install(migrations)).toEqual(migrations.map((file) => file.name));
    const { rows } = await world.owner.db.pool.query(
      "SELECT migration_name AS name, checksum FROM m_polls._prisma_migrations ORDER BY started_at, migration_name",
    );
    const checksum = (sql: string) => createHash("sha256").update(sql).digest("hex");
    expect(rows).toEqual(migrations.map((file) => ({ name: file.name, checksum: checksum(file.sql) })));
  });

  test("upgrades from each tenth migration to what a fresh install gives, and goes back with every row and object equal", async () => {
    await install(migrations);
    const fresh = await objects();
    await modules.drop(module);
    for (const at of choosePart(`upgrades within ${name}`, tenths(migrations), { parts: 3 })) {
      await install(migrations.slice(0, at));
      const before = await look();
      const file = join(dir, `${name}-${at}`);
      const { rows } = await modules.snapshot({ module, version: "1.0.0", file });
      expect(rows).toBeGreaterThan(0);
      expect(await install(migrations)).toHaveLength(migrations.length - at);
      expect(await objects()).toEqual(fresh);
      await (await modules.restore({ module, file })).commit();
      expect(await look()).toEqual(before);
      await modules.drop(module);
    }
  }, 120_000);
});
