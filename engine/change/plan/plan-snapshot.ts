import type { StoredModule } from "../../supply/store/index.ts";
import type { ExpandedChanges } from "./expand-changes.ts";
import { findSnapshotOf, none, type PlannedSchema, type SchemaDeps } from "./plan-data-rollback.ts";
import type { SnapshotSummary } from "./types.ts";

/**
 * The snapshot a module gets its data from: the one that was asked for; else, where going back brings a module again whose
 * data was deleted, the newest of the version it had. What is there, installed or kept, comes before that.
 */
export async function findLastData(
  deps: SchemaDeps,
  { manifest, digest }: StoredModule,
  {
    present,
    expanded: { snapshots, pinned, databases },
  }: { present: object | undefined; expanded: Pick<ExpandedChanges, "snapshots" | "pinned" | "databases"> },
): Promise<SnapshotSummary | null> {
  const asked = snapshots.get(manifest.name);
  if (asked) return asked;
  if (present || !pinned.has(manifest.name)) return null;
  return findSnapshotOf(deps, { module: manifest.name, digest, former: databases.get(manifest.name) });
}

/** All as the snapshot has it, which is that of this very version. `keeps`: the snapshot is there afterwards too. */
export function planFromSnapshot(
  { manifest: { name } }: StoredModule,
  { id, takenAt, rows, database }: SnapshotSummary,
  { replaces, keeps }: { replaces: boolean; keeps: boolean },
): PlannedSchema {
  const by = database === null ? "file" : keeps ? "copy" : "pointing";
  const what = rows === 1 ? "1 row" : `${rows} rows`;
  const text = replaces
    ? `Its data becomes that of the snapshot of ${takenAt}: ${what}. What was written since goes, and stays as a snapshot.`
    : `Its data comes back from the snapshot of ${takenAt}: ${what}.`;
  return {
    preview: none,
    schema: { action: "restore", snapshot: id, takenAt, rows, by },
    impact: replaces ? "breaking" : "none",
    warnings: [{ module: name, text }],
  };
}
