import type { Actor, Close, Page } from "../../core/index.ts";
import type { InstalledModule } from "../../supply/installed/index.ts";
import type { Collected } from "../../supply/store/index.ts";
import type { Attention } from "../attention/index.ts";
import type { GenerationDifference, GenerationView } from "../generations/index.ts";
import type { ModuleDataFiles, Operations } from "../operations/index.ts";
import type { KeptData, Retention } from "../retained/index.ts";

export interface Install {
  operations: Operations;
  /** What could not be finished, taken back or cleaned up. */
  attention: Attention;
  generations: {
    list(query?: { limit?: number; cursor?: string }): Promise<Page<GenerationView>>;
    get(number: number): Promise<GenerationView>;
    /** How `to` differs from `from`. @throws NOT_FOUND */
    difference(from: number, to: number): Promise<GenerationDifference>;
  };
  keptData: KeptData;
  /** What expires of that by itself. What is needed to undo the current generation is kept. */
  retention: Retention;
  /**
   * Removes from this host's store what no generation, kept data, open plan or catalog names, and what nothing has
   * written for a day. @throws OPERATION_IN_PROGRESS
   */
  collectGarbage(): Promise<Collected>;
  moduleData: ModuleDataFiles;
  /**
   * Gives a module new settings; a running one is replaced by a process that has them, and keeps serving with the old
   * ones when that process does not become healthy. Audited; secrets sent masked keep their value.
   * @throws MODULE_NOT_INSTALLED, CONFLICT for a module without settings, INVALID_INPUT with `details.fieldErrors`,
   * OPERATION_IN_PROGRESS, MODULE_UNHEALTHY, MODULE_START_FAILED
   */
  configure(actor: Actor, module: string, config: Record<string, unknown>): Promise<InstalledModule>;
  /**
   * How long the gateway waits for a module's answer, whatever its manifest says; null: as the manifest says again. At once,
   * on every host; kept through upgrades. Audited. @throws MODULE_NOT_INSTALLED, CONFLICT for a module without a process
   */
  setTimeLimit(actor: Actor, module: string, timeoutMs: number | null): Promise<InstalledModule>;
  /**
   * A fresh process of the same version on this host; leaves quarantine. Audited. @throws MODULE_NOT_INSTALLED,
   * CONFLICT for a module without a process, MODULE_STOPPED, MODULE_START_FAILED
   */
  restart(actor: Actor, module: string): Promise<InstalledModule>;
  /** Its settings as they may be shown: secrets, which never leave the host, masked. */
  configOf(module: Pick<InstalledModule, "manifest" | "config">): Record<string, unknown>;
  /** Finishes or takes back what a crash left behind; called once at start, before anything is served. */
  recover(): Promise<void>;
  /** Starts every module of the current generation on this host and follows later generations. */
  converge(): Promise<void>;
  close: Close;
}
