import type { Actor, Close } from "../../core/index.ts";
import type { PlanView } from "../plan/index.ts";
import type { Weekday } from "./window.ts";

export type { Weekday } from "./window.ts";

/** As semantic versioning has it; below 1.0.0, where a minor version may break, that counts as major. */
export type UpgradeLevel = "patch" | "minor" | "major";

/** A newer version of an installed module that a catalog offers. */
export interface Update {
  module: string;
  title: string;
  icon: string | null;
  /** Of the installed version; its icon lies there. */
  digest: string;
  from: string;
  to: string;
  level: UpgradeLevel;
  /** Automatic upgrades leave this module alone. */
  excluded: boolean;
  /** Of every version between the installed one and this one, newest first. */
  changelog: { version: string; text: string }[];
}

/** What an administrator sets. */
export interface PolicyInput {
  enabled: boolean;
  level: "patch" | "minor";
  /** Days on which a window begins. */
  days: Weekday[];
  /** `HH:MM` by the clocks of `timeZone`. */
  from: string;
  /** `HH:MM`; not after `from`: on the next day. */
  to: string;
  timeZone: string;
  /** Modules that are left alone. */
  excluded: string[];
}

export interface WindowView {
  start: string;
  end: string;
}

export interface PolicyView extends PolicyInput {
  updatedAt: string | null;
  updatedBy: string | null;
  /** The window that is open now; null also while they are off. */
  open: WindowView | null;
  /** The next one to begin; null while they are off. */
  next: WindowView | null;
}

export interface RunItem {
  module: string;
  title: string;
  from: string;
  to: string;
  /** `failed`: nothing changed. `reverted`: it was applied, did not become healthy, and was taken back. */
  outcome: "upgraded" | "failed" | "reverted" | "left-out";
  /** Why not; null when it was upgraded. */
  reason: string | null;
  operationId: string | null;
  at: string;
}

/** What automatic upgrades did in one window. */
export interface RunView {
  window: WindowView;
  startedAt: string;
  /** Null: going on, or its host died and another goes on with it. */
  finishedAt: string | null;
  items: RunItem[];
}

export interface Upgrades {
  /** By title; prereleases only for a module that is one. */
  available(): Promise<Update[]>;
  /** How many there were when last looked, in memory. */
  count(): number;
  /**
   * One plan with every upgrade that can be made together, or of the modules named. What cannot come along is in `leftOut`.
   * @throws CONFLICT when there is nothing to upgrade, or nothing can be
   */
  plan(actor: Actor, modules?: string[]): Promise<PlanView>;
  policy(): Promise<PolicyView>;
  /** Audited. @throws INVALID_INPUT with `details.fieldErrors` */
  setPolicy(actor: Actor, input: PolicyInput): Promise<PolicyView>;
  /** Whether automatic upgrades take a module along. Audited. @throws MODULE_NOT_INSTALLED */
  setExcluded(actor: Actor, module: string, excluded: boolean): Promise<PolicyView>;
  /** Newest first. */
  runs(limit?: number): Promise<RunView[]>;
  /** Begins to look whether a window is open. */
  start(): void;
  close: Close;
}
