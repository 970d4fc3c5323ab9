import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Replaces `path` so that a crash at any instruction leaves the old file or the new one: exclusive temporary file in
 * `temporaryDir` (same file system), fsync, rename, fsync of the folder.
 */
export async function writeFileAtomically(
  path: string,
  bytes: Uint8Array,
  temporaryDir: string,
): Promise<void> {
  const temporary = join(temporaryDir, randomUUID());
  try {
    const file = await open(temporary, "wx", 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    // Node names no path when it is the write that fails.
    throw Object.assign(error as NodeJS.ErrnoException, { path });
  }
  await syncDir(dirname(path));
}

/** Without it the new name of a renamed file may be lost with the power. */
async function syncDir(dir: string): Promise<void> {
  const handle = await open(dir, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
