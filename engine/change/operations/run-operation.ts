import { isDatabaseUnavailable } from "../lead/is-database-unavailable.ts";
import type { Leadership } from "../lead/leader.ts";
import { assertGoesOn, cancelled, watchCancellation } from "./cancellation.ts";
import { forgetLost } from "./lost-settings.ts";
import type { Running } from "./running.ts";
import { rollBack } from "./steps/change-data.ts";
import type { RunDeps, StepContext } from "./steps/step.ts";
import { type redoStage, runStage } from "./steps/take-steps.ts";
import { takeBack, undoPrepared } from "./undo-operation.ts";

export type { RunDeps };

/**
 * The whole way of an operation on the host that leads it; the operation tells how it ended.
 * @throws when it has not ended, because PostgreSQL went away on the way: recovery ends it. Requests stay on hold.
 */
export async function runOperation(
  deps: RunDeps,
  op: Running,
  lead: Pick<Leadership, "isLost">,
): Promise<void> {
  await runStages(contextOf(deps, op), lead);
  for (const { module, cutover } of op.journal.changes) if (cutover === "held") deps.release(module);
}

export function contextOf(deps: RunDeps, op: Running): StepContext {
  return { ...deps, op, open: [], kept: [] };
}

async function runStages(context: StepContext, lead: Pick<Leadership, "isLost">): Promise<void> {
  if (context.op.journal.changes.length > 0) context.activation.warm();
  const endWatch = watchCancellation(context, context.op, lead);
  try {
    await runStage(context, "prepare");
    endWatch();
    assertGoesOn(context.op);
  } catch (thrown) {
    endWatch();
    const { cancelled: by } = context.op;
    // However the step told of it: its session was ended.
    const error = by === null ? thrown : cancelled(by);
    await rollBack(context.open.splice(0)).catch((err) =>
      context.log.warn({ err, operation: context.op.id }, "a transaction was not rolled back"),
    );
    // Whoever leads by now may be at it.
    if (context.op.leadLost) throw error;
    return undoPrepared(context, error);
  }
  await runStage(context, "commit");
  await activate(context, runStage);
}

/** Processes, health gate, routes; then what was to be deleted goes. Not healthy: taken back. Recovery does it again. */
export async function activate(
  context: StepContext,
  take: typeof runStage | typeof redoStage,
): Promise<void> {
  try {
    await take(context, "activate");
  } catch (error) {
    // That says nothing about the module; recovery starts it again.
    if (isDatabaseUnavailable(error)) throw error;
    return takeBack(context, error);
  }
  await take(context, "finish");
  await forgetLost(context.db, context.op.id);
  await context.op.steps.finish("succeeded");
}
