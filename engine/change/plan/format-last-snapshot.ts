import type { SnapshotRetention } from "./types.ts";

/** What is said of a module whose tables go: for how long its data can be brought back. */
export function formatLastSnapshot({ snapshotsPerModule, snapshotDays }: SnapshotRetention): string {
  const which =
    snapshotsPerModule === 1
      ? "The newest snapshot of a module is kept"
      : `The ${snapshotsPerModule} newest snapshots of a module are kept`;
  const long = snapshotDays === null ? "" : ` for ${snapshotDays === 1 ? "1 day" : `${snapshotDays} days`}`;
  return `Its data stands aside as a snapshot, so that going back brings the rows back. ${which}${long}; Data deletes one at once.`;
}
