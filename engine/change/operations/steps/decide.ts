import { toJson } from "../../../core/index.ts";
import { recordDecision } from "../decision.ts";
import type { OperationJournal } from "../journal/journal.ts";
import type { Step } from "./step.ts";

/** From here the change happens, whatever happens to this process. */
export const decide: Step<OperationJournal> = {
  name: "decide",
  isTaken: () => true,
  title: () => null,
  async run({ db, op, kept }) {
    const { base, reason, changes, removals } = op.journal;
    const journal = { base, reason, changes, removals, phase: "decided" as const, kept };
    await recordDecision(db, op.id, toJson(journal));
    op.journal = journal;
    op.steps.set({ status: "committing" });
  },
  // It is decided against, or a taking back recorded, before the first step is undone.
  undo: { uncommitted: null, committed: null },
  redo: null,
};
