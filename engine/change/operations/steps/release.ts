import type { JournalChange } from "../journal/journal.ts";
import type { Step } from "./step.ts";

/** Requests that waited go on, to the new version. */
export const release: Step<JournalChange> = {
  name: "release",
  isTaken: ({ cutover }) => cutover === "held",
  title: () => null,
  run: async (context, { module }) => context.release(module),
  undo: { uncommitted: null, committed: null },
  redo: "run",
};
