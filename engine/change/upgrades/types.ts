import type {
  PolicyInput,
  PolicyView,
  RunView,
  UnsupportedUpdate,
  Update,
} from "../../../contract/upgrades.ts";
import type { Actor, Close } from "../../core/index.ts";
import type { PlanView } from "../plan/index.ts";

export type {
  PolicyInput,
  PolicyView,
  RunItem,
  RunView,
  UnsupportedUpdate,
  Update,
  UpgradeLevel,
  WindowView,
} from "../../../contract/upgrades.ts";

export interface Upgrades {
  /** What this host can run, by title; prereleases only for a module that is one. */
  available(): Promise<Update[]>;
  /** Where a catalog's newest version is made for another Graft, by title. */
  unsupported(): Promise<UnsupportedUpdate[]>;
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
