/**
 * Names of a module's migrations in the order they run: the folders of `<dir>` that hold a `migration.sql`, as Prisma
 * lays them out (`<dir>/20250101120000_init/migration.sql`).
 * @param dir `manifest.database.migrations`
 * @returns also `incomplete`: folders without a `migration.sql`, which Prisma refuses
 */
export function migrationNames(
  files: Iterable<string>,
  dir: string,
): { names: string[]; incomplete: string[] } {
  const prefix = `${dir}/`;
  const complete = new Set<string>();
  const seen = new Set<string>();
  for (const file of files) {
    if (!file.startsWith(prefix)) continue;
    const [name, rest] = splitOnce(file.slice(prefix.length));
    if (rest === undefined) continue;
    seen.add(name);
    if (rest === "migration.sql") complete.add(name);
  }
  // Code-unit order, as Prisma's schema engine sorts them; a locale's order would differ.
  return { names: [...complete].sort(), incomplete: [...seen].filter((name) => !complete.has(name)).sort() };
}

function splitOnce(path: string): [string, string | undefined] {
  const slash = path.indexOf("/");
  return slash === -1 ? [path, undefined] : [path.slice(0, slash), path.slice(slash + 1)];
}
