import type { MigrationPreview, MigrationProblem } from "../database/index.ts";
import type { Candidate } from "../resolver/index.ts";
import type { StoredModule } from "../store/index.ts";
import { loadMigrations } from "./load-migrations.ts";
import { type PlannedSchema, planWayBack, type SchemaDeps } from "./plan-way-back.ts";
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
  if (before && applied.some((migration) => !names.has(migration))) {
    return planWayBack(deps, target, before, policy);
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
