import type { ModuleDataRestored } from "../../../contract/module-data.ts";
import type { OperationView } from "../../../contract/operation.ts";
import type { Actor, Page } from "../../core/index.ts";

export type { OperationStatus, OperationStep, OperationView } from "../../../contract/operation.ts";

export interface Operations {
  /**
   * Applies a plan; returns once the operation exists, while it goes on. One at a time per database.
   * `confirm` holds the module names typed for deletions, `consent` those whose new permissions were accepted.
   * @throws PLAN_STALE, PLAN_USED, OPERATION_IN_PROGRESS, CONFIRMATION_REQUIRED, CONSENT_REQUIRED, MODULE_NEEDED
   */
  apply(
    actor: Actor,
    planId: string,
    options?: { confirm?: string[] | undefined; consent?: string[] | undefined },
  ): Promise<OperationView>;
  /**
   * Breaks it off before it is decided: it fails, and nothing was changed. Audited. @throws CONFLICT when it was decided or
   * has ended
   */
  cancel(actor: Actor, id: string): Promise<OperationView>;
  get(id: string): Promise<OperationView>;
  list(query?: { limit?: number; cursor?: string }): Promise<Page<OperationView>>;
  /** The present view, then each change, ending after the final one. */
  watch(id: string, signal?: AbortSignal): AsyncIterable<OperationView>;
  /** Resolves with the final view. */
  wait(id: string): Promise<OperationView>;
  /** Versions that failed or were taken back, and would again. */
  failedUpgrades(): Promise<FailedUpgrade[]>;
}

/** A version that was tried and did not stay. */
export interface FailedUpgrade {
  module: string;
  digest: string;
  operationId: string;
  reason: string;
}

/** The data of one module alone, as a file. */
export interface ModuleDataFiles {
  /** Installed or kept, as of one moment, into a file that carries its own checksum. @throws MODULE_NOT_INSTALLED */
  export(
    actor: Actor,
    module: string,
    file: string,
  ): Promise<{ version: string; bytes: number; rows: number; tables: number }>;
  /**
   * From such a file, which is taken over. Installed: an operation replaces its data, with a snapshot first, and
   * `confirm` must be its name. Not installed: it becomes kept data, which the next install offers.
   * @throws BACKUP_INVALID, CONFIRMATION_REQUIRED, CONFLICT for another version or data that is there already
   */
  restore(
    actor: Actor,
    module: string,
    given: { file: string; confirm?: string | undefined },
  ): Promise<ModuleDataRestored>;
}
