import type { Problem } from "../../../core/index.ts";
import type { OperationJournal } from "../journal/journal.ts";
import type { OperationStep } from "../types.ts";
import { type Stage, stages } from "./all-steps.ts";
import type { Step, StepContext } from "./step.ts";

/** A step of one operation, with what it is done to. */
export interface TakenStep extends Pick<OperationStep, "name" | "module"> {
  /** Null: not shown. */
  title: string | null;
  run(context: StepContext): Promise<void>;
  undo: Record<"uncommitted" | "committed", ((context: StepContext, why: Problem) => Promise<void>) | null>;
  redo: ((context: StepContext) => Promise<void>) | null;
  mayFail: string | null;
}

/** What the operation takes of the list, in order: the same whoever asks, as it follows from the journal alone. */
export function stepsOf(journal: OperationJournal, stage: Stage): TakenStep[] {
  return stages[stage].flatMap((group) => {
    if (group.each === "operation") return take(group.steps, journal, null);
    if (group.each === "change") return journal.changes.flatMap((one) => take(group.steps, one, one.module));
    return journal.removals.flatMap((one) => take(group.steps, one, one.module));
  });
}

/** Those that are shown, so that a person sees the whole way before it is walked. */
export function planSteps(journal: OperationJournal): OperationStep[] {
  return (Object.keys(stages) as Stage[])
    .flatMap((stage) => stepsOf(journal, stage))
    .flatMap(({ name, module, title }) =>
      title === null ? [] : { name, module, title, status: "pending", ms: null },
    );
}

function take<Subject>(
  steps: readonly Step<Subject>[],
  subject: Subject,
  module: string | null,
): TakenStep[] {
  return steps
    .filter((step) => step.isTaken(subject))
    .map((step) => {
      const { name, undo, redo, run, mayFail = null } = step;
      const { uncommitted, committed } = undo;
      const again = redo === "run" ? run : redo;
      return {
        ...{ name, module, mayFail, title: step.title(subject) },
        run: (context) => run(context, subject),
        undo: {
          uncommitted: uncommitted && ((context, why) => uncommitted(context, subject, why)),
          committed: committed && ((context, why) => committed(context, subject, why)),
        },
        redo: again && ((context) => again(context, subject)),
      };
    });
}
