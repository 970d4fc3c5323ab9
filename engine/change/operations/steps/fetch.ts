import type { JournalChange } from "../journal/journal.ts";
import type { Step } from "./step.ts";

/** Every file is here and is what its digest says, before anything is made for it. */
export const fetch: Step<JournalChange> = {
  name: "fetch",
  isTaken: () => true,
  title: ({ title }) => `Verify the files of ${title}`,
  async run({ store }, { digest }) {
    await store.verifyModule(digest);
  },
  // What nothing names goes with the daily collection of the store.
  undo: { uncommitted: null, committed: null },
  redo: null,
};
