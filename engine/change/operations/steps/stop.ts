import type { JournalRemoval } from "../journal/journal.ts";
import type { Step } from "./step.ts";

/** A module that leaves answers what it was asked and ends, before its data is looked at for the last time. */
export const stop: Step<JournalRemoval> = {
  name: "stop",
  isTaken: () => true,
  title: ({ title, hasProcess }) => (hasProcess ? `Drain and stop ${title}` : `Close ${title}`),
  run: ({ activation }, { module }) => activation.stop(module),
  undo: { uncommitted: null, committed: null },
  redo: null,
};
