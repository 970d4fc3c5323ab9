import { parentPort } from "node:worker_threads";
import { type EvaluationJob, evaluate } from "./evaluate.ts";

parentPort?.on("message", (job: EvaluationJob) => {
  try {
    parentPort?.postMessage({ evaluation: evaluate(job) });
  } catch (error) {
    parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
});
parentPort?.postMessage("ready");
