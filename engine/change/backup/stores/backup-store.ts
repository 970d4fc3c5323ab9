/** Where finished backups are kept. A name is one file; it appears whole or not at all. */
export interface BackupStore {
  /** For people: a folder, or `s3://BUCKET/PREFIX`. */
  place: string;
  /** @throws BACKUP_STORE_FAILED, DISK_FULL */
  put(name: string, file: string, signal?: AbortSignal): Promise<void>;
  /** @throws BACKUP_STORE_FAILED */
  list(): Promise<StoredBackup[]>;
  /** @throws NOT_FOUND, BACKUP_STORE_FAILED */
  read(name: string): Promise<AsyncIterable<Buffer>>;
  /** Also when it is gone already. */
  remove(name: string): Promise<void>;
}

export interface StoredBackup {
  name: string;
  bytes: number;
}

/** Of whatever else lies there nothing is listed, and nothing removed. */
export const storedName = /^graft-\d{8}-\d{6}(-\d{1,3})?\.tar\.zst(\.age)?$/;
