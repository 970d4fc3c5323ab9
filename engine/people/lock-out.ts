import { LRUCache } from "lru-cache";

/** Wrong passwords that cost nothing; the next one locks. */
export const failuresFree = 4;
const lockMsFirst = 30_000;
const lockMsMax = 15 * 60_000;

/** How long the `failures`-th wrong password in a row locks an account: 30 s, doubling, 15 minutes at most. */
export function lockMs(failures: number): number {
  if (failures <= failuresFree) return 0;
  return Math.min(lockMsFirst * 2 ** (failures - failuresFree - 1), lockMsMax);
}

export interface Attempts {
  /** Milliseconds until the next attempt may be made; 0 when it may be made now. */
  waitMs(key: string): number;
  /** Counts a failure and returns how long it locks. */
  fail(key: string): number;
}

// Times are those of performance.now(): setting the clock neither frees nor locks anybody.
// Enough for a distributed guess at many names; past it the longest unused are forgotten.
const keysMax = 10_000;

/**
 * The lock-out of addresses that have no account, the same as that of accounts, so that being locked tells nobody
 * whether an account exists.
 */
export function createUnknownAccounts(): Attempts {
  const seen = new LRUCache<string, { failures: number; untilMs: number }>({ max: keysMax });
  return {
    waitMs: (key) => Math.max((seen.get(key)?.untilMs ?? 0) - performance.now(), 0),
    fail(key) {
      const failures = (seen.get(key)?.failures ?? 0) + 1;
      const ms = lockMs(failures);
      seen.set(key, { failures, untilMs: performance.now() + ms });
      return ms;
    },
  };
}

const windowMs = 15 * 60_000;
const failuresPerWindow = 100;

/** Failures of one network address, over all accounts: 100 in 15 minutes, then none until the window ends. */
export function createAddressLimit(): Attempts {
  const seen = new LRUCache<string, { failures: number; startedMs: number }>({ max: keysMax });
  const waitMs = (key: string) => {
    const entry = seen.get(key);
    if (entry === undefined || entry.failures < failuresPerWindow) return 0;
    return Math.max(entry.startedMs + windowMs - performance.now(), 0);
  };
  return {
    waitMs,
    fail(key) {
      const entry = seen.get(key);
      const fresh = entry === undefined || entry.startedMs + windowMs <= performance.now();
      seen.set(key, {
        failures: fresh ? 1 : entry.failures + 1,
        startedMs: fresh ? performance.now() : entry.startedMs,
      });
      return waitMs(key);
    },
  };
}
