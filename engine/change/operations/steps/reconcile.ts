import type { OperationJournal } from "../journal/journal.ts";
import type { Step } from "./step.ts";

/** What took over before the commit serves; after a crash, soon. */
export const reconcile: Step<OperationJournal> = {
  name: "reconcile",
  isTaken: ({ changes }) => changes.some(({ cutover }) => cutover === "early"),
  title: () => null,
  run: ({ activation, registry }) => activation.reconcile(registry.list()),
  undo: { uncommitted: null, committed: null },
  redo: "run",
};
