import type { Manifest } from "../../../sdk/manifest/index.ts";
import type { Close } from "../../core/index.ts";

export type ModuleState = "starting" | "healthy" | "degraded" | "failing" | "stopped" | "quarantined";

export interface HealthNow {
  module: string;
  state: ModuleState;
  /** Since when it is in this state, ISO 8601. */
  since: string;
  /** The newest probe. */
  latencyMs: number | null;
  message: string | null;
  rssMb: number | null;
  restarts: number;
  pid: number | null;
}

export interface HealthPoint {
  /** ISO 8601, start of the bucket. */
  at: string;
  state: ModuleState | "unknown";
  latencyMsP50: number | null;
  latencyMsMax: number | null;
  rssMb: number | null;
  requests: number;
  errors: number;
}

export interface ModuleHistory {
  module: string;
  points: HealthPoint[];
  /** Share of the known minutes in which it was healthy or degraded, 0 to 1; null when nothing is known. */
  uptime: number | null;
}

export interface ModuleEventView {
  id: string;
  module: string;
  at: string;
  kind: string;
  message: string;
}

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
