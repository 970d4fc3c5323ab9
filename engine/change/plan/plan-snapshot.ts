import type { StoredModule } from "../../supply/store/index.ts";
import type { ExpandedChanges } from "./expand-changes.ts";
import { none, type PlannedSchema, type SchemaDeps } from "./plan-data-rollback.ts";
import type { SnapshotSummary } from "./types.ts";

/**
 * The snapshot a module gets its data from: the one that was asked for; else, where going back brings a module again whose
 * data was deleted, the newest of the version it had. What is there, installed or kept, comes before that.
 */
export async function findLastData(
  deps: SchemaDeps,
  { manifest, digest }: StoredModule,
  present: object | undefined,
  { snapshots, pinned }: ExpandedChanges,
): Promise<SnapshotSummary | null> {
  const asked = snapshots.get(manifest.name);
  if (asked) return asked;
  if (present || !pinned.has(manifest.name)) return null;
  return deps.snapshotOf(manifest.name, digest);
}

/** The whole schema as the snapshot has it, which is that of this very version. */
export function planFromSnapshot(
  { manifest: { name } }: StoredModule,
  { id, takenAt, rows }: SnapshotSummary,
  replaces: boolean,
): PlannedSchema {
  const what = rows === 1 ? "1 row" : `${rows} rows`;
  const text = replaces
    ? `Its data becomes that of the snapshot of ${takenAt}: ${what}. What was written since goes; a snapshot of it is taken first.`
    : `Its data comes back from the snapshot of ${takenAt}: ${what}.`;
  return {
    preview: none,
    schema: { action: "restore", snapshot: id, takenAt, rows },
    impact: replaces ? "breaking" : "none",
    warnings: [{ module: name, text }],
  };
}
