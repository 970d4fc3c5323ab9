import type { SnapshotFacts } from "../types.ts";
import { readSnapshot } from "./read-snapshot.ts";
import { damaged } from "./restore-snapshot.ts";
import type { SnapshotHeader } from "./snapshot-format.ts";
import type { InstalledExtension } from "./structure/schemas.sql.ts";

/** What a snapshot's file says of itself, and the extensions that the database had. */
export interface CheckedSnapshot extends SnapshotFacts {
  installed: InstalledExtension[];
}

/** Reads a snapshot to its end and compares its checksum; nothing of it is executed. @throws DIGEST_MISMATCH */
export async function checkSnapshot(file: string): Promise<CheckedSnapshot> {
  let header: SnapshotHeader | undefined;
  try {
    const { rows, tables } = await readSnapshot(file, {
      async header(message) {
        header = message;
      },
    });
    if (!header) throw new Error("it ends too early");
    const { module, version, takenAt, digest = null, installed } = header;
    const extensions = installed.map(({ name }) => name);
    return { module, version, takenAt, digest, extensions, installed, rows, tables };
  } catch (cause) {
    throw damaged(file, cause);
  }
}
