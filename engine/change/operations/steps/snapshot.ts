import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { JournalChange, JournalLeft, JournalRemoval } from "../journal/journal.ts";
import { databaseAfter } from "../journal/place.ts";
import { removeFile } from "./remove-file.ts";
import type { Step, StepContext } from "./step.ts";

/**
 * The data of a module as the version that is about to be left has it, before it changes in place. Once committed the file stays:
 * retention decides how long.
 */
export const snapshot: Step<JournalChange> = {
  name: "snapshot",
  isTaken: (change) => change.snapshot !== null,
  title: ({ title }) => `Take a snapshot of the data of ${title}`,
  async run(context, change) {
    const { module, snapshot } = change;
    const database = databaseAfter(change);
    if (snapshot === null || database === null) return;
    const { file, version, digest, reason } = snapshot;
    const path = join(context.dataDir, file);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const place = { module, database };
    const { bytes, rows, tables } = await context.database.snapshot({ place, version, digest, file: path });
    context.kept.push({
      ...{ module, version, digest, reason, file, bytes, tables, rows },
      ...{ kind: "snapshot", database: null, operationId: context.op.id },
    });
  },
  undo: {
    async uncommitted(context, { snapshot }) {
      if (snapshot) await removeFile(context, snapshot.file);
    },
    committed: null,
  },
  redo: null,
};

const counting = {
  name: "count",
  title: () => null,
  undo: { uncommitted: null, committed: null },
  // The decision remembers it.
  redo: null,
} as const;

/** What a database holds that stands from now on. */
export const countLeft: Step<JournalChange> = {
  ...counting,
  isTaken: ({ left }) => left !== null,
  run: (context, { module, left }) => count(context, { module, left, kind: "snapshot" }),
};

/** As {@link countLeft}, of a module that leaves. */
export const countRemoved: Step<JournalRemoval> = {
  ...counting,
  isTaken: ({ left }) => left !== null,
  run: (context, { module, left, data }) =>
    count(context, { module, left, kind: data.action === "keep" ? "kept" : "snapshot" }),
};

async function count(
  context: StepContext,
  { module, left, kind }: { module: string; left: JournalLeft | null; kind: "kept" | "snapshot" },
): Promise<void> {
  if (left === null) return;
  const { database, version, digest, reason } = left;
  const { tables, rows, bytes } = await context.database.inspect({ module, database }, { budgetMs: 250 });
  context.kept.push({
    ...{ module, version, digest, kind, database, bytes, rows, tables: tables.length },
    ...{ file: null, operationId: context.op.id },
    ...(kind === "snapshot" && { reason }),
  });
}
