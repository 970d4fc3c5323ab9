import type { SnapshotSummary } from "../../../contract/kept-data.ts";
import type { LeftOut, PlanBody, PlanView } from "../../../contract/plan.ts";
import type { PlanChange } from "../../../contract/plan-change.ts";
import type { Actor, Digest } from "../../core/index.ts";
import type { StoredSettings } from "../../supply/settings/index.ts";

export type { KeptSummary, SnapshotSummary } from "../../../contract/kept-data.ts";
export type {
  LeftOut,
  PlanBody,
  PlanConfig,
  PlanDataRollback,
  PlanPermissionChange,
  PlanSettings,
  PlanSettingsBack,
  PlanStep,
  PlanView,
  PlanWarning,
} from "../../../contract/plan.ts";
export type { DataPolicy, PlanChange } from "../../../contract/plan-change.ts";

export interface Plans {
  /** @throws resolver and database errors, MODULE_ALREADY_INSTALLED, MODULE_NOT_INSTALLED */
  create(
    actor: Actor,
    changes: PlanChange[],
    options?: { leftOut?: LeftOut[] /** See {@link planInput}. */; from?: string },
  ): Promise<PlanView>;
  /** As `create`, but kept nowhere: what a search for a plan that works tries. */
  draft(changes: PlanChange[]): Promise<PlanBody>;
  /**
   * The data of an installed module in place of what it has, from a snapshot of the version that is installed.
   * @throws MODULE_NOT_INSTALLED
   */
  restoreData(actor: Actor, module: string, snapshot: SnapshotSummary): Promise<PlanView>;
  /** @throws PLAN_NOT_FOUND */
  get(id: string): Promise<PlanView>;
  /**
   * What the settings of its modules become, by what is stored now: while nobody can change that.
   * @throws SETTINGS_REQUIRED, INVALID_INPUT, SETTINGS_MIGRATION_FAILED
   */
  resolveSettings(id: string): Promise<ReadonlyMap<string, StoredSettings>>;
}

/** A snapshot with what it is of. */
export interface StoredSnapshot extends SnapshotSummary {
  module: string;
  digest: Digest;
}

/** How many snapshots of a module stay, and for how long; null: for ever. */
export interface SnapshotRetention {
  snapshotsPerModule: number;
  snapshotDays: number | null;
}
