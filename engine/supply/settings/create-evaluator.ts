import { Worker } from "node:worker_threads";
import { GraftError } from "../../core/index.ts";
import type { Evaluation, EvaluationJob } from "./evaluate.ts";

export interface Evaluator {
  /** @throws MANIFEST_INVALID when the schema cannot be used, or does not come to an end */
  evaluate(job: EvaluationJob): Promise<Evaluation>;
  close(): Promise<void>;
}

/** On a slow machine a worker takes seconds to start; what it then has to do takes milliseconds. */
const startMs = 20_000;

/**
 * Evaluates schemas that modules wrote in worker threads that can be stopped: a pattern may be written never to end, a
 * schema to fill the memory. One that was stopped takes nothing else with it.
 */
export function createEvaluator({ limitMs = 2000 } = {}): Evaluator {
  let spare: Worker | null = null;

  async function evaluate(job: EvaluationJob): Promise<Evaluation> {
    const worker = spare ?? (await startWorker());
    if (worker === spare) spare = null;
    try {
      worker.ref();
      worker.postMessage(job);
      const answer = await answerOf<{ evaluation: Evaluation } | { error: string }>(worker, limitMs);
      if ("error" in answer) throw unusable(answer.error);
      return answer.evaluation;
    } finally {
      await giveBack(worker);
    }
  }
  async function giveBack(worker: Worker): Promise<void> {
    if (spare !== null || stopped.has(worker)) return void (await worker.terminate());
    worker.unref();
    spare = worker;
  }
  return {
    evaluate,
    async close() {
      await spare?.terminate();
      spare = null;
    },
  };
}

const stopped = new WeakSet<Worker>();

async function startWorker(): Promise<Worker> {
  const worker = new Worker(new URL("./evaluate-worker.ts", import.meta.url), {
    ...{ env: {}, execArgv: ["--no-warnings"], stdin: false },
    resourceLimits: { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16, stackSizeMb: 2 },
  });
  // Also while nobody waits for it: an error that nobody hears would end the host.
  worker.on("error", () => stopped.add(worker)).on("exit", () => stopped.add(worker));
  await answerOf(worker, startMs);
  return worker;
}

/** What it says next. */
function answerOf<T>(worker: Worker, limitMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer);
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      settle();
    };
    const onMessage = (message: T) => end(() => resolve(message));
    const onError = (error: Error & { code?: string }) => {
      stopped.add(worker);
      end(() =>
        reject(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? unusable("it takes too much memory") : error),
      );
    };
    const onExit = () => onError(new Error("the worker ended"));
    const timer = setTimeout(() => {
      stopped.add(worker);
      end(() => reject(unusable(`it takes longer than ${limitMs / 1000} s`)));
    }, limitMs);
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
  });
}

function unusable(reason: string): GraftError {
  return new GraftError("MANIFEST_INVALID", `The schema of these settings cannot be evaluated: ${reason}.`, {
    hint: "Only its author can mend it: look for a pattern that backtracks, or one that is no regular expression.",
  });
}
