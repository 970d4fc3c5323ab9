import { constants } from "node:fs";
import { chmod, copyFile, link, stat } from "node:fs/promises";

/**
 * Gives a file that nobody changes a second place: a link where both lie on one file system and its mode lets every
 * account read it (or `mode` more), else a copy.
 */
export async function linkOrCopy(from: string, to: string, mode: 0o444 | 0o555 = 0o444): Promise<void> {
  try {
    if (((await stat(from)).mode & mode & 0o007) !== (mode & 0o007)) throw new Error("closed to others");
    await link(from, to);
  } catch {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
    await chmod(to, mode);
  }
}
