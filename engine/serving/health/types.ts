import type { HealthNow, ModuleEventView, ModuleHistory } from "../../../contract/health.ts";
import type { Manifest } from "../../../sdk/manifest/index.ts";
import type { Close } from "../../core/index.ts";

export interface Health {
  now(module: string): HealthNow | null;
  all(): HealthNow[];
  /** Probes once, now, until healthy or out of time. @throws MODULE_UNHEALTHY with what it answered and its last log lines */
  gate(
    module: string,
    /** `socket` and `health`: of a process that does not serve yet. */
    options?: { timeoutMs?: number; socket?: string; health?: Manifest["health"] },
  ): Promise<void>;
  history(module: string, options?: { hours?: number; buckets?: number }): Promise<ModuleHistory>;
  events(options: { module?: string; limit?: number }): Promise<ModuleEventView[]>;
  /** Called by the gateway for each finished request. */
  countRequest(module: string, status: number, ms: number): void;
  onChange(listener: (now: HealthNow) => void): () => void;
  /** Begins or ends watching a module. */
  watch(module: string): void;
  unwatch(module: string): void;
  close: Close;
}
