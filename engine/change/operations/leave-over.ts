import { type LeftWork, reasonOf, recordLeftOver } from "../attention/index.ts";
import { isDatabaseUnavailable } from "../lead/is-database-unavailable.ts";
import type { TakenStep } from "./steps/select-steps.ts";
import type { StepContext } from "./steps/step.ts";

type StepWork = Extract<LeftWork, { kind: "step" }>;

/**
 * Runs what may be left over: when it fails it is written down, to be tried again later, and the operation comes to its end
 * without it. @throws when PostgreSQL went away, of which nothing can be said
 */
export async function orLeaveOver(
  context: StepContext,
  step: TakenStep,
  { stage, from, work }: Pick<StepWork, "stage" | "from"> & { work: () => Promise<void> },
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error;
    const { op, registry, log } = context;
    const { name, module } = step;
    log.error({ err: error, operation: op.id, step: name, module }, "left over, to be tried again");
    const generation = module === null ? 0 : (registry.get(module)?.generation ?? 0);
    await recordLeftOver(context.db, {
      title: titleOf(context, step, from),
      modules: module === null ? [] : [module],
      work: { kind: "step", operation: op.id, stage, from, step: name, module, generation },
      problem: reasonOf(context.toProblem, error),
    });
  }
}

function titleOf({ op }: StepContext, { name, title, module }: TakenStep, from: StepWork["from"]): string {
  const what = title ?? (module === null ? name : `${name}: ${module}`);
  return from === "run"
    ? `${what} (${op.journal.reason})`
    : `Clean up after “${what}” (${op.journal.reason})`;
}
