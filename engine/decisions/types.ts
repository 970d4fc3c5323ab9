import type { AccessSetting } from "../../contract/access.ts";
import type { AccessExplanation, Decision, HoldersView } from "../../contract/decisions.ts";
import type { FlagPreview } from "../../contract/flags.ts";
import type { RolloutAction } from "../../sdk/flags/index.ts";
import type { Actor, Close, HostTx } from "../core/index.ts";
import type { Identity } from "../people/index.ts";
import type { FeatureFlags, Reader } from "./flag-types.ts";

export type { AccessSetting } from "../../contract/access.ts";
export type * from "./flag-types.ts";

/**
 * `announcements` (a module's pages), `announcements/recent` (one widget of it) or, to ask only, `announcements/*`:
 * the module's API, which those have who have the module or any of its widgets.
 */
export type AccessTarget = string;

export interface AccessWritten {
  previous: AccessSetting | null;
  /** For {@link FeatureFlags.undo}; null: it already was so. */
  changeId: string | null;
}

export interface Flags {
  /** Synchronous, in memory, no allocation on the hot path; under 1 µs. A widget without a rule follows its module. */
  decide(identity: Identity, target: AccessTarget): Decision;
  /** A person's words for a decision: "Ada has it because she is in the group staff." */
  explain(identity: Identity, target: AccessTarget, reader?: Reader): AccessExplanation;
  /**
   * Who would gain and who would lose with `proposed` (null: as its module); nothing is written.
   * @throws INVALID_INPUT for rules that cannot be compiled, NOT_FOUND for an unknown module, widget or group
   */
  previewAccess(target: AccessTarget, proposed: AccessSetting | null): Promise<FlagPreview>;
  /** Who was given it, by name; `count` is of all. Administrators who only reach it by their role are not among them. */
  holders(target: AccessTarget, query?: { limit?: number; search?: string; reader?: Reader }): HoldersView;
  getAccess(target: AccessTarget): AccessSetting | null;
  listAccess(): { target: AccessTarget; setting: AccessSetting }[];
  /** Audited; can be undone; visible on every host at once. @throws NOT_FOUND for an unknown module, widget or group */
  setAccess(actor: Actor, target: AccessTarget, setting: AccessSetting): Promise<AccessWritten>;
  /**
   * Gives a target to one more group, or takes it from it, whatever others do at the same time. A widget that comes to
   * say what its module says follows it again.
   * @throws CONFLICT where everyone has it or rules decide, NOT_FOUND
   */
  setGroupAccess(
    actor: Actor,
    target: AccessTarget,
    change: { group: string; on: boolean },
  ): Promise<AccessWritten>;
  /** As {@link FeatureFlags.rollout}, of access by rules. */
  rolloutAccess(actor: Actor, target: AccessTarget, action: RolloutAction): Promise<AccessWritten>;
  /**
   * Takes a rule away: a widget follows its module again, a module is nobody's. Audited.
   * @throws NOT_FOUND for an unknown module or widget
   */
  clearAccess(actor: Actor, target: AccessTarget): Promise<AccessWritten>;
  /** What a deletion of the group changes: targets, flags and shared evaluators whose rules ask for it. */
  namesGroup(key: string): { targets: AccessTarget[]; flags: string[]; evaluators: string[] };
  /** @throws NOT_FOUND for a setting that names a group that is not there */
  requireGroups(setting: AccessSetting): Promise<void>;
  /** Every rule as the transaction sees it. */
  readRules(tx: HostTx): Promise<{ target: AccessTarget; setting: AccessSetting }[]>;
  /** Writes a rule inside somebody else's transaction (install's commit). */
  writeRule(tx: HostTx, target: AccessTarget, setting: AccessSetting): Promise<void>;
  /** Removes a module's rules and its widgets' inside somebody else's transaction. */
  removeRules(tx: HostTx, module: string): Promise<void>;
  /**
   * Before somebody else's transaction writes rules of these modules: locks them. What it answers with is called once
   * they are written, and puts each change into the history with the generation that made it.
   */
  trackRules(
    tx: HostTx,
    modules: readonly string[],
  ): Promise<(actor: Actor, generation: number) => Promise<void>>;
  /** Typed values by user: what modules declare and administrators make. */
  features: FeatureFlags;
  onChange(listener: () => void): () => void;
  refresh(): Promise<void>;
  close: Close;
}
