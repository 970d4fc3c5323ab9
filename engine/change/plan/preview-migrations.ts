import { GraftError } from "../../core/index.ts";
import type { MigrationPreview, ModuleDatabase } from "../../module-data/index.ts";
import type { ModuleStore, StoredModule } from "../../supply/store/index.ts";
import { loadMigrations } from "./load-migrations.ts";

export interface PreviewDeps {
  store: ModuleStore;
  database: ModuleDatabase;
}

/**
 * What the migrations of a version would do to data on which `applied` ran already.
 * @throws MIGRATION_REFUSED, EXTENSION_UNAVAILABLE
 */
export async function previewMigrations(
  deps: PreviewDeps,
  stored: StoredModule,
  applied: string[],
  { ran = false } = {},
): Promise<MigrationPreview> {
  const { name, database, title } = stored.manifest;
  const preview = await deps.database.preview({
    module: name,
    migrations: await loadMigrations(deps.store, stored),
    extensions: database?.extensions ?? [],
    applied,
    ran,
  });
  const [first] = preview.refused;
  if (first) {
    throw new GraftError(
      "MIGRATION_REFUSED",
      `${title} cannot be installed: ${first.migration}, line ${first.line}: ${first.reason}`,
      {
        hint: "Only the module's author can change this. Nothing was changed.",
        details: { module: name, problems: preview.refused },
      },
    );
  }
  const missing = preview.extensions.filter((extension) => !extension.available).map(({ name }) => name);
  if (missing.length > 0) {
    throw new GraftError(
      "EXTENSION_UNAVAILABLE",
      `${title} needs PostgreSQL extensions that this server does not have: ${missing.join(", ")}.`,
      {
        hint: "Install them on the database server, or set DATABASE_URL to a server that has them.",
        details: { module: name, extensions: missing },
      },
    );
  }
  return preview;
}
