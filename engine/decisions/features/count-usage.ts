import { type Close, type HostDb, isDatabaseGone, type Log } from "../../core/index.ts";
import { addUsage, type Counted } from "./usage.sql.ts";

const flushMs = 30_000;

/** A flag's own counters: an increment is all that evaluating pays. */
export interface UsageCounter {
  asked: number;
  sent: number;
}

export interface UsageCounters {
  /** The flags there are from now on. */
  follow(keys: readonly string[]): void;
  of(key: string): UsageCounter;
  /** Adds up for what takes every flag at once. */
  countAll(): void;
  /** Writes what was counted since; kept for the next time when PostgreSQL is gone. */
  flush(): Promise<void>;
  close: Close;
}

/** Counts in memory and tells PostgreSQL every half minute, and at the end. */
export function createUsageCounters(deps: { db: HostDb; log: Log }): UsageCounters {
  const counters = new Map<string, UsageCounter>();
  let known: readonly string[] = [];
  let all = 0;
  let flushing: Promise<void> = Promise.resolve();
  const of = (key: string) => {
    let counter = counters.get(key);
    if (counter === undefined) {
      counter = { asked: 0, sent: 0 };
      counters.set(key, counter);
    }
    return counter;
  };

  /** What was counted, which begins at nothing again. */
  function take(): Map<string, Counted> {
    if (all > 0) for (const key of known) of(key).sent += all;
    all = 0;
    const taken = new Map<string, Counted>();
    for (const [key, counter] of counters) {
      if (counter.asked === 0 && counter.sent === 0) continue;
      taken.set(key, { ...counter });
      counter.asked = 0;
      counter.sent = 0;
    }
    return taken;
  }

  async function write(): Promise<void> {
    const taken = take();
    if (taken.size === 0) return;
    try {
      await addUsage(deps.db.pool, taken);
    } catch (error) {
      for (const [key, { asked, sent }] of taken) {
        const counter = of(key);
        counter.asked += asked;
        counter.sent += sent;
      }
      if (!isDatabaseGone(error)) deps.log.warn({ err: error }, "the use of flags could not be counted");
    }
  }
  const flush = () => {
    flushing = flushing.then(write);
    return flushing;
  };
  const timer = setInterval(() => void flush(), flushMs).unref();
  return {
    follow(keys) {
      known = keys;
    },
    of,
    countAll: () => {
      all++;
    },
    flush,
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
