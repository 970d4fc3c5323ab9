import { mkdir, rename, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { JournalRemoval } from "../journal/journal.ts";
import { removeFile } from "./remove-file.ts";
import type { Step } from "./step.ts";

/** What becomes of the data of a module that goes; an export is complete on disk before anything is decided. */
export const exportData: Step<JournalRemoval> = {
  name: "export",
  isTaken: ({ left, data }) => left !== null && data.action === "export",
  title: ({ title }) => `Export the data of ${title}`,
  async run({ database, dataDir, kept, op }, { module, version, digest, left, data }) {
    if (data.action !== "export" || left === null) return;
    const path = join(dataDir, data.file);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const place = { module, database: left.database };
    const { rows, tables } = await database.exportData({ place, version, file: `${path}.part` });
    await rename(`${path}.part`, path);
    kept.push({
      ...{ module, version, digest, tables, rows, operationId: op.id },
      ...{ kind: "exported", file: data.file, database: null, bytes: (await stat(path)).size },
    });
  },
  undo: {
    async uncommitted(context, { data }) {
      if (data.action === "export") await removeFile(context, data.file);
    },
    committed: null,
  },
  redo: null,
};
