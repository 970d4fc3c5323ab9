import type { JournalChange, JournalRemoval } from "../journal/journal.ts";
import type { Step } from "./step.ts";

/** What was left stands as a snapshot from now on: nobody but the host enters it any more. */
const retireLeft: Omit<Step<JournalChange | JournalRemoval>, "name"> = {
  isTaken: ({ left }) => left !== null,
  title: () => null,
  async run({ database }, { module, left }) {
    if (left !== null) await database.retire({ module, database: left.database });
  },
  undo: { uncommitted: null, committed: null },
  redo: "run",
};

/** Of a module that left. */
export const close: Step<JournalRemoval> = { name: "close", ...retireLeft };

/** Of a module that has another database now. */
export const retire: Step<JournalChange> = { name: "retire", ...retireLeft };

/** Data that an earlier install left, and that this one was to begin without. Only when nothing can fail any more. */
export const discard: Step<JournalChange> = {
  name: "discard",
  isTaken: (change) => change.action === "install" && change.discards !== null,
  title: ({ title }) => `Delete the former data of ${title}`,
  async run({ database }, change) {
    if (change.action !== "install" || change.discards === null) return;
    await database.drop({ module: change.module, database: change.discards });
  },
  undo: { uncommitted: null, committed: null },
  redo: "run",
};
