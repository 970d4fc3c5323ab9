import { loadMigrations } from "../../plan/index.ts";
import type { JournalChange } from "../journal/journal.ts";
import type { Step } from "./step.ts";

const titleOf = ({ title }: JournalChange) => `Build the indexes of ${title}`;

/**
 * What CREATE INDEX CONCURRENTLY asks for, while the new version serves already. An index that cannot be built (its rows
 * forbid it) is a failed step of an operation that succeeded: the module works without it.
 */
export const buildIndexes: Step<JournalChange> = {
  name: "index",
  isTaken: (change) => change.action === "upgrade" && change.hasIndexes,
  title: titleOf,
  async run({ store, database, op }, change) {
    const { module, digest } = change;
    await database.buildIndexes({
      module,
      migrations: await loadMigrations(store, await store.getModule(digest)),
      onProgress: ({ index, done, total }) => {
        const percent = total > 0 ? Math.floor((100 * done) / total) : 0;
        op.steps.retitle("index", module, `${titleOf(change)}: ${index}, ${percent} %`);
      },
    });
  },
  undo: { uncommitted: null, committed: null },
  redo: "run",
  mayFail: "an index was not built; the module works without it",
};
