import { defineTask, evaluate } from "../../core/evaluation/index.ts";
import type { Evaluation, EvaluationJob } from "./evaluate.ts";
import type { run } from "./evaluate-task.ts";

/** @throws MANIFEST_INVALID for a schema that cannot be used, TEXT_OVER_BUDGET, EVALUATION_BUSY */
export type Evaluate = (module: string, job: EvaluationJob) => Promise<Evaluation>;

const task = defineTask<typeof run>(new URL("./evaluate-task.ts", import.meta.url), { timeMs: 1000 });

/** Evaluates a schema that a module wrote beside the host, within a second. */
export const evaluateBeside: Evaluate = (module, job) =>
  evaluate(task, job, { module, file: "the settings schema in module.json" });
