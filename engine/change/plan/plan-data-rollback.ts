import { GraftError } from "../../core/index.ts";
import type {
  DataPlace,
  LostRows,
  MigrationPreview,
  ReverseMigrationAnswer,
} from "../../module-data/index.ts";
import type { InstalledCandidate } from "../../supply/installed/index.ts";
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
  /** The one that is this very database of the module's, which stands as it was left. */
  snapshotIn(module: string, database: number): Promise<SnapshotSummary | null>;
  /** @throws NOT_FOUND */
  findSnapshot(id: string): Promise<StoredSnapshot>;
}

export const none: MigrationPreview = {
  pending: [],
  destructive: [],
  breaking: [],
  slow: [],
  alone: [],
  refused: [],
  forced: [],
  extensions: [],
  mayCreateUntrusted: false,
};

/** What is asked for the data of a module that goes back. */
export interface DataRollbackWish {
  policy?: DataPolicy | undefined;
  /** Number of the database that the generation gone back to names. */
  former?: number | null | undefined;
}

interface DataRollbackInput extends DataRollbackWish {
  target: StoredModule;
  before: InstalledCandidate;
  place: DataPlace;
}

/**
 * Migrations that the target does not have ran already. Rows written since stay where SQL leads back to exactly the older
 * structure; else what only was added stays beside, unused. What was changed or taken comes from a snapshot.
 */
export async function planDataRollback(
  deps: SchemaDeps,
  { target, before, place, policy, former }: DataRollbackInput,
): Promise<PlannedSchema> {
  const { name, title } = target.manifest;
  const stored = await deps.store.getModule(before.digest);
  const [from, to] = await Promise.all([
    loadMigrations(deps.store, stored),
    loadMigrations(deps.store, target),
  ]);
  const applied = to.map((file) => file.name);
  const newer = await previewMigrations(deps, stored, { place, applied, ran: true });
  const extensions = stored.manifest.database?.extensions ?? [];
  const [answer, snapshot, now] = await Promise.all([
    deps.database.findReverseMigration({ place, extensions, from, to }),
    findSnapshotOf(deps, { module: name, digest: target.digest, former }),
    deps.database.inspect(place),
  ]);
  const isAdditive = newer.breaking.length === 0 && newer.destructive.length === 0;
  const schema: PlanDataRollback["schema"] = answer.way
    ? { by: answer.way.by, lost: answer.lost }
    : isAdditive
      ? { by: "kept", lost: [] }
      : null;
  const chosen = choose(policy, { schema: schema !== null, snapshot: snapshot !== null, isAdditive });
  if (chosen === null) throw noWay(target, policy, { answer, newer });
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
    const { id, takenAt, rows, database } = snapshot;
    const by = database === null ? "file" : "pointing";
    return {
      ...planned,
      schema: { action: "restore", snapshot: id, takenAt, rows, by },
      warnings: [{ module: name, text: formatBack(snapshot, now.rows) }],
    };
  }
  if (answer.way)
    return {
      ...planned,
      impact: isAdditive ? "expand" : "breaking",
      schema: { action: "revert", way: answer.way, on: isAdditive ? "place" : "copy" },
      warnings: [...lossWarnings(name, answer.lost), ...emptiedWarnings(name, answer.emptied)],
    };
  const since = newer.pending.length;
  const text = `Its data stays as it is; what ${since === 1 ? "one newer migration" : `${since} newer migrations`} added stays too, unused.`;
  return { ...planned, schema: { action: "keep" }, impact: "none", warnings: [{ module: name, text }] };
}

/** The very database that the generation named, where it stands; else the newest snapshot of the version. */
export async function findSnapshotOf(
  deps: Pick<SchemaDeps, "snapshotOf" | "snapshotIn">,
  { module, digest, former }: { module: string; digest: string; former?: number | null | undefined },
): Promise<SnapshotSummary | null> {
  const standing = typeof former === "number" ? await deps.snapshotIn(module, former) : null;
  return standing ?? deps.snapshotOf(module, digest);
}

export function formatBack({ takenAt, rows, database }: SnapshotSummary, present: number): string {
  const what = `${rows} rows instead of the ${present} there are now`;
  return database === null
    ? `Its data goes back to the snapshot of ${takenAt}: ${what}. What was written since is lost.`
    : `Its data goes back to how it stood at ${takenAt}: ${what}. What was written since stays beside it, as a snapshot.`;
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

function lossWarnings(module: string, lost: LostRows[]): PlanWarning[] {
  return lost
    .filter(({ rows }) => rows > 0)
    .map(({ kind, name, rows }) => ({
      module,
      text: `The ${kind} ${name} goes, with what ${rows === 1 ? "1 row holds" : `${rows} rows hold`} in it. The data as it is now stays as a snapshot.`,
    }));
}

/** SQL makes what was dropped anew; what the older version had in it is nowhere in the data as it is. */
function emptiedWarnings(module: string, emptied: LostRows[]): PlanWarning[] {
  return emptied
    .filter(({ kind, rows }) => kind === "table" || rows > 0)
    .map(({ kind, name, rows }) => ({
      module,
      text: `The ${kind} ${name} comes back without what the older version had in it${kind === "table" ? "" : `, in ${rows === 1 ? "1 row" : `${rows} rows`}`}. Only data from before the upgrade has that.`,
    }));
}

function noWay(
  target: StoredModule,
  asked: DataPolicy | undefined,
  { answer, newer }: { answer: ReverseMigrationAnswer; newer: MigrationPreview },
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
