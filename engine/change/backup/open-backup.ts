import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BackupSettings } from "../../core/index.ts";
import { decryptFile, isEncrypted } from "./encryption/encryption.ts";

/**
 * The backup as `use` can read it: one that is encrypted is decrypted first, into a folder of the system's temporary
 * one (TMPDIR) that is gone afterwards. @throws BACKUP_LOCKED, BACKUP_INVALID, DISK_FULL
 */
export async function withPlainBackup<T>(
  file: string,
  { passphrase, identity }: Pick<BackupSettings, "passphrase" | "identity">,
  use: (file: string) => Promise<T>,
): Promise<T> {
  if (!(await isEncrypted(file))) return use(file);
  const dir = await mkdtemp(join(tmpdir(), "graft-backup-"));
  try {
    const plain = join(dir, "backup.tar.zst");
    // Of two keys that are given, the one that opens it is not known before.
    const keys = [identity && { identity }, passphrase && { passphrase }].filter(
      (key) => typeof key === "object",
    );
    await decryptFile(file, plain, keys[0] ?? {}).catch(async (error) => {
      if (keys[1] === undefined || error.code !== "BACKUP_LOCKED") throw error;
      await rm(plain, { force: true });
      await decryptFile(file, plain, keys[1]);
    });
    return await use(plain);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
