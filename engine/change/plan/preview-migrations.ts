import { GraftError } from "../../core/index.ts";
import type { DataPlace, MigrationPreview, ModuleDatabase } from "../../module-data/index.ts";
import type { ModuleStore, StoredModule } from "../../supply/store/index.ts";
import { loadMigrations } from "./load-migrations.ts";
import { refuseEndlessSql } from "./refuse-endless-sql.ts";

export interface PreviewDeps {
  store: ModuleStore;
  database: ModuleDatabase;
}

/**
 * What the migrations of a version would do to data on which `applied` ran already.
 * @throws MIGRATION_REFUSED, EXTENSION_UNAVAILABLE, TEXT_OVER_BUDGET
 */
export async function previewMigrations(
  deps: PreviewDeps,
  stored: StoredModule,
  { place, applied, ran = false }: { place: DataPlace | null; applied: string[]; ran?: boolean },
): Promise<MigrationPreview> {
  const { name, database, title } = stored.manifest;
  const migrations = await loadMigrations(deps.store, stored);
  refuseEndlessSql(name, migrations);
  const preview = await deps.database.preview({
    place,
    migrations,
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
  const { mayCreateUntrusted } = preview;
  const untrusted = preview.extensions.filter((one) => !one.trusted && !one.installed).map((one) => one.name);
  if (untrusted.length > 0 && !mayCreateUntrusted) throw notTrusted(stored, untrusted);
  return preview;
}

/** Only a superuser may create it, and the host is none: an administrator of the server prepares a template that has it. */
function notTrusted({ manifest: { name, title } }: StoredModule, extensions: string[]): GraftError {
  const create = extensions.map((one) => `CREATE EXTENSION "${one}";`).join(" ");
  return new GraftError(
    "EXTENSION_UNAVAILABLE",
    `${title} needs PostgreSQL extensions that PostgreSQL does not trust: ${extensions.join(", ")}. Only a superuser may create them.`,
    {
      hint: `As a superuser of the database server, run: CREATE DATABASE graft_modules IS_TEMPLATE true; then, connected to graft_modules: ${create} Databases of modules are made as copies of it from then on.`,
      details: { module: name, extensions },
    },
  );
}
