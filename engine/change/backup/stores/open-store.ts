import { join } from "node:path";
import type { BackupSettings } from "../../../core/index.ts";
import type { BackupStore } from "./backup-store.ts";
import { createFolderStore } from "./folder-store.ts";
import { createS3Store } from "./s3-store.ts";

/** The store that the environment names; without any, a folder in the data directory. */
export function openStore({ to, s3 }: BackupSettings, dataDir: string): BackupStore {
  const [, bucket, prefix = ""] = /^s3:\/\/([^/]+)\/?(.*?)\/*$/.exec(to ?? "") ?? [];
  if (bucket && s3) return createS3Store({ ...s3, bucket, prefix });
  return createFolderStore(to ?? join(dataDir, "backups", "scheduled"));
}
