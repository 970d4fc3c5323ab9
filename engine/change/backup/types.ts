import type {
  BackupRunView,
  BackupScheduleInput,
  BackupScheduleView,
  BackupView,
} from "../../../contract/backup.ts";
import type { Actor, Close } from "../../core/index.ts";

export type {
  BackupProgress,
  BackupProof,
  BackupRunView,
  BackupScheduleInput,
  BackupScheduleView,
  BackupView,
  RestoreProgress,
} from "../../../contract/backup.ts";

/** What a backup holds, once it is made. */
export interface BackupResult {
  /** Of the file. */
  bytes: number;
  generation: number;
  modules: number;
  /** In all tables, the host's too. */
  rows: number;
  entries: number;
  /** Files that rows name and that were not there. */
  missing: string[];
}

/** Backups that are made by themselves, proved, and kept for a while in a folder or bucket. */
export interface ScheduledBackups {
  get(): Promise<BackupScheduleView>;
  /** @throws INVALID_INPUT, CONFLICT when somebody changed it since it was read */
  save(actor: Actor, input: BackupScheduleInput): Promise<BackupScheduleView>;
  /** Newest first. */
  runs(): Promise<BackupRunView[]>;
  /** Begins one now; it goes on by itself. @throws BACKUP_IN_PROGRESS */
  make(actor: Actor): Promise<{ id: string }>;
  /** When the one that is being made by this host has ended. */
  settled(): Promise<void>;
  /** Looks at the clock from now on. */
  start(): void;
  close: Close;
}

export interface Backups {
  scheduled: ScheduledBackups;
  /** Begins one; it goes on by itself. @throws BACKUP_IN_PROGRESS */
  start(actor: Actor): Promise<BackupView>;
  /** Of this host, newest first. */
  list(): Promise<BackupView[]>;
  /** @throws NOT_FOUND */
  get(id: string): Promise<BackupView>;
  /** The present view, then each change, ending after the final one. */
  watch(id: string, signal?: AbortSignal): AsyncIterable<BackupView>;
  /** @throws NOT_FOUND, also while it is being made */
  open(id: string): Promise<{ path: string; name: string; bytes: number }>;
  /** The file goes; one that is being made is broken off. */
  delete(actor: Actor, id: string): Promise<void>;
  /** The last one that was made by any host of this database, whether or not its file is still there. */
  last(): Promise<{ at: string; bytes: number; actorName: string } | null>;
  close: Close;
}
