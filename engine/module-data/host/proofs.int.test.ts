import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { hostMigrations, openSnapshot, writeHostRows } from "../index.ts";
import {
  failure,
  fingerprintOf,
  installHistory,
  module,
  place,
  twoTables,
  worlds,
} from "../testing/worlds.ts";

const migrationsDir = join(import.meta.dirname, "../../../prisma/migrations");
const dir = mkdtempSync(join(tmpdir(), "graft-prove-"));
afterAll(() => rmSync(dir, { recursive: true }));

describe.each(worlds)("a proof by %s", async (_, create) => {
  const world = await create();
  const { modules, owner } = world;
  afterEach(() => modules.drop(place));
  afterAll(() => world.end());
  const databases = async () => {
    const { rows } = await owner.db.pool.query(
      `SELECT datname FROM pg_database WHERE datname LIKE 'm__' || left(encode(sha256(convert_to(current_database(), 'UTF8')), 'hex'), 8) || '_proof_%'`,
    );
    return rows;
  };

  test("restores a snapshot, finds it equal, and leaves nothing behind", async () => {
    await installHistory(modules, twoTables);
    const before = await fingerprintOf(world);
    const file = join(dir, "whole.graft");
    await modules.snapshot({ place, version: "1.0.0", file });
    expect(await modules.prove({ module, file })).toEqual({
      rows: 2,
      tables: 2,
      notValid: [],
      differences: [],
    });
    expect(await fingerprintOf(world)).toEqual(before);
    expect(await databases()).toEqual([]);
  });

  test("of a file that cannot be restored fails, and leaves nothing behind", async () => {
    const file = join(dir, "broken.graft");
    writeFileSync(file, "no snapshot");
    expect((await failure(modules.prove({ module, file }))).code).toBe("DIGEST_MISMATCH");
    expect(await databases()).toEqual([]);
  });

  test("of the host's own rows finds them equal", async () => {
    await owner.db.pool.query(
      "INSERT INTO graft.groups (id, key, name) VALUES (gen_random_uuid(), 'proof', 'Proof') ON CONFLICT DO NOTHING",
    );
    const file = join(dir, "host.rows");
    const snapshot = await openSnapshot(owner.db);
    const { rows, migrations } = await writeHostRows(snapshot.client, { file });
    await snapshot.close();
    expect(migrations).toEqual(await hostMigrations(migrationsDir));
    const proof = await modules.proveHost({ file, migrationsDir, migrations });
    expect(proof).toMatchObject({ rows, differences: [] });
    expect(proof.rows).toBeGreaterThan(0);
    expect(await databases()).toEqual([]);
  });
});
