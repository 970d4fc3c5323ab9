import type { Worker } from "node:worker_threads";

/** On a machine that is busy, a thread that gets little of it is given longer, but not for ever. */
const wallFactor = 20;
const againMsMin = 20;

/**
 * Calls back once the thread has had `timeMs` of processor time from now on, which it can be asked for whatever it does.
 * Returns how to stop watching.
 */
export function watchBudget(thread: Worker, timeMs: number, onOverrun: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const wallUntil = performance.now() + timeMs * wallFactor;
  const before = thread.cpuUsage();

  function look(inMs: number): void {
    // Where this thread was late itself, an answer that is there already is heard first.
    timer = setTimeout(() => setImmediate(judge), Math.max(inMs, againMsMin));
  }
  function judge(): void {
    if (stopped) return;
    usedMs().then(
      (used) => {
        if (stopped) return;
        if (used >= timeMs || performance.now() > wallUntil) onOverrun();
        else look(timeMs - used);
      },
      // It has ended, and whoever waits for it hears of that.
      () => {},
    );
  }
  async function usedMs(): Promise<number> {
    const { user, system } = await thread.cpuUsage(await before);
    return (user + system) / 1000;
  }
  before.catch(() => {});
  look(timeMs);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
