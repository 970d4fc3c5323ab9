import type { Manifest } from "../../../../sdk/manifest/index.ts";
import type { Digest } from "../../../core/index.ts";
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
  /** The digest that is installed. */
  installed: Digest | null;
  /** The version of which data waits for it. */
  kept: { version: string; digest: Digest } | null;
  /** It has a schema in the database, in a generation or not. */
  hasSchema: boolean;
  /** File of the snapshot that its data comes from. */
  snapshotFile: string | null;
  hasIndexes: boolean;
}

type Planned = JournalInput["steps"][number];

export function writeJournal(input: JournalInput): OperationJournal {
  const { base, reason, steps } = input;
  return {
    phase: "preparing",
    base,
    reason,
    changes: markEarlyCutover(
      steps.filter(({ step }) => step.action !== "uninstall").map((planned) => writeChange(input, planned)),
    ),
    removals: steps
      .filter(({ step }) => step.action === "uninstall")
      .map((planned) => writeRemoval(input, planned)),
  };
}

function writeChange(input: JournalInput, planned: Planned): JournalChange {
  const { step, manifest, facts } = planned;
  const { module, digest, impact, settings } = step;
  const reused = step.data === "reuse" ? facts.kept : null;
  const data = writeData(planned);
  // Of data that another version may not be able to live with, or that is replaced.
  const isLeft = facts.installed !== null ? { version: step.from ?? "", digest: facts.installed } : reused;
  const changes = data.action !== "none" && (impact !== "none" || data.action === "restore");
  const snapshot =
    isLeft && changes
      ? { ...isLeft, file: snapshotFile(input, module), reason: snapshotReason(step, input.asked) }
      : null;
  const isHeld = impact === "breaking" || (snapshot !== null && reused !== null);
  const shared = {
    ...{ module, digest, data, snapshot },
    ...(settings && { settings }),
    title: manifest.title,
    hasProcess: manifest.runtime !== undefined,
    accepted: input.accepted.filter((right) => right.module === module).map(({ text }) => text),
    cutover: isHeld ? ("held" as const) : ("plain" as const),
  };
  if (facts.installed !== null)
    return { ...shared, action: "upgrade", from: facts.installed, hasIndexes: facts.hasIndexes };
  return {
    ...shared,
    action: "install",
    access: step.access,
    keptData: step.data === "reuse" || step.data === "fresh" ? step.data : "none",
    created: data.action !== "none" && !facts.hasSchema,
  };
}

function writeData({ step: { schema, module }, manifest, facts }: Planned): JournalData {
  if (!manifest.database) return { action: "none" };
  if (schema?.action === "revert") return schema;
  if (schema?.action !== "restore") return { action: schema?.action ?? "migrate" };
  if (facts.snapshotFile === null) throw new Error(`the snapshot of ${module} has no file`);
  return { action: "restore", file: facts.snapshotFile };
}

function writeRemoval(input: JournalInput, { step, manifest }: Planned): JournalRemoval {
  const { module, digest, access } = step;
  const version = step.from ?? "";
  return {
    ...{ module, version, digest, access },
    title: manifest.title,
    hasProcess: manifest.runtime !== undefined,
    hasData: manifest.database !== undefined,
    data: writeRemovedData(input, step, version),
  };
}

function writeRemovedData(input: JournalInput, step: PlanStep, version: string): JournalRemoval["data"] {
  const { module, digest, data } = step;
  if (data !== "export" && data !== "delete") return { action: "keep" };
  const reason = snapshotReason(step, input.asked);
  const snapshot = { file: snapshotFile(input, module), version, digest, reason };
  if (data === "delete") return { action: "delete", snapshot };
  return { action: "export", snapshot, file: `exports/${module}-${input.operationId}.ndjson.gz` };
}

const snapshotFile = ({ operationId }: JournalInput, module: string) =>
  `snapshots/${module}-${operationId}.graft`;

/** One that could fail after the commit would take the others back, with what was written to them meanwhile. */
function markEarlyCutover(changes: JournalChange[]): JournalChange[] {
  const livesWithBoth = ({ action, data, cutover }: JournalChange) =>
    action === "upgrade" && (data.action === "keep" || data.action === "revert") && cutover === "plain";
  const isRevert = ({ data }: JournalChange) => data.action === "revert";
  if (changes.some(isRevert) && changes.every(livesWithBoth))
    return changes.map((change) => (change.action === "upgrade" ? { ...change, cutover: "early" } : change));
  return changes.map((change) => (isRevert(change) ? { ...change, cutover: "held" } : change));
}
