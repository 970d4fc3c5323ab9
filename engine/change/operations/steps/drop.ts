import type { JournalRemoval } from "../journal/journal.ts";
import type { Step } from "./step.ts";

/** Only when nothing can fail any more: what is gone here comes back from the last snapshot alone. */
export const drop: Step<JournalRemoval> = {
  name: "drop",
  isTaken: ({ hasData, data }) => hasData && data.action !== "keep",
  title: ({ title }) => `Delete the tables and roles of ${title}`,
  run: ({ database }, { module }) => database.drop(module),
  undo: { uncommitted: null, committed: null },
  redo: "run",
};
