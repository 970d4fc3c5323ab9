import { Worker } from "node:worker_threads";
import { GraftError } from "../errors.ts";
import type { FromThread, ToThread } from "./messages.ts";
import { type Budget, overBudget } from "./over-budget.ts";
import type { Subject, Task } from "./task.ts";
import { watchBudget } from "./watch-budget.ts";

export interface Job {
  task: Task<unknown, unknown>;
  input: unknown;
  subject: Subject;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

export interface ThreadSlot {
  idle(): boolean;
  /** Calls back once the slot can take another job. */
  take(job: Job, onIdle: () => void): void;
  close(): Promise<void>;
}

// Loading a task's libraries from a cold disk, before its time begins.
const loadMsMax = 15_000;

// An idle thread holds 20 to 40 MB, and starting one takes 100 ms.
const restMs = 300_000;

/** A thread that is started when there is work, and started anew after it had to be ended. */
export function createThreadSlot(heapMb: number): ThreadSlot {
  let thread: Worker | null = null;
  let current: { job: Job; end(): void } | null = null;
  let stopWatching = () => {};
  let resting: NodeJS.Timeout | undefined;

  function start(): Worker {
    const started = new Worker(new URL("./thread.ts", import.meta.url), {
      name: "graft-evaluation",
      env: {},
      execArgv: [],
      stdin: false,
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    });
    started.on("message", (message: FromThread) => thread === started && onMessage(message));
    started.on("error", (error: NodeJS.ErrnoException) => {
      if (thread !== started) return;
      thread = null;
      finish((job) => job.reject(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? excess(job, "memory") : error));
    });
    started.on("exit", () => {
      if (thread !== started) return;
      thread = null;
      finish((job) => job.reject(new Error("the thread ended before it answered")));
    });
    return started;
  }

  function onMessage(message: FromThread): void {
    if (message.kind === "begun") {
      stopWatching();
      const { job } = current ?? {};
      if (thread !== null && job !== undefined)
        stopWatching = watchBudget(thread, job.task.timeMs, () => end(() => excess(job, "time")));
      return;
    }
    finish((job) => {
      if (message.kind === "done") job.resolve(JSON.parse(message.answer));
      else if (message.kind === "over") job.reject(excess(job, message.what));
      else if (message.kind === "refused") {
        const { code, message: words, hint, details } = message;
        job.reject(new GraftError(code, words, { details, ...(hint === undefined ? {} : { hint }) }));
      } else job.reject(new Error(message.message));
    });
  }

  const excess = ({ subject, task }: Job, what: Parameters<typeof overBudget>[1]) => {
    const budget: Budget = { timeMs: task.timeMs, heapMb, answerCharsMax: task.answerCharsMax };
    return overBudget(subject, what, budget);
  };

  /** In the middle of what it does. */
  function end(reason: () => unknown): void {
    void thread?.terminate();
    thread = null;
    finish((job) => job.reject(reason()));
  }

  function finish(settle: (job: Job) => void): void {
    stopWatching();
    clearTimeout(resting);
    const done = current;
    current = null;
    thread?.unref();
    resting = setTimeout(rest, restMs).unref();
    if (done === null) return;
    settle(done.job);
    done.end();
  }

  function rest(): void {
    const stopped = thread;
    thread = null;
    void stopped?.terminate();
  }

  return {
    idle: () => current === null,
    take(job, onIdle) {
      clearTimeout(resting);
      current = { job, end: onIdle };
      thread ??= start();
      thread.ref();
      const loading = setTimeout(() => end(() => new Error("a task could not be loaded in time")), loadMsMax);
      stopWatching = () => clearTimeout(loading);
      const { module, answerCharsMax } = job.task;
      thread.postMessage({ module, input: job.input, answerCharsMax } satisfies ToThread);
    },
    async close() {
      const stopped = thread;
      thread = null;
      clearTimeout(resting);
      finish((job) =>
        job.reject(new GraftError("NOT_READY", "Graft is shutting down.", { retryable: true })),
      );
      await stopped?.terminate();
    },
  };
}
