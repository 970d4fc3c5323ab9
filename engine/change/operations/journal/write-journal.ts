import type { Manifest } from "../../../../sdk/manifest/index.ts";
import type { Digest } from "../../../core/index.ts";
import type { StoredSettings } from "../../../supply/settings/index.ts";
import type { PlanChange, PlanStep } from "../../plan/index.ts";
import type { JournalChange, JournalData, JournalRemoval, OperationJournal } from "./journal.ts";
import { snapshotReason } from "./snapshot-reason.ts";

export interface JournalInput {
  base: number;
  reason: string;
  operationId: string;
  /** What was asked for. */
  asked: readonly PlanChange[];
  /** Of the plan, each with the version that it brings or takes away. */
  steps: readonly { step: PlanStep; manifest: Manifest; facts: ModuleFacts }[];
  /** New permissions of the plan that need consent; applying was refused without it. */
  accepted: readonly { module: string; text: string }[];
}

/** What is known of a module besides its plan step. */
export interface ModuleFacts {
  /** What is installed, with the number of its database. */
  installed: { digest: Digest; database: number | null } | null;
  /** The version of which data waits for it, and where. */
  kept: { version: string; digest: Digest; database: number } | null;
  /** The snapshot that its data comes from. */
  snapshot: { file: string | null; database: number | null } | null;
  /** Number of the database that is made for it, if one is. */
  next: number;
  /** What its settings become. */
  configuration?: StoredSettings | undefined;
}

type Planned = JournalInput["steps"][number];

export function writeJournal(input: JournalInput): OperationJournal {
  const { base, reason, steps } = input;
  const changing = steps.filter(({ step }) => step.action !== "uninstall");
  return {
    phase: "preparing",
    base,
    reason,
    changes: writeChanges(input, changing),
    removals: steps
      .filter(({ step }) => step.action === "uninstall")
      .map((planned) => writeRemoval(input, planned)),
  };
}

function writeChange(input: JournalInput, planned: Planned): JournalChange {
  const { step, manifest, facts } = planned;
  const { module, digest, settings } = step;
  const { installed, kept } = facts;
  const data = writeData(planned);
  const reason = snapshotReason(step, input.asked);
  const before = installed?.database ?? null;
  // A version without a database leaves its data standing too.
  const left =
    before !== null && (data.action === "none" || data.to !== before)
      ? { database: before, version: step.from ?? "", digest: installed?.digest ?? "", reason }
      : leftOfKept(planned, data, reason);
  const isInPlace = data.action === "migrate" || data.action === "revert";
  const shared = {
    ...{ module, digest, data, left },
    snapshot:
      installed && isInPlace
        ? { version: step.from ?? "", digest: installed.digest, file: snapshotFile(input, module), reason }
        : null,
    ...(settings && { settings }),
    ...(facts.configuration && { configuration: facts.configuration as JournalChange["configuration"] }),
    title: manifest.title,
    hasProcess: manifest.runtime !== undefined,
    accepted: input.accepted.filter((right) => right.module === module).map(({ text }) => text),
  };
  if (installed !== null)
    return {
      ...{ ...shared, action: "upgrade", from: installed.digest },
      cutover: left === null ? "plain" : "held",
    };
  return {
    ...{ ...shared, action: "install", access: step.access, cutover: "plain" },
    discards: kept !== null && step.data === "fresh" ? kept.database : null,
  };
}

/** Kept data that a newer version gets a copy of, or that makes room for a snapshot's. */
function leftOfKept({ step, facts }: Planned, data: JournalData, reason: string) {
  const { kept } = facts;
  if (kept === null || step.data !== "reuse" || data.action === "none" || data.to === kept.database)
    return null;
  return { ...kept, reason };
}

function writeData({ step: { schema, module }, manifest, facts }: Planned): JournalData {
  if (!manifest.database) return { action: "none" };
  const { installed, kept, snapshot, next: to } = facts;
  const from = installed?.database ?? kept?.database ?? null;
  if (schema === null || (schema.action === "migrate" && schema.on === "new"))
    return { action: "create", to };
  if (schema.action === "restore") {
    if (snapshot === null) throw new Error(`the snapshot of ${module} is gone`);
    const { file, database } = snapshot;
    if (database === null) {
      if (file === null) throw new Error(`the snapshot of ${module} has no file`);
      return { action: "restore", to, file };
    }
    return schema.by === "copy" ? { action: "copy", from: database, to } : { action: "point", to: database };
  }
  // A version without a database gets one.
  if (from === null) return { action: "create", to };
  if (schema.action === "keep")
    return installed === null ? { action: "point", to: from } : { action: "keep", to: from };
  if (schema.action === "migrate")
    return schema.on === "place" ? { action: "migrate", to: from } : { action: "copy", from, to };
  const { way } = schema;
  return schema.on === "place" ? { action: "revert", to: from, way } : { action: "copy", from, to, way };
}

function writeRemoval(input: JournalInput, { step, manifest, facts }: Planned): JournalRemoval {
  const { module, digest, access } = step;
  const version = step.from ?? "";
  const database = facts.installed?.database ?? null;
  return {
    ...{ module, version, digest, access },
    title: manifest.title,
    hasProcess: manifest.runtime !== undefined,
    left: database === null ? null : { database, version, digest, reason: snapshotReason(step, input.asked) },
    data:
      step.data === "export"
        ? { action: "export", file: `exports/${module}-${input.operationId}.ndjson.gz` }
        : { action: step.data === "delete" ? "delete" : "keep" },
  };
}

const snapshotFile = ({ operationId }: JournalInput, module: string) =>
  `snapshots/${module}-${operationId}.graft`;

/**
 * What goes back in place does so early, and only where all that changes with it can: one that could fail after the commit would
 * take the others back, with what was written to them meanwhile. Else it goes back on a copy.
 */
function writeChanges(input: JournalInput, planned: readonly Planned[]): JournalChange[] {
  const changes = planned.map((one) => writeChange(input, one));
  if (!changes.some(({ data }) => data.action === "revert")) return changes;
  const livesWithBoth = ({ action, data, cutover }: JournalChange) =>
    action === "upgrade" && (data.action === "keep" || data.action === "revert") && cutover === "plain";
  if (changes.every(livesWithBoth))
    return changes.map((change) => (change.action === "upgrade" ? { ...change, cutover: "early" } : change));
  return planned.map((one) => writeChange(input, onCopy(one)));
}

function onCopy(planned: Planned): Planned {
  const { step } = planned;
  if (step.schema?.action !== "revert") return planned;
  return { ...planned, step: { ...step, schema: { ...step.schema, on: "copy" } } };
}
