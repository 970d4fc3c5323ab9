import { GraftError } from "../../core/index.ts";
import type { MigrationPreview, ReverseMigrationAnswer } from "../../module-data/index.ts";
import type { Candidate } from "../../supply/resolver/index.ts";
import type { StoredModule } from "../../supply/store/index.ts";
import { loadMigrations } from "./load-migrations.ts";
import { type PreviewDeps, previewMigrations } from "./preview-migrations.ts";
import type {
  DataPolicy,
  PlanDataRollback,
  PlanStep,
  PlanWarning,
  SnapshotSummary,
  StoredSnapshot,
} from "./types.ts";

export interface PlannedSchema {
  preview: MigrationPreview;
  schema: PlanStep["schema"];
  impact: PlanStep["impact"];
  warnings: PlanWarning[];
  dataRollback?: PlanDataRollback;
}

export interface SchemaDeps extends PreviewDeps {
  /** The newest snapshot taken before a module left the version of this digest. */
  snapshotOf(module: string, digest: string): Promise<SnapshotSummary | null>;
  /** @throws NOT_FOUND */
  findSnapshot(id: string): Promise<StoredSnapshot>;
}

export const none: MigrationPreview = {
  pending: [],
  destructive: [],
  breaking: [],
  slow: [],
  refused: [],
  deferred: [],
  extensions: [],
};

/**
 * Migrations that the target does not have ran already. Rows written since stay where SQL leads back to exactly the older
 * structure; else what only was added stays beside, unused. What was changed or taken comes from a snapshot.
 */
export async function planDataRollback(
  deps: SchemaDeps,
  target: StoredModule,
  before: Candidate,
  policy: DataPolicy | undefined,
): Promise<PlannedSchema> {
  const { name, title } = target.manifest;
  const stored = await deps.store.getModule(before.digest);
  const [from, to] = await Promise.all([
    loadMigrations(deps.store, stored),
    loadMigrations(deps.store, target),
  ]);
  const applied = to.map((file) => file.name);
  const newer = await previewMigrations(deps, stored, applied, { ran: true });
  const extensions = stored.manifest.database?.extensions ?? [];
  const [answer, snapshot, now] = await Promise.all([
    deps.database.findReverseMigration({ module: name, extensions, from, to }),
    deps.snapshotOf(name, target.digest),
    deps.database.inspect(name),
  ]);
  const isAdditive = newer.breaking.length === 0 && newer.destructive.length === 0;
  const schema: PlanDataRollback["schema"] = answer.way
    ? { by: answer.way.by, lost: answer.lost }
    : isAdditive
      ? { by: "kept", lost: [] }
      : null;
  const chosen = choose(policy, { schema: schema !== null, snapshot: snapshot !== null, isAdditive });
  if (chosen === null) throw noWay(target, policy, answer, newer);
  const dataRollback: PlanDataRollback = {
    module: name,
    title,
    chosen,
    rows: now.rows,
    schema,
    snapshot: snapshot && { takenAt: snapshot.takenAt, rows: snapshot.rows },
    refused: answer.way ? null : answer.reason,
  };
  const planned = { preview: none, impact: "breaking" as const, warnings: [], dataRollback };
  if (chosen === "snapshot" && snapshot) {
    const { id, takenAt, rows } = snapshot;
    const text = `Its data goes back to the snapshot of ${takenAt}: ${rows} rows instead of the ${now.rows} there are now. What was written since is lost.`;
    return {
      ...planned,
      schema: { action: "restore", snapshot: id, takenAt, rows },
      warnings: [{ module: name, text }],
    };
  }
  if (answer.way)
    return {
      ...planned,
      impact: isAdditive ? "expand" : "breaking",
      schema: { action: "revert", way: answer.way },
      warnings: lossWarnings(name, answer.lost),
    };
  const since = newer.pending.length;
  const text = `Its data stays as it is; what ${since === 1 ? "one newer migration" : `${since} newer migrations`} added stays too, unused.`;
  return { ...planned, schema: { action: "keep" }, impact: "none", warnings: [{ module: name, text }] };
}

/** Unasked, what was only added goes by SQL, and what was changed comes back from the snapshot. */
function choose(
  asked: DataPolicy | undefined,
  can: { schema: boolean; snapshot: boolean; isAdditive: boolean },
): DataPolicy | null {
  if (asked !== undefined) return can[asked] ? asked : null;
  if (can.isAdditive) return "schema";
  if (can.snapshot) return "snapshot";
  return can.schema ? "schema" : null;
}

function lossWarnings(module: string, lost: { kind: string; name: string; rows: number }[]): PlanWarning[] {
  return lost
    .filter(({ rows }) => rows > 0)
    .map(({ kind, name, rows }) => ({
      module,
      text: `The ${kind} ${name} goes, with what ${rows === 1 ? "1 row holds" : `${rows} rows hold`} in it. A snapshot is taken first.`,
    }));
}

function noWay(
  target: StoredModule,
  asked: DataPolicy | undefined,
  answer: ReverseMigrationAnswer,
  newer: MigrationPreview,
): GraftError {
  const { name, title, version } = target.manifest;
  const why = answer.reason === undefined ? "" : ` By SQL it cannot: ${answer.reason}.`;
  const what =
    asked === "schema"
      ? `${title} cannot go back to ${version} and keep what was written since.${why}`
      : asked === "snapshot"
        ? `There is no snapshot of ${title} from before it left ${version}.`
        : `${title} cannot go back to ${version}: newer migrations changed its tables, and there is no snapshot from before.${why}`;
  return new GraftError("CONFLICT", what, {
    hint:
      asked === undefined
        ? "Uninstall it with its data exported, then install the version you want."
        : "Choose the other way, or leave the choice to Graft.",
    details: { module: name, statements: newer.breaking },
  });
}
