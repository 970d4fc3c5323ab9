import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { DataPlace, MigrationFile, ModuleDatabase } from "../types.ts";
import { runPlainly, withoutLedger } from "./run-plainly.ts";
import {
  asRuntime,
  createModestWorld,
  fingerprintOf,
  installHistory,
  module,
  place,
  type World,
} from "./worlds.ts";

/** A history in which an author did something ordinary, and what is to become of it. */
export interface Everyday {
  title: string;
  /** In order; called 001, 002, … */
  files: string[];
  /** How many of them the installed version has; absent: all. Then come the rows, then an upgrade. */
  installed?: number;
  /** Written by the module's process. */
  rows?: string;
  extensions?: string[];
  /** Why the upgrade is on a copy; absent: it is in place. */
  copied?: RegExp;
}

const copy: DataPlace = { module, database: 2 };

/** Each history as Graft installs and upgrades it, beside a plain run of the same files: the same objects, the same rows. */
export function describeEveryday(
  theme: string,
  histories: Everyday[],
  createWorld = createModestWorld,
): void {
  describe(theme, () => {
    let world: World;
    let modules: ModuleDatabase;
    beforeAll(async () => {
      world = await createWorld();
      modules = world.modules;
    });
    afterEach(async () => {
      for (const one of await modules.list()) await modules.drop(one);
    });
    afterAll(() => world.end());

    test.each(histories)("$title: installed", async ({ files, extensions = [] }) => {
      const migrations = toFiles(files);
      const plain = await runPlainly(world, migrations, { extensions });
      const { refused } = await modules.preview({ place: null, migrations, extensions, applied: [] });
      expect(refused).toEqual([]);
      await installHistory(modules, migrations, extensions);
      expect(withoutLedger(await fingerprintOf(world))).toEqual(plain);
    });

    const upgrades = histories.filter(({ installed }) => installed !== undefined);
    test.each(upgrades)(
      "$title: upgraded",
      async ({ files, installed = 0, rows, extensions = [], copied }) => {
        const migrations = toFiles(files);
        const plain = await runPlainly(world, migrations, { extensions, rows, rowsAfter: installed });
        await installHistory(modules, migrations.slice(0, installed), extensions);
        if (rows !== undefined) await asRuntime(modules, (client) => client.query(rows));
        const { at, why } = await upgrade(world, migrations, extensions);
        if (copied) expect(why.join("; ")).toMatch(copied);
        else expect(why).toEqual([]);
        expect(withoutLedger(await fingerprintOf(world, at))).toEqual(plain);
      },
    );
  });
}

export function toFiles(files: readonly string[]): MigrationFile[] {
  return files.map((sql, i) => ({ name: String(i + 1).padStart(3, "0"), sql }));
}

/** As a plan chooses: in place where nothing stands against it, else on a copy. @returns where the data is then */
export async function upgrade({ modules }: World, migrations: MigrationFile[], extensions: string[]) {
  const applied = await modules.appliedMigrations(place);
  const { alone, breaking, refused } = await modules.preview({ place, migrations, extensions, applied });
  expect(refused).toEqual([]);
  const why = [...alone, ...breaking].map(({ reason }) => reason);
  if (why.length === 0) {
    await (await modules.migrateInPlace({ place, migrations, extensions })).commit();
    return { at: place, why };
  }
  await modules.copy({ module, from: 1, to: 2, extensions });
  await modules.runHistory({ place: copy, migrations, extensions });
  return { at: copy, why };
}
