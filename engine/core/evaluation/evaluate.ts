import { availableParallelism } from "node:os";
import { createPool } from "./create-pool.ts";
import { createKeptAnswers } from "./kept-answers.ts";
import type { Subject, Task } from "./task.ts";

// One pool for the process, whoever asks: what it shares out is the machine's. A thread is started when there is work, and
// an idle one keeps no process alive.
const pool = createPool({
  threads: Math.min(4, Math.max(2, availableParallelism() - 1)),
  heapMb: 256,
  waitingMax: 32,
});
const keep = createKeptAnswers(8_000_000);

/**
 * Evaluates what somebody else wrote (a schema, a pattern, Markdown, SQL), beside the host: in a thread that is ended when
 * the task costs more than its budget of time and memory.
 * @throws TEXT_OVER_BUDGET naming module, file and budget; EVALUATION_BUSY; what the task throws
 */
export function evaluate<In, Out>(task: Task<In, Out>, input: In, subject: Subject): Promise<Out> {
  const run = () => pool.run(task, input, subject);
  return task.keep ? keep(task, input, run) : run();
}
