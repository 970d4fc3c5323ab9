import type { CommitInput } from "./commit-generation.ts";
import type { DecidedJournal, JournalChange } from "./journal/journal.ts";
import { databaseAfter } from "./journal/place.ts";

/** Kept data and snapshots whose databases are the module's again, or are another snapshot from now on, or go. */
function unkeptBy(change: JournalChange): number[] {
  const { left, data } = change;
  const discards = change.action === "install" ? change.discards : null;
  return [data.action === "point" ? data.to : null, left?.database ?? null, discards].filter(
    (database) => database !== null,
  );
}

/** What the commit of a decided change writes. */
export function describeCommit(
  journal: DecidedJournal,
): Pick<CommitInput, "base" | "reason" | "status" | "next" | "audit"> {
  const { changes, removals, base, reason, kept } = journal;
  return {
    ...{ base, reason, status: "applied" },
    next: {
      put: changes.map((change) => ({
        ...(change.settings && { settings: change.settings }),
        module: change.module,
        digest: change.digest,
        configuration: change.configuration,
        access: change.action === "install" ? change.access : null,
        database: databaseAfter(change),
      })),
      remove: removals.map(({ module }) => module),
      kept,
      unkept: { databases: changes.flatMap(unkeptBy), ofOperation: null },
    },
    audit: [
      ...changes.map(({ module, action }) => ({
        ...{ action: `module.${action}`, target: module, summary: reason },
      })),
      ...changes.flatMap(({ module, settings }) =>
        settings
          ? { action: "module.settings", target: module, summary: "Access and settings as they were then" }
          : [],
      ),
      ...changes.flatMap(({ module, accepted }) =>
        accepted.map((text) => ({
          action: "module.consent",
          target: module,
          summary: `Accepted a new permission: ${text}`,
        })),
      ),
      ...removals.map(({ module, data }) => ({
        action: "module.uninstall",
        target: module,
        summary: `${reason} (data: ${data.action})`,
      })),
    ],
  };
}
