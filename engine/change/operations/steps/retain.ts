import type { JournalChange, JournalRemoval } from "../journal/journal.ts";
import type { Step } from "./step.ts";

const shared = {
  name: "retain",
  title: () => null,
  undo: { uncommitted: null, committed: null },
  redo: "run",
} as const;

/** A snapshot was taken of it, so older ones may go. */
export const retain: Step<JournalChange> = {
  ...shared,
  isTaken: ({ left, snapshot }) => left !== null || snapshot !== null,
  run: (context, { module }) => context.retain(module),
};

export const retainLast: Step<JournalRemoval> = {
  ...shared,
  isTaken: ({ left, data }) => left !== null && data.action !== "keep",
  run: (context, { module }) => context.retain(module),
};
