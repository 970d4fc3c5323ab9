import type { MigrationFile } from "../../module-data/index.ts";
import type { ModuleStore, StoredModule } from "../../supply/store/index.ts";

/** The module's Prisma migration folders in the order Prisma applies them (by name), verified as they are read. */
export async function loadMigrations(store: ModuleStore, module: StoredModule): Promise<MigrationFile[]> {
  const root = module.manifest.database?.migrations.replace(/\/$/, "");
  if (root === undefined) return [];
  const names = Object.keys(module.files)
    .filter((path) => path.startsWith(`${root}/`) && path.endsWith("/migration.sql"))
    .map((path) => path.slice(root.length + 1, -"/migration.sql".length))
    .filter((name) => !name.includes("/"))
    .sort();
  return Promise.all(
    names.map(async (name) => {
      const read = async (file: string) =>
        (await store.readFile(module.digest, `${root}/${name}/${file}`)).toString("utf8");
      const down =
        module.files[`${root}/${name}/down.sql`] === undefined ? {} : { down: await read("down.sql") };
      return { name, sql: await read("migration.sql"), ...down };
    }),
  );
}
