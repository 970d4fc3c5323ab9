import { GraftError } from "../../core/evaluation/index.ts";
import { type Evaluation, type EvaluationJob, evaluate } from "./evaluate.ts";

/** @throws MANIFEST_INVALID for a schema that cannot be used */
export function run(job: EvaluationJob): Evaluation {
  try {
    return evaluate(job);
  } catch (error) {
    // Too deep a value is not the schema's fault; the pool has words for it.
    if (error instanceof RangeError) throw error;
    throw unusable(error instanceof Error ? error.message : String(error));
  }
}

function unusable(reason: string): GraftError {
  return new GraftError("MANIFEST_INVALID", `The schema of these settings cannot be evaluated: ${reason}.`, {
    hint: "Only its author can mend it: look for a pattern that backtracks, or one that is no regular expression.",
  });
}
