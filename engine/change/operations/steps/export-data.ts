import { mkdir, rename, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { JournalRemoval } from "../journal/journal.ts";
import { removeFile } from "./remove-file.ts";
import type { Step } from "./step.ts";

/** What becomes of the data of a module that goes; an export is complete on disk before anything is decided. */
export const exportData: Step<JournalRemoval> = {
  name: "export",
  isTaken: ({ hasData, data }) => hasData && data.action !== "delete",
  title: ({ title, data }) => `${data.action === "keep" ? "Count" : "Export"} the data of ${title}`,
  async run({ database, dataDir, kept, op }, { module, version, digest, data }) {
    const row = { module, version, digest, operationId: op.id };
    if (data.action !== "export") {
      const { tables, rows, bytes } = await database.inspect(module);
      kept.push({ ...row, kind: "kept", file: null, bytes, tables: tables.length, rows });
      return;
    }
    const path = join(dataDir, data.file);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const { rows, tables } = await database.exportData({ module, version, file: `${path}.part` });
    await rename(`${path}.part`, path);
    kept.push({
      ...{ ...row, tables, rows },
      ...{ kind: "exported", file: data.file, bytes: (await stat(path)).size },
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
