import { z } from "zod";
import { flagDefinition, flagDescription } from "../sdk/flags/definition.ts";
import { rolloutActions } from "../sdk/flags/rollout.ts";
import { accessSetting } from "./access.ts";
import { json } from "./json.ts";
import { time } from "./limits.ts";
import { limit } from "./page.ts";

/**
 * As flagd has it, any text that is not empty: bounded, and without what a page or a log could not show. `$` begins
 * flagd's own words (`$evaluators`).
 */
export const flagKeyPattern = /^(?!\$|\.{1,2}$)[^\s\p{C}](?:[^\p{C}]{0,198}[^\s\p{C}])?$/u;
export const flagKeyRule =
  "takes 1 to 200 characters, none of them invisible, without a space at either end or a $ at the beginning";
export const flagKey = z.string().regex(flagKeyPattern, flagKeyRule);
export const flagType = z.enum(["boolean", "string", "number", "object"]);
export type FlagType = z.infer<typeof flagType>;
const variant = z.string().nullable();

/** A flag as flagd defines it: https://flagd.dev/reference/flag-definitions/ */
export type FlagDefinition = z.infer<typeof flagDefinition>;
export { flagDefinition };

export const flagView = z.object({
  key: z.string(),
  type: flagType,
  description: z.string(),
  definition: flagDefinition,
  /** The module that declares it; null: an administrator made it. */
  module: z.string().nullable(),
  /** False: a module's flag as the module declares it. */
  changed: z.boolean(),
  /** Out of use: everyone gets the default. */
  archived: z.boolean(),
  /** Of a flag whose module declares it no longer, or is gone: that module. */
  orphanOf: z.string().nullable(),
  /** Flags that decide in its rules, and flags in whose rules it decides. */
  requires: z.array(z.string()),
  requiredBy: z.array(z.string()),
  updatedAt: time.nullable(),
  updatedBy: z.string().nullable(),
});
export type FlagView = z.infer<typeof flagView>;

/** A definition with its description beside it, as flagd's documents have it. */
export const describedFlag = flagDefinition.extend({ description: flagDescription.optional() });
export type DescribedFlag = z.infer<typeof describedFlag>;

/** As flagd reads and writes it: https://flagd.dev/reference/flag-definitions/ */
export const flagdDocument = z.object({
  $schema: z.string().optional(),
  flags: z.record(z.string(), describedFlag),
  $evaluators: z.record(z.string(), json).optional(),
});
export type FlagdDocument = z.infer<typeof flagdDocument>;

export const flagInput = z.object({
  definition: flagDefinition,
  /** Kept as it was unless given. */
  description: flagDescription.optional(),
  archived: z.boolean().optional(),
});
export type FlagInput = z.infer<typeof flagInput>;

export const saveFlagInput = z.strictObject({
  key: flagKey,
  definition: flagDefinition,
  description: flagDescription.optional(),
});
export const archivedInput = z.strictObject({ archived: z.boolean() });
export const archiveFlagsInput = archivedInput.extend({ keys: z.array(flagKey).min(1).max(500) });
/** The kill switch. */
export const switchedInput = z.strictObject({ on: z.boolean() });
export const switchFlagInput = switchedInput.extend({ key: flagKey });
export const flagKeyInput = z.strictObject({ key: flagKey });
export const previewFlagInput = z.strictObject({ key: flagKey, definition: flagDefinition });
/** What one user gets by a definition as it stands in the editor. */
export const explainFlagInput = previewFlagInput.extend({ userId: z.uuid() });
/** A flagd document as text, so that what is wrong can be told by line. */
export const importFlagsInput = z.strictObject({ text: z.string().max(900_000, "at most 900 kB") });

export const flagPreview = z.object({
  users: z.int(),
  /** Users whose answer changes, at most 200 of them named. */
  changed: z.object({
    count: z.int(),
    users: z.array(
      z.object({ userId: z.string(), name: z.string(), email: z.string(), before: variant, after: variant }),
    ),
  }),
  /** Of boolean flags: from not true to true, and from true to anything else. */
  gain: z.int(),
  lose: z.int(),
  /** Users by variant, before and after; null is "the value in the code". */
  variants: z.array(z.object({ variant, before: z.int(), after: z.int() })),
});
export type FlagPreview = z.infer<typeof flagPreview>;

export const flagReason = z.enum(["STATIC", "DEFAULT", "TARGETING_MATCH", "DISABLED", "ERROR"]);
export type FlagReason = z.infer<typeof flagReason>;

export const evaluation = z.object({
  key: z.string(),
  /** Absent: the value in the code of whoever asks. */
  value: json.optional(),
  variant: z.string().optional(),
  reason: flagReason,
  errorCode: z.enum(["PARSE_ERROR", "GENERAL"]).optional(),
  errorDetails: z.string().optional(),
});
/** Shared and frozen; one object for each answer that a flag can give. */
export type Evaluation = Readonly<z.infer<typeof evaluation>>;

export const ruleOutcome = z.object({
  /** From 1. */
  number: z.int(),
  /** Each condition, and how it came out. */
  conditions: z.array(z.object({ text: z.string(), met: z.boolean() })),
  matched: z.boolean(),
  /** What it gives when it matches, to this user. */
  variant,
});
export type RuleOutcome = z.infer<typeof ruleOutcome>;
export type ConditionOutcome = RuleOutcome["conditions"][number];

export const flagExplanation = z.object({
  evaluation,
  /** "Ada gets on: rule 2 matches, because she is in staff." */
  text: z.string(),
  rules: z.array(ruleOutcome),
  /** What would have to be different for each other answer: "off, if Ada were not in the group staff". */
  changes: z.array(z.string()),
});
export type FlagExplanation = z.infer<typeof flagExplanation>;

export const flagUsage = z.object({
  /** By its name, and along with others, in the days asked about. */
  asked: z.int(),
  sent: z.int(),
  lastAt: time.nullable(),
});
export type FlagUsage = z.infer<typeof flagUsage>;

/** Why a flag could go, with what was counted. */
export const archiveProposal = z.object({
  key: z.string(),
  /** unused: nobody asked for it; same: everyone gets the same; orphan: no installed module declares it. */
  reasons: z.array(z.enum(["unused", "same", "orphan"])),
  /** In words: "Nobody asked for it in 30 days." */
  evidence: z.array(z.string()),
});
export type ArchiveProposal = z.infer<typeof archiveProposal>;

export const usageQuery = z.object({ days: z.coerce.number().int().min(1).max(180).default(30) });

const changed = z.union([flagInput, accessSetting]).nullable();

/** Of a flag, or of who gets a module or a widget: then `key` is `access/polls/open`. */
export const flagChange = z.object({
  id: z.string(),
  key: z.string(),
  kind: z.enum(["flag", "access"]),
  at: time,
  actorName: z.string(),
  summary: z.string(),
  /** Null: there was none, or the module's own. */
  before: changed,
  after: changed,
  /** Of access that came or went with an install, an uninstall or a rollback: the generation that it made. */
  generation: z.int().nullable(),
});
export type FlagChange = z.infer<typeof flagChange>;

export const flagChangeQuery = z.object({
  key: z.string().max(200).optional(),
  limit,
  cursor: z.uuid().optional(),
});
export type FlagChangeQuery = z.infer<typeof flagChangeQuery>;
export const flagChangeInput = z.strictObject({ id: z.uuid() });

/** What is wrong with a document, and where; lines and columns from 1. */
export const documentProblem = z.object({
  line: z.int(),
  column: z.int(),
  /** `flags.new-editor.variants`; empty: the document. */
  path: z.string(),
  message: z.string(),
});
export type DocumentProblem = z.infer<typeof documentProblem>;

export const importPlan = z.object({
  /** Any keeps all of the document out. */
  problems: z.array(documentProblem),
  /** `users`: those whose answer changes. */
  flags: z.array(
    z.object({
      key: z.string(),
      kind: z.enum(["new", "changed", "same"]),
      users: z.int(),
      gain: z.int(),
      lose: z.int(),
    }),
  ),
  /** Shared evaluators that are new or change. */
  evaluators: z.array(z.string()),
});
export type ImportPlan = z.infer<typeof importPlan>;

export const rolloutAction = z.enum(rolloutActions);
export const rolloutInput = z.strictObject({ action: rolloutAction });
/** Of a flag by its key, or of a module or widget by its target. */
export const targetRolloutInput = z.strictObject({
  target: z.string().min(1).max(200),
  action: rolloutAction,
});
/** For `POST /flag-changes/{id}/undo`. */
export const rolloutView = z.object({ changeId: z.string().nullable() });
export type RolloutView = z.infer<typeof rolloutView>;
