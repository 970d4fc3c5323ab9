import { stat } from "node:fs/promises";
import { join } from "node:path";
import {
  assertKnown,
  type BackupManifest,
  type RestoreProgress,
  readArchive,
} from "../../change/backup/index.ts";

export interface VerifiedBackup extends BackupManifest {
  /** Fingerprint of the key that it is signed with; null: it is not signed. */
  signedBy: string | null;
}

/**
 * Reads a backup to its end and compares every entry with its checksum; needs no database and changes nothing.
 * @throws BACKUP_INVALID, BACKUP_TOO_NEW when this Graft could not restore it
 */
export async function verifyBackup(options: {
  file: string;
  version: string;
  rootDir: string;
  onProgress?: (progress: RestoreProgress) => void;
}): Promise<VerifiedBackup> {
  const { file, version, rootDir, onProgress } = options;
  let bytesDone = 0;
  const bytesTotal = (await stat(file).catch(() => null))?.size ?? 0;
  const { manifest, signedBy } = await readArchive(file, {
    onManifest: (found) =>
      assertKnown(found, { file, version, migrationsDir: join(rootDir, "prisma/migrations") }),
    onBytes(bytes) {
      bytesDone += bytes;
      onProgress?.({
        phase: "reading",
        module: null,
        bytesDone,
        bytesTotal,
        modulesDone: 0,
        modulesTotal: 0,
      });
    },
  });
  return { ...manifest, signedBy };
}
