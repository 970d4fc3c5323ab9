import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { JournalChange, JournalRemoval, JournalSnapshot } from "../journal/journal.ts";
import { removeFile } from "./remove-file.ts";
import type { Step, StepContext } from "./step.ts";

/**
 * The data of a module as the version that is about to be left has it. From here on nobody writes to one that cannot live
 * with the change. Once committed the file stays: taking the change back needs it, then retention decides.
 */
export const snapshot: Step<JournalChange> = {
  name: "snapshot",
  isTaken: (change) => change.snapshot !== null,
  title: ({ title }) => `Take a snapshot of the data of ${title}`,
  async run(context, { module, snapshot, cutover }) {
    if (cutover === "held") context.hold(module);
    if (snapshot) await takeSnapshot(context, module, snapshot);
  },
  undo: {
    async uncommitted(context, { snapshot }) {
      if (snapshot) await removeFile(context, snapshot.file);
    },
    committed: null,
  },
  redo: null,
};

/** Of a module whose tables are about to go: undoing its removal brings them back. */
export const lastSnapshot: Step<JournalRemoval> = {
  name: "snapshot",
  isTaken: ({ hasData, data }) => hasData && data.action !== "keep",
  title: ({ title }) => `Take a snapshot of the data of ${title}`,
  async run(context, { module, data }) {
    if (data.action !== "keep") await takeSnapshot(context, module, data.snapshot);
  },
  undo: {
    async uncommitted(context, { data }) {
      if (data.action !== "keep") await removeFile(context, data.snapshot.file);
    },
    committed: null,
  },
  redo: null,
};

/** The file is whole or not there. */
async function takeSnapshot(context: StepContext, module: string, snapshot: JournalSnapshot): Promise<void> {
  const { file, version, digest, reason } = snapshot;
  const path = join(context.dataDir, file);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const counted = await context.database.snapshot({ module, version, digest, file: path });
  const { bytes, rows, tables } = counted;
  context.kept.push({
    ...{ module, version, digest, reason, file, bytes, tables, rows },
    kind: "snapshot",
    operationId: context.op.id,
  });
}
