import { faultPoint, type Problem } from "../../../core/index.ts";
import { isDatabaseUnavailable } from "../../lead/is-database-unavailable.ts";
import { assertGoesOn } from "../cancellation.ts";
import { orLeaveOver } from "../leave-over.ts";
import type { Stage } from "./all-steps.ts";
import { stepsOf, type TakenStep } from "./select-steps.ts";
import type { StepContext } from "./step.ts";

export async function runStage(context: StepContext, stage: Stage): Promise<void> {
  for (const step of stepsOf(context.op.journal, stage)) {
    if (stage === "prepare") assertGoesOn(context.op);
    await takeOrLeave(context, { step, stage, work: step.run });
  }
}

/** After the decision, by a host that found it. */
export async function redoStage(context: StepContext, stage: Stage): Promise<void> {
  for (const step of stepsOf(context.op.journal, stage)) {
    if (step.redo === null) continue;
    if (step.title !== null) context.op.steps.reopen(step);
    await takeOrLeave(context, { step, stage, work: step.redo });
  }
}

/** What is to go once everything is done may be left for later; the change itself stands. */
async function takeOrLeave(
  context: StepContext,
  { step, stage, work }: { step: TakenStep; stage: Stage; work: (context: StepContext) => Promise<void> },
): Promise<void> {
  if (stage !== "finish") return take(context, step, work);
  await orLeaveOver(context, step, { stage, from: "run", work: () => take(context, step, work) });
}

/**
 * The last first. Of what was not begun there is nothing to undo, which each finds for itself. What was prepared may be left
 * for later where it cannot be removed.
 */
export async function undoStage(context: StepContext, stage: Stage, why: Problem): Promise<void> {
  await undo(context, stage, { from: "uncommitted", why });
}

/** As {@link undoStage}, of a change that was committed. */
export async function takeBackStage(context: StepContext, stage: Stage, why: Problem): Promise<void> {
  await undo(context, stage, { from: "committed", why });
}

async function undo(
  context: StepContext,
  stage: Stage,
  { from, why }: { from: "uncommitted" | "committed"; why: Problem },
): Promise<void> {
  for (const step of stepsOf(context.op.journal, stage).toReversed()) {
    const undo = step.undo[from];
    if (undo === null) continue;
    faultPoint(`${step.name}.${undone[from]}.before`);
    const work = () => undo(context, why);
    await (stage === "prepare" ? orLeaveOver(context, step, { stage, from, work }) : work());
    faultPoint(`${step.name}.${undone[from]}.after`);
  }
}
const undone = { uncommitted: "undo", committed: "take-back" };

async function take(
  context: StepContext,
  step: TakenStep,
  work: (context: StepContext) => Promise<void>,
): Promise<void> {
  const { name, title, mayFail } = step;
  faultPoint(`${name}.before`);
  const done = async () => {
    await work(context);
    faultPoint(`${name}.after`);
  };
  try {
    await (title === null ? done() : context.op.steps.step(step, done));
  } catch (error) {
    // Nothing is known of the step then; the recovery of the operation takes it again.
    if (mayFail === null || isDatabaseUnavailable(error)) throw error;
    context.log.warn({ err: error, module: step.module }, mayFail);
  }
}
