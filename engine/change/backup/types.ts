import type { BackupView } from "../../../contract/backup.ts";
import type { Actor, Close } from "../../core/index.ts";

export type { BackupProgress, BackupView, RestoreProgress } from "../../../contract/backup.ts";

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

export interface Backups {
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
