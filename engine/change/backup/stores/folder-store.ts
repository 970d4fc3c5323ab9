import { createReadStream } from "node:fs";
import { copyFile, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { GraftError } from "../../../core/index.ts";
import { explainDiskFull } from "../format.ts";
import { type BackupStore, storedName } from "./backup-store.ts";

/** A folder on a disk of this machine or one that is mounted; made where it is missing. */
export function createFolderStore(dir: string): BackupStore {
  const failed = (cause: unknown) => {
    const { code = "", message } = cause as NodeJS.ErrnoException;
    return new GraftError("BACKUP_STORE_FAILED", `Backups cannot be kept in ${dir}: ${message}.`, {
      hint: "Give the user who runs Graft the right to write there, or set GRAFT_BACKUP_TO to another folder.",
      retryable: true,
      details: { place: dir, code },
      cause,
    });
  };
  return {
    place: dir,
    async put(name, file) {
      const partial = join(dir, `${name}.partial`);
      try {
        await mkdir(dir, { recursive: true, mode: 0o700 });
        await copyFile(file, partial);
        const handle = await open(partial, "r+");
        await handle.chmod(0o600);
        await handle.sync();
        await handle.close();
        await rename(partial, join(dir, name));
      } catch (error) {
        await rm(partial, { force: true }).catch(() => {});
        const full = explainDiskFull(error, dir);
        throw full === error ? failed(error) : full;
      }
    },
    async list() {
      const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return [];
        throw failed(error);
      });
      const found = await Promise.all(
        names
          .filter((name) => storedName.test(name))
          .map(async (name) => ({ name, bytes: (await stat(join(dir, name))).size })),
      );
      return found.sort((a, b) => (a.name < b.name ? 1 : -1));
    },
    async read(name) {
      const path = join(dir, name);
      await stat(path).catch(() => {
        throw new GraftError("NOT_FOUND", `There is no backup ${name} in ${dir}.`);
      });
      return createReadStream(path);
    },
    async remove(name) {
      await rm(join(dir, name), { force: true }).catch((error) => {
        throw failed(error);
      });
    },
  };
}
