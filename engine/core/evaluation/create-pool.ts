import { GraftError } from "../errors.ts";
import type { Subject, Task } from "./task.ts";
import { createThreadSlot, type Job } from "./thread-slot.ts";

export interface Pool {
  /** @throws TEXT_OVER_BUDGET, EVALUATION_BUSY, what the task throws */
  run<In, Out>(task: Task<In, Out>, input: In, subject: Subject): Promise<Out>;
  close(): Promise<void>;
}

export interface PoolOptions {
  threads: number;
  /** Of each thread. */
  heapMb: number;
  /** Tasks of one owner that may wait. */
  waitingMax: number;
}

/**
 * Threads that evaluate what others wrote. At most one task of an owner runs at a time, and owners take turns: however
 * much one sends and however long it takes, the others wait for one thread to become free.
 */
export function createPool({ threads, heapMb, waitingMax }: PoolOptions): Pool {
  const slots = Array.from({ length: threads }, () => createThreadSlot(heapMb));
  /** In the order of their turns. */
  const waiting = new Map<string, Job[]>();
  const running = new Set<string>();
  let closed = false;

  function enqueue(owner: string, job: Job): void {
    const jobs = waiting.get(owner) ?? [];
    if (closed) throw new GraftError("NOT_READY", "Graft is shutting down.", { retryable: true });
    if (jobs.length >= waitingMax) throw busy(job.subject);
    jobs.push(job);
    waiting.set(owner, jobs);
    dispatch();
  }

  function dispatch(): void {
    for (const [owner, jobs] of waiting) {
      if (running.has(owner)) continue;
      const slot = slots.find((one) => one.idle());
      if (slot === undefined) return;
      const job = jobs.shift();
      // Its next one stands behind what the others have waiting.
      waiting.delete(owner);
      if (jobs.length > 0) waiting.set(owner, jobs);
      if (job === undefined) continue;
      running.add(owner);
      slot.take(job, () => {
        running.delete(owner);
        if (!closed) dispatch();
      });
    }
  }

  return {
    run<In, Out>(task: Task<In, Out>, input: In, subject: Subject) {
      return new Promise<Out>((resolve, reject) => {
        const settle = { resolve: resolve as (answer: unknown) => void, reject };
        enqueue(subject.owner ?? subject.module, {
          ...{ task: task as Task<unknown, unknown>, input, subject },
          ...settle,
        });
      });
    },
    async close() {
      closed = true;
      const closing = new GraftError("NOT_READY", "Graft is shutting down.", { retryable: true });
      for (const jobs of waiting.values()) for (const { reject } of jobs) reject(closing);
      waiting.clear();
      await Promise.all(slots.map((slot) => slot.close()));
    },
  };
}

function busy({ module }: Subject): GraftError {
  return new GraftError("EVALUATION_BUSY", `Too many texts of ${module} are waiting to be evaluated.`, {
    hint: "Try again in a moment.",
    retryable: true,
    details: { module },
  });
}
