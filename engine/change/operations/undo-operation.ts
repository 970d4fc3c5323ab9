import { faultPoint, type Problem, toJson } from "../../core/index.ts";
import { decideAgainst } from "./decision.ts";
import type { StepContext } from "./steps/step.ts";
import { takeBackStage, undoStage } from "./steps/take-steps.ts";

/**
 * Of a living host, before the decision.
 * @throws the error when the decision may be there although its answer was lost: recovery goes on from it
 */
export async function undoPrepared(context: StepContext, error: unknown): Promise<void> {
  const { op, activation, registry } = context;
  faultPoint("undo.before");
  const why = context.toProblem(error);
  if (!(await decideAgainst(context.db, op.id, why))) throw error;
  faultPoint("undo.record.after");
  await undoStage(context, "commit", why);
  await undoStage(context, "prepare", why);
  await activation.reconcile(registry.list());
  await op.steps.finish("failed", why);
}

/** What a host left that died, and that was decided against or cannot be finished. Nothing runs here yet. */
export async function abort(context: StepContext, why: Problem): Promise<void> {
  faultPoint("recover.take-apart.before");
  await undoStage(context, "commit", why);
  await undoStage(context, "prepare", why);
  await context.op.steps.finish("failed", why);
}

/** A change of its own: a generation like the one before, then what the operation had made goes. */
export async function takeBack(context: StepContext, error: unknown): Promise<void> {
  const { op, db, activation, registry } = context;
  const why = context.toProblem(error);
  faultPoint("take-back.before");
  await db.prisma.operation.update({
    where: { id: op.id },
    data: { status: "reverting", error: toJson(why) },
  });
  faultPoint("take-back.record.after");
  await takeBackStage(context, "activate", why);
  await takeBackStage(context, "commit", why);
  await takeBackStage(context, "prepare", why);
  await activation.reconcile(registry.list());
  await op.steps.finish("reverted", why);
}

/** The registry was put back already; what remains is what the operation had made. */
export async function finishTakeBack(context: StepContext, why: Problem): Promise<void> {
  faultPoint("recover.finish-take-back.before");
  await takeBackStage(context, "prepare", why);
  await context.op.steps.finish("reverted");
}
