import { isDeepStrictEqual } from "node:util";
import type { CarriedChange } from "./carry-values.ts";
import { getAt, leavesOf, nameOf, patternOf, setAt } from "./paths.ts";
import { pathsWithin } from "./sealed.ts";
import type { Values } from "./types.ts";

/** A module's `settings/migrate.ts`, and between which versions. */
export interface Migration {
  module: string;
  source: string;
  from: string;
  to: string;
}

/** @throws SETTINGS_MIGRATION_FAILED */
export type RunMigration = (migration: Migration, values: Values) => Promise<Values>;

interface Migrated {
  values: Values;
  /** What it took out. */
  aside: Values;
  secrets: readonly string[];
  changes: CarriedChange[];
}

// Shorter ones are found in anything.
const secretCharsMin = 4;

/** What the module's own migration makes of stored values. A secret stays one wherever the migration puts it. */
export async function migrateValues(
  run: RunMigration,
  migration: Migration | undefined,
  { values, secrets }: { values: Values; secrets: readonly string[] },
): Promise<Migrated> {
  if (!migration || Object.keys(values).length === 0) return { values, aside: {}, secrets, changes: [] };
  const migrated = await run(migration, values);
  const texts = pathsWithin(values, secrets).flatMap((path) =>
    leavesOf({ secret: getAt(values, path) }).map(({ value }) => String(value)),
  );
  const holdsSecret = (value: unknown) =>
    texts.some((text) =>
      text.length < secretCharsMin ? String(value) === text : String(value).includes(text),
    );
  const moved = leavesOf(migrated)
    .filter(({ value }) => holdsSecret(value))
    .map(({ path }) => patternOf(path));
  const [before, after] = [leavesOf(values, Array.isArray), leavesOf(migrated, Array.isArray)];
  const gone = before.filter(({ path }) => getAt(migrated, path) === undefined);
  const changed = after.filter(({ path, value }) => !isDeepStrictEqual(getAt(values, path), value));
  return {
    values: migrated,
    aside: gone.reduce<Values>((all, { path, value }) => setAt(all, path, value), {}),
    secrets: [...new Set([...secrets, ...moved])],
    changes: [
      ...gone.map(({ path, value }) => ({ path, from: value, to: null })),
      ...changed.map(({ path, value }) => ({ path, from: getAt(values, path) ?? null, to: value })),
    ].map((one) => ({ ...one, key: nameOf(one.path), change: "migrated" as const, reason: null })),
  };
}
