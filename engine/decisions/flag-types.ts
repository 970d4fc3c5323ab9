import type { AccessSetting } from "../../contract/access.ts";
import type { RolloutAction } from "../../sdk/flags/index.ts";
import type { Actor, HostTx, Json, Page } from "../core/index.ts";
import type { Identity } from "../people/index.ts";

/** A flag as flagd defines it: https://flagd.dev/reference/flag-definitions/ */
export interface FlagDefinition {
  state: "ENABLED" | "DISABLED";
  /** Values of one type. */
  variants: Record<string, Json>;
  /** Null or absent: the value in the code of whoever asks. */
  defaultVariant?: string | null;
  /** JSON Logic with flagd's operators; answers with a variant, or null for the default one. */
  targeting?: Record<string, Json>;
  metadata?: Record<string, string | number | boolean>;
}

/** Attributes of whoever a flag is asked for. `targetingKey` decides in which share of a percentage they are. */
export interface FlagContext {
  targetingKey?: unknown;
  [attribute: string]: unknown;
}

export type FlagReason = "STATIC" | "DEFAULT" | "TARGETING_MATCH" | "DISABLED" | "ERROR";

/** Shared and frozen; one object for each answer that a flag can give. */
export interface Evaluation {
  readonly key: string;
  /** Absent: the value in the code of whoever asks. */
  readonly value?: Json;
  readonly variant?: string;
  readonly reason: FlagReason;
  readonly errorCode?: "PARSE_ERROR" | "GENERAL";
  readonly errorDetails?: string;
}

/** A flag of a module under the name in its manifest; its default where nothing else decides. */
export interface ModuleEvaluation {
  key: string;
  value: Json;
  variant?: string;
  reason: FlagReason;
}

export type FlagType = "boolean" | "string" | "number" | "object";

export interface FlagView {
  key: string;
  type: FlagType;
  description: string;
  definition: FlagDefinition;
  /** The module that declares it; null: an administrator made it. */
  module: string | null;
  /** False: a module's flag as the module declares it. */
  changed: boolean;
  /** Out of use: everyone gets the default. */
  archived: boolean;
  /** Of a flag whose module declares it no longer, or is gone: that module. */
  orphanOf: string | null;
  /** Flags that decide in its rules, and flags in whose rules it decides. */
  requires: string[];
  requiredBy: string[];
  updatedAt: string | null;
  updatedBy: string | null;
}

export interface FlagInput {
  definition: FlagDefinition;
  /** Kept as it was unless given. */
  description?: string;
  archived?: boolean;
}

/** Why a flag could go, with what was counted. */
export interface ArchiveProposal {
  key: string;
  /** unused: nobody asked for it; same: everyone gets the same; orphan: no installed module declares it. */
  reasons: ("unused" | "same" | "orphan")[];
  /** In words: "Nobody asked for it in 30 days." */
  evidence: string[];
}

export interface FlagUsage {
  /** By its name, and along with others, in the days asked about. */
  asked: number;
  sent: number;
  lastAt: string | null;
}

/** Of a flag, or of who gets a module or a widget: then `key` is `access/polls/open`. */
export interface FlagChange {
  id: string;
  key: string;
  kind: "flag" | "access";
  at: string;
  actorName: string;
  summary: string;
  /** Null: there was none, or the module's own. */
  before: FlagInput | AccessSetting | null;
  after: FlagInput | AccessSetting | null;
  /** Of access that came or went with an install, an uninstall or a rollback: the generation that it made. */
  generation: number | null;
}

/** A condition of a rule and how it came out. */
export interface ConditionOutcome {
  text: string;
  met: boolean;
}

export interface RuleOutcome {
  /** From 1. */
  number: number;
  conditions: ConditionOutcome[];
  matched: boolean;
  /** What it gives when it matches, to this user. */
  variant: string | null;
}

/** Who reads an explanation: moments are told by their clock and written as they write them. */
export interface Reader {
  locale: string | null;
  timeZone: string | null;
}

export interface FlagExplanation {
  evaluation: Evaluation;
  /** "Ada gets on: rule 2 matches, because she is in staff." */
  text: string;
  rules: RuleOutcome[];
  /** What would have to be different for each other answer: "off, if Ada were not in the group staff". */
  changes: string[];
}

export interface PreviewUser {
  userId: string;
  name: string;
  email: string;
  before: string | null;
  after: string | null;
}

export interface FlagPreview {
  users: number;
  /** Users whose answer changes, at most 200 of them named. */
  changed: { count: number; users: PreviewUser[] };
  /** Of boolean flags: from not true to true, and from true to anything else. */
  gain: number;
  lose: number;
  /** Users by variant, before and after; null is "the value in the code". */
  variants: { variant: string | null; before: number; after: number }[];
}

/** As flagd reads and writes it: https://flagd.dev/reference/flag-definitions/ */
export interface FlagdDocument {
  $schema?: string;
  flags: Record<string, FlagDefinition & { description?: string }>;
  $evaluators?: Record<string, Json>;
}

/** What is wrong with a document, and where; lines and columns from 1. */
export interface DocumentProblem {
  line: number;
  column: number;
  /** `flags.new-editor.variants`; empty: the document. */
  path: string;
  message: string;
}

export interface ImportPlan {
  /** Any keeps all of the document out. */
  problems: DocumentProblem[];
  /** `users`: those whose answer changes. */
  flags: {
    key: string;
    kind: "new" | "changed" | "same";
    users: number;
    gain: number;
    lose: number;
  }[];
  /** Shared evaluators that are new or change. */
  evaluators: string[];
}

export interface FeatureFlags {
  /** In memory and synchronous; null for a key that is not there. */
  evaluate(key: string, context: FlagContext): Evaluation | null;
  /** Every flag, by key. */
  evaluateAll(context: FlagContext): Evaluation[];
  /** The answers as the body of OFREP's bulk evaluation, in ASCII alone, with a strong entity tag of them. */
  evaluateBulk(context: FlagContext): { body: string; etag: string };
  /** The attributes rules may ask for: targetingKey and userId, name, email, role, groups, locale, timeZone. */
  contextOf(identity: Identity): FlagContext;
  /** What one module's code gets for a user: its flags by the names in its manifest. */
  moduleValues(identity: Identity, module: string): Record<string, Json>;
  /** The same with variant and reason, for any context. */
  evaluateModule(context: FlagContext, module: string): ModuleEvaluation[];
  list(): FlagView[];
  get(key: string): FlagView | null;
  evaluators(): Readonly<Record<string, Json>>;
  /**
   * Writes all or none; effective on this host when it returns, on the others at once. Audited, with a way back.
   * `evaluators` are the shared parts that `$ref` names; those given are set, null removes one.
   * @throws INVALID_INPUT naming what is wrong with which flag
   */
  save(
    actor: Actor,
    flags: Record<string, FlagInput>,
    options?: { evaluators?: Record<string, Json>; summary?: string },
  ): Promise<FlagView[]>;
  /** Takes flags out of use, or into it again: out of use they give everyone the default. Audited, with a way back. */
  archive(actor: Actor, keys: readonly string[], archived: boolean): Promise<void>;
  /** Flags that could go: with nobody asking, the same for everyone or without a module, for `days` (30) at least. */
  archiveProposals(days?: number): Promise<ArchiveProposal[]>;
  usage(key: string, days?: number): Promise<FlagUsage>;
  /** Every flag as flagd understands it: required flags become shared evaluators. */
  exportDocument(): FlagdDocument;
  /** What a flagd document would change here, before {@link FeatureFlags.save}. */
  readDocument(document: FlagdDocument): {
    flags: Record<string, FlagInput>;
    evaluators: Record<string, Json>;
  };
  /** What importing a flagd document would do, with everything that is wrong by line. Nothing is written. */
  planImport(text: string): ImportPlan;
  /** Writes a flagd document, all or none. @throws INVALID_INPUT with the problems */
  importDocument(actor: Actor, text: string): Promise<ImportPlan>;
  /**
   * A module's flag goes back to what the module declares.
   * @throws NOT_FOUND, CONFLICT naming the flags that require it
   */
  remove(actor: Actor, key: string): Promise<void>;
  /**
   * One change in whose transaction `within` writes too: both or neither. `after` null is {@link remove}.
   * @throws INVALID_INPUT naming what is wrong
   */
  change(
    actor: Actor,
    key: string,
    after: FlagInput | null,
    options: { summary: string; within: (tx: HostTx) => Promise<void> },
  ): Promise<void>;
  /** Asked in the transaction of every change, with the flag locked; a throw refuses the whole change. */
  guard(check: (tx: HostTx, key: string, after: FlagInput | null) => Promise<void>): void;
  /**
   * Holds the flag's roll-outs in steps at the percentage of the moment, goes on with them, or begins the next step now.
   * @throws NOT_FOUND, CONFLICT when there is nothing to hold, to continue or to come
   */
  rollout(actor: Actor, key: string, action: RolloutAction): Promise<{ changeId: string | null }>;
  /** A definition that is not stored, ready to be asked; shared evaluators as they stand now. */
  compile(key: string, definition: FlagDefinition): (context: FlagContext) => Evaluation;
  /** Newest first. */
  history(query?: { key?: string; limit?: number; cursor?: string }): Promise<Page<FlagChange>>;
  /**
   * Puts back what stood before this change, of access too; a change like any other. `gone`: the flag is no more.
   * @throws NOT_FOUND, CONFLICT when it would name a group that is gone
   */
  undo(actor: Actor, changeId: string): Promise<{ kind: FlagChange["kind"]; gone: boolean }>;
  /** @throws NOT_FOUND for an unknown flag */
  explain(key: string, identity: Identity, proposed?: FlagDefinition, reader?: Reader): FlagExplanation;
  /** Who would get something else with `proposed`; null: with the flag removed. Nothing is written. */
  preview(key: string, proposed: FlagDefinition | null): FlagPreview;
}
