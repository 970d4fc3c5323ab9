import type { Digest } from "../../core/index.ts";
import type { AccessSetting } from "../../decisions/index.ts";
import type { ReverseMigration } from "../../module-data/index.ts";
import type { PlanChange, PlanSettings, PlanStep } from "../plan/index.ts";
import { snapshotReason } from "./snapshot-reason.ts";

export interface JournalChange {
  action: "install" | "upgrade";
  module: string;
  digest: Digest;
  /** The digest before, for an upgrade. */
  from: Digest | null;
  access: AccessSetting | null;
  /** Of a module that a rollback installs again; absent otherwise. */
  settings?: PlanSettings;
  /** `fresh` deletes kept data. */
  data: "reuse" | "fresh" | null;
  /** The version that kept data is of, when an install uses it again. */
  kept?: { version: string; digest: Digest };
  /** How the data changes: by migrations, not at all, or back to a snapshot. */
  schema: "migrate" | "keep" | "restore" | "revert";
  /** The SQL that leads back, for `revert`. */
  way?: ReverseMigration;
  /** File of the snapshot to go back to, below the data directory. */
  restore: string | null;
  /** File of the snapshot taken before an upgrade, below the data directory. */
  snapshot: string | null;
  /** Why it is taken; absent in journals of an earlier Graft. */
  snapshotReason?: string;
  /** The running version cannot live with the change: its requests wait. Taking back restores the snapshot. */
  hold: boolean;
  /**
   * The version gone back to can live with what the newer one added, so it takes over before anything is committed: no
   * request waits, and nothing is left that could fail afterwards. Of all changes of an operation or none.
   */
  ahead?: true;
  /** New permissions that were accepted with it; absent in journals of an earlier Graft. */
  accepted?: string[];
}

export interface JournalRemoval {
  module: string;
  version: string;
  digest: Digest;
  data: "keep" | "export" | "delete";
  /** Who had it, so that taking the removal back gives it back to them. */
  access: AccessSetting | null;
  /** Below the data directory, for `export`. */
  file: string | null;
  /** File of the snapshot taken before the tables go; absent in journals of an earlier Graft. */
  snapshot?: string | null;
  snapshotReason?: string;
}

/** What an operation set out to do, written before its first effect: all that recovery needs on any host. */
export interface OperationJournal {
  base: number;
  /** Heading: "Install Announcements 1.0.0". */
  reason: string;
  /** Dependencies first. */
  changes: JournalChange[];
  /** Modules whose schema and roles did not exist before; undoing drops these and no others. */
  created: string[];
  /** Dependents first. */
  removals: JournalRemoval[];
}

/** What a change that is taken back leaves nothing of: data it made, and data that was to begin anew. */
export function createdByOperation({ created, changes }: OperationJournal): string[] {
  return [
    ...new Set([...created, ...changes.flatMap(({ module, data }) => (data === "fresh" ? module : []))]),
  ];
}

/** The journal of a plan's steps. `fromOf` gives the digest now installed. */
export function writeJournal(input: {
  base: number;
  reason: string;
  /** What was asked for. */
  asked: readonly PlanChange[];
  steps: readonly PlanStep[];
  operationId: string;
  created: string[];
  fromOf(module: string): Digest | null;
  /** Kept data, by module. */
  kept: ReadonlyMap<string, { version: string; digest: Digest }>;
  /** File of a snapshot by its id. */
  snapshots: ReadonlyMap<string, string>;
  /** New permissions of the plan that need consent; applying was refused without it. */
  accepted: readonly { module: string; text: string }[];
}): OperationJournal {
  const changes: JournalChange[] = [];
  const removals: JournalRemoval[] = [];
  for (const step of input.steps) {
    if (step.action === "uninstall") {
      const data = step.data === "export" || step.data === "delete" ? step.data : "keep";
      const file = data === "export" ? `exports/${step.module}-${input.operationId}.ndjson.gz` : null;
      const { module, digest, access } = step;
      const snapshot = data === "keep" ? null : `snapshots/${module}-${input.operationId}.graft`;
      removals.push({
        ...{ module, version: step.from ?? "", digest, data, access, file, snapshot },
        ...(snapshot !== null && { snapshotReason: snapshotReason(step, input.asked) }),
      });
    } else {
      const data = step.data === "reuse" || step.data === "fresh" ? step.data : null;
      const { action, module, digest, access, schema, impact, settings } = step;
      const restore = schema?.action === "restore" ? (input.snapshots.get(schema.snapshot) ?? null) : null;
      const kept = data === "reuse" ? input.kept.get(module) : undefined;
      const leaves = (action === "upgrade" || kept !== undefined) && (impact !== "none" || restore !== null);
      const snapshot = leaves ? `snapshots/${module}-${input.operationId}.graft` : null;
      const how = {
        schema: schema?.action ?? "migrate",
        restore,
        snapshot,
        hold: impact === "breaking" || (leaves && kept !== undefined),
      };
      const accepted = input.accepted.filter((right) => right.module === module).map(({ text }) => text);
      const from = input.fromOf(module);
      changes.push({
        action,
        module,
        digest,
        access,
        data,
        from,
        ...how,
        ...(snapshot !== null && { snapshotReason: snapshotReason(step, input.asked) }),
        ...(settings && { settings }),
        ...(kept && { kept }),
        ...(schema?.action === "revert" && { way: schema.way }),
        ...(accepted.length > 0 && { accepted }),
      });
    }
  }
  const { base, reason, created } = input;
  return { base, reason, changes: markEarlyCutover(changes), removals, created };
}

/** One that could fail after the commit would take the others back, with what was written to them meanwhile. */
function markEarlyCutover(changes: JournalChange[]): JournalChange[] {
  const livesWithBoth = ({ action, schema, hold }: JournalChange) =>
    action === "upgrade" && schema !== "migrate" && schema !== "restore" && !hold;
  const reverts = changes.some(({ schema }) => schema === "revert");
  if (reverts && changes.every(livesWithBoth)) return changes.map((change) => ({ ...change, ahead: true }));
  return changes.map((change) => (change.schema === "revert" ? { ...change, hold: true } : change));
}
