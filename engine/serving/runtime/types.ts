import type { IsolationView } from "../../../contract/isolation.ts";
import type { LogLine } from "../../../contract/logs.ts";
import type { Manifest } from "../../../sdk/manifest/index.ts";
import type { Close, Digest } from "../../core/index.ts";
import type { StoredFile } from "../../supply/store/index.ts";

/** All that a module process needs; made by install, consumed by a driver. */
export interface ModuleSpec {
  name: string;
  version: string;
  digest: Digest;
  manifest: Manifest;
  files: Record<string, StoredFile>;
  /** Environment promised in DESIGN.md, without GRAFT_SOCKET, which the driver adds. */
  env: Record<string, string>;
}

export type ProcessState = "starting" | "running" | "backoff" | "stopped" | "quarantined";

export interface ProcessStatus {
  module: string;
  digest: Digest;
  state: ProcessState;
  pid: number | null;
  startedAt: Date | null;
  restarts: number;
  /** Resident set, MB; null when not running. */
  rssMb: number | null;
  lastError: string | null;
}

export type ProcessEvent =
  | { kind: "started"; module: string; pid: number }
  | { kind: "listening"; module: string; ms: number }
  | { kind: "crashed"; module: string; message: string; exitCode: number | null; signal: string | null }
  | { kind: "restarted"; module: string; attempt: number }
  | { kind: "quarantined"; module: string; message: string }
  | { kind: "stopped"; module: string };

/** How a process takes over from the one that runs. */
export interface Takeover {
  /** Asked with the new process's socket before traffic moves to it; a throw ends the new one and keeps the old. */
  gate?(socket: string): Promise<void>;
  /** Called in the same tick in which {@link Runtime.socket} changes. */
  switched?(): void;
}

export interface StopOptions {
  drainMs?: number;
  /** Its status and log go too: it is installed no more. Kept when a start came meanwhile. */
  forget?: boolean;
}

/** Starts, watches and ends module processes on this machine. */
export interface Runtime {
  /** Makes ready what the first start needs, while something else is still to be done before it. */
  warm(): void;
  /**
   * Starts the process and resolves when its socket accepts connections. If one of the module runs already, the new
   * one takes its place once it accepts, and the old one is drained; if it does not, the old one goes on.
   * @throws MODULE_START_FAILED with the last log lines in `details.log`; then nothing of it is left but its log
   */
  start(spec: ModuleSpec, takeover?: Takeover): Promise<void>;
  /** SIGTERM, time to drain, then SIGKILL of the whole process group; resolves when it is gone with its socket. */
  stop(module: string, options?: StopOptions): Promise<void>;
  /** A fresh process of the spec last asked for; leaves quarantine. @throws MODULE_STOPPED after a stop, MODULE_START_FAILED */
  restart(module: string): Promise<void>;
  /** When every process of the module that another has taken over from is gone. */
  drained(module: string): Promise<void>;
  status(module: string): ProcessStatus | null;
  list(): ProcessStatus[];
  /** What holds modules on this machine. */
  isolation(): Promise<IsolationView>;
  /** Unix socket of the running process, for the gateway; null when none is listening. */
  socket(module: string): string | null;
  /** The newest lines, oldest first. */
  logs(module: string, limit?: number): LogLine[];
  onLog(module: string, listener: (line: LogLine) => void): () => void;
  onEvent(listener: (event: ProcessEvent) => void): () => void;
  close: Close;
}
