import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { choosePart } from "../../core/testing/choose-part.ts";
import { deepFreeze } from "../testing/deep-freeze.ts";
import { extensionsOfHistories as extensions, histories } from "../testing/histories.ts";
import { countedRows, runPlainly, withoutLedger } from "../testing/run-plainly.ts";
import {
  asSuperuser,
  createModestWorld,
  fingerprintOf,
  installHistory,
  module,
  place,
} from "../testing/worlds.ts";
import type { DataPlace, MigrationFile } from "../types.ts";
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
afterEach(async () => {
  for (const one of await modules.list()) await modules.drop(one);
});
afterAll(async () => {
  rmSync(dir, { recursive: true });
  await world.end();
});

const install = (migrations: MigrationFile[]) => installHistory(modules, migrations, extensions);
const tenths = (migrations: readonly MigrationFile[]) =>
  Array.from({ length: Math.floor((migrations.length - 1) / 10) }, (_, i) => 10 * (i + 1));
const objects = async (at?: DataPlace) =>
  (await fingerprintOf(world, at)).filter((line) => !line.startsWith("rows "));
const copied: DataPlace = { module, database: 2 };

describe.each(histories)("the history of $name", ({ name, migrations }) => {
  test("has what large projects have, and is refused in nothing", async () => {
    expect(migrations.length).toBeGreaterThanOrEqual(60);
    const preview = await modules.preview({ place: null, migrations, extensions, applied: [] });
    expect(preview.refused).toEqual([]);
    expect(preview.destructive).toEqual([]);
  });

  test("installs unchanged: the ledger holds the checksums of the author's files", async () => {
    expect(await install(migrations)).toEqual(migrations.map((file) => file.name));
    const { rows } = await asSuperuser(world, (client) =>
      client.query(
        "SELECT migration_name AS name, checksum FROM public._prisma_migrations ORDER BY started_at, migration_name",
      ),
    );
    const checksum = (sql: string) => createHash("sha256").update(sql).digest("hex");
    expect(rows).toEqual(migrations.map((file) => ({ name: file.name, checksum: checksum(file.sql) })));
  });

  test("has every object and row that a plain run of its files gives", async () => {
    const plain = await runPlainly(world, migrations, { extensions });
    await install(migrations);
    expect(countedRows(withoutLedger(await fingerprintOf(world)))).toEqual(countedRows(plain));
  });

  test("upgrades from each tenth migration on a copy to what a fresh install gives, and what it came from stands as it was", async () => {
    await install(migrations);
    const fresh = await objects();
    await modules.drop(place);
    for (const at of choosePart(`upgrades within ${name}`, tenths(migrations), { parts: 3 })) {
      await install(migrations.slice(0, at));
      const before = await fingerprintOf(world);
      await modules.copy({ module, from: 1, to: 2, extensions });
      const applied = await modules.runHistory({ place: copied, migrations, extensions });
      expect(applied).toHaveLength(migrations.length - at);
      expect(await objects(copied)).toEqual(fresh);
      await modules.admit(place);
      expect(await fingerprintOf(world)).toEqual(before);
      for (const one of await modules.list()) await modules.drop(one);
    }
  }, 120_000);

  test("is the same again from a snapshot of any of its versions", async () => {
    for (const at of choosePart(`snapshots within ${name}`, tenths(migrations), { parts: 3 })) {
      await install(migrations.slice(0, at));
      const before = await fingerprintOf(world);
      const file = join(dir, `${name}-${at}`);
      const { rows } = await modules.snapshot({ place, version: "1.0.0", file });
      expect(rows).toBeGreaterThan(0);
      await modules.create({ place: copied, extensions });
      await modules.restore({ place: copied, file });
      expect(await fingerprintOf(world, copied)).toEqual(before);
    }
  }, 120_000);

  test("upgrades in place where nothing stands against it, migration by migration", async () => {
    await install(migrations);
    const fresh = await objects();
    await modules.create({ place, extensions });
    const all = migrations.map((file) => file.name);
    let inPlace = 0;
    for (let at = 1; at <= migrations.length; at += 1) {
      const input = { place, migrations: migrations.slice(0, at), extensions };
      const { alone } = await modules.preview({ ...input, applied: all.slice(0, at - 1) });
      if (alone.length > 0) await modules.runHistory(input);
      else {
        await (await modules.migrateInPlace(input)).commit();
        inPlace += 1;
      }
    }
    expect(inPlace).toBeGreaterThan(migrations.length / 2);
    expect(await objects()).toEqual(fresh);
  }, 120_000);
});
