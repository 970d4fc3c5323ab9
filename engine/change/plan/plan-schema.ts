import { GraftError } from "../../core/index.ts";
import type { MigrationPreview, MigrationProblem } from "../../module-data/index.ts";
import type { Candidate } from "../../supply/resolver/index.ts";
import type { StoredModule } from "../../supply/store/index.ts";
import { loadMigrations } from "./load-migrations.ts";
import { type PlannedSchema, planDataRollback, type SchemaDeps } from "./plan-data-rollback.ts";
import { previewMigrations } from "./preview-migrations.ts";
import type { DataPolicy, PlanWarning } from "./types.ts";

/** How the data of a module gets to the shape of `target`: forward by migrations, or back. */
export async function planSchema(
  deps: SchemaDeps,
  target: StoredModule,
  before: Candidate | undefined,
  fresh: boolean,
  policy?: DataPolicy,
): Promise<PlannedSchema> {
  const { name } = target.manifest;
  const applied = fresh ? [] : await deps.database.appliedMigrations(name);
  const names = new Set((await loadMigrations(deps.store, target)).map((file) => file.name));
  const unknown = applied.filter((migration) => !names.has(migration));
  if (unknown.length > 0) {
    if (before) return planDataRollback(deps, target, before, policy);
    throw newerData(target, unknown);
  }
  const preview = await previewMigrations(deps, target, applied);
  const verdicts = [...preview.breaking, ...preview.destructive];
  const pending = preview.pending.length > 0;
  return {
    preview,
    schema: { action: "migrate" },
    impact: fresh || !pending ? "none" : verdicts.length > 0 ? "breaking" : "expand",
    warnings: before && pending ? upgradeWarnings(name, preview) : [],
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

function upgradeWarnings(module: string, preview: MigrationPreview): PlanWarning[] {
  const where = ({ migration, line }: MigrationProblem) => `${migration}, line ${line}`;
  const say = (text: string): PlanWarning => ({ module, text });
  const said = preview.slow
    .filter(({ long, rows }) => long || rows === null)
    .map((found) => say(`Takes time: ${found.reason} (${where(found)}).`));
  for (const found of preview.breaking) {
    said.push(
      say(
        `The running version cannot live with this: ${found.reason} (${where(found)}). Requests wait while it switches.`,
      ),
    );
  }
  said.push(say("A snapshot of its data is taken first; History goes back to it."));
  return said;
}
