import type {
  ArchiveProposal,
  Evaluation,
  FlagChange,
  FlagChangeQuery,
  FlagDefinition,
  FlagdDocument,
  FlagExplanation,
  FlagInput,
  FlagPreview,
  FlagReason,
  FlagUsage,
  FlagView,
  ImportPlan,
} from "../../contract/flags.ts";
import type { RolloutAction } from "../../sdk/flags/index.ts";
import type { Actor, HostTx, Json, Page } from "../core/index.ts";
import type { Identity } from "../people/index.ts";

/** Attributes of whoever a flag is asked for. `targetingKey` decides in which share of a percentage they are. */
export interface FlagContext {
  targetingKey?: unknown;
  [attribute: string]: unknown;
}

/** A flag of a module under the name in its manifest; its default where nothing else decides. */
export interface ModuleEvaluation {
  key: string;
  value: Json;
  variant?: string;
  reason: FlagReason;
}

/** Who reads an explanation: moments are told by their clock and written as they write them. */
export interface Reader {
  locale: string | null;
  timeZone: string | null;
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
   * Writes all or none; effective on this host when it returns, on the others at once. Audited; can be undone.
   * `evaluators` are the shared parts that `$ref` names; those given are set, null removes one.
   * @throws INVALID_INPUT naming what is wrong with which flag
   */
  save(
    actor: Actor,
    flags: Record<string, FlagInput>,
    options?: { evaluators?: Record<string, Json>; summary?: string },
  ): Promise<FlagView[]>;
  /** The kill switch: off gives everybody the value in the code. Nothing else of the flag changes. @throws NOT_FOUND */
  switch(actor: Actor, key: string, on: boolean): Promise<FlagView>;
  /** Takes flags out of use, or into it again: out of use they give everyone the default. Audited; can be undone. */
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
    change: { after: FlagInput | null; summary: string; within: (tx: HostTx) => Promise<void> },
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
  history(query?: FlagChangeQuery): Promise<Page<FlagChange>>;
  /**
   * Puts back what stood before this change, of access too; a change like any other. `gone`: the flag is no more.
   * @throws NOT_FOUND, CONFLICT when it would name a group that is gone
   */
  undo(actor: Actor, changeId: string): Promise<{ kind: FlagChange["kind"]; gone: boolean }>;
  /** @throws NOT_FOUND for an unknown flag */
  explain(
    key: string,
    identity: Identity,
    options?: { proposed?: FlagDefinition; reader?: Reader },
  ): FlagExplanation;
  /** Who would get something else with `proposed`; null: with the flag removed. Nothing is written. */
  preview(key: string, proposed: FlagDefinition | null): FlagPreview;
}
