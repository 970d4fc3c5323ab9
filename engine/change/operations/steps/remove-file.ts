import { rm } from "node:fs/promises";
import { join } from "node:path";

/** With what was being written of it when the process was killed. */
export async function removeFile({ dataDir }: { dataDir: string }, file: string): Promise<void> {
  for (const suffix of ["", ".part", ".partial", ".part.partial"])
    await rm(join(dataDir, `${file}${suffix}`), { force: true });
}
