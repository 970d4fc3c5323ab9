import { GraftError } from "../../core/index.ts";
import type { DataPlace, MigrationPreview, MigrationProblem } from "../../module-data/index.ts";
import type { InstalledCandidate } from "../../supply/installed/index.ts";
import type { StoredModule } from "../../supply/store/index.ts";
import { loadMigrations } from "./load-migrations.ts";
import {
  type DataRollbackWish,
  type PlannedSchema,
  planDataRollback,
  type SchemaDeps,
} from "./plan-data-rollback.ts";
import { previewMigrations } from "./preview-migrations.ts";
import type { PlanWarning } from "./types.ts";

export interface SchemaInput extends DataRollbackWish {
  target: StoredModule;
  /** The version that is installed. */
  before: InstalledCandidate | undefined;
  /** Where its data is, installed or kept; null: it starts with none. */
  place: DataPlace | null;
}

/** How the data of a module gets to the shape of `target`: forward by migrations, or back. */
export async function planSchema(deps: SchemaDeps, input: SchemaInput): Promise<PlannedSchema> {
  const { target, before, place } = input;
  const applied = place === null ? [] : await deps.database.appliedMigrations(place);
  const names = new Set((await loadMigrations(deps.store, target)).map((file) => file.name));
  const unknown = applied.filter((migration) => !names.has(migration));
  if (unknown.length > 0) {
    if (before && place) return planDataRollback(deps, { ...input, before, place });
    throw newerData(target, unknown);
  }
  const preview = await previewMigrations(deps, target, { place, applied });
  return { preview, ...(await forward(deps, input, preview)) };
}

/** A new database; none for nothing; in place, or on a copy where the running version or one transaction would not do. */
async function forward(
  deps: SchemaDeps,
  { target, before, place }: SchemaInput,
  preview: MigrationPreview,
): Promise<Omit<PlannedSchema, "preview">> {
  const module = target.manifest.name;
  const said = forcedWarnings(module, preview);
  if (place === null) return { schema: { action: "migrate", on: "new" }, impact: "none", warnings: said };
  if (preview.pending.length === 0) return { schema: { action: "keep" }, impact: "none", warnings: said };
  const isBreaking = preview.breaking.length + preview.destructive.length > 0;
  const on = before && !isBreaking && preview.alone.length === 0 ? "place" : "copy";
  const warnings = before ? await upgradeWarnings(deps, { place, preview, on }) : [];
  return {
    schema: { action: "migrate", on },
    impact: isBreaking ? "breaking" : "expand",
    warnings: [...warnings, ...said],
  };
}

/** Data that an uninstall kept is of a later version than the one to install. */
function newerData({ manifest }: StoredModule, unknown: string[]): GraftError {
  const { name, title, version } = manifest;
  return new GraftError(
    "MIGRATION_HISTORY_DIVERGED",
    `${title} ${version} does not know the data that was kept: ${unknown.join(", ")} ran on it.`,
    {
      hint: `Install the version it was kept from or a later one, or begin with empty tables, which deletes what was kept. A snapshot of ${version} under Data can be restored instead.`,
      details: { module: name, unknown },
    },
  );
}

const whereOf = ({ migration, line }: MigrationProblem) => `${migration}, line ${line}`;

async function upgradeWarnings(
  deps: SchemaDeps,
  { place, preview, on }: { place: DataPlace; preview: MigrationPreview; on: "place" | "copy" },
): Promise<PlanWarning[]> {
  const warning = (text: string): PlanWarning => ({ module: place.module, text });
  const said = preview.slow
    .filter(({ long, rows }) => long || rows === null)
    .map((found) => warning(`Takes time: ${found.reason} (${whereOf(found)}).`));
  for (const found of preview.breaking)
    said.push(
      warning(
        `The running version cannot live with this: ${found.reason} (${whereOf(found)}). Requests wait while it switches.`,
      ),
    );
  for (const found of preview.alone)
    said.push(
      warning(
        `This cannot run while the module is in use: a migration ${found.reason} (${whereOf(found)}). Requests wait.`,
      ),
    );
  if (on === "place")
    return [...said, warning("A snapshot of its data is taken first; History goes back to it.")];
  return [...said, warning(await describeCopy(deps, place))];
}

/** Megabytes a second. Assumed, on the slow side: a small server with a network disk. */
const copyRate = 100;

async function describeCopy({ database }: SchemaDeps, place: DataPlace): Promise<string> {
  const found = (await database.list()).find(
    (one) => one.module === place.module && one.database === place.database,
  );
  const megabytes = Math.ceil((found?.bytes ?? 0) / 1_000_000);
  const seconds = Math.ceil(megabytes / copyRate);
  const time = seconds <= 1 ? "about a second" : `about ${seconds} s`;
  return `It runs on a copy of its data (${megabytes} MB: ${time}, an estimate at ${copyRate} MB/s). Meanwhile the module answers what reads; what writes waits. The data as it is now stays beside it; History goes back to that in a moment.`;
}

function forcedWarnings(module: string, { forced }: MigrationPreview): PlanWarning[] {
  return forced.map((table) => ({
    module,
    text: `${table} forces row security on its owner: the module's process and its own later migrations see only the rows that its policies show.`,
  }));
}
