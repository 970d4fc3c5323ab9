import { LRUCache } from "lru-cache";
import { GraftError } from "./errors.ts";

// Every user of a large host may be among them; past it the longest unused are forgotten, and may call again.
const keysMax = 20_000;

/**
 * At most `max` calls for each key within any `windowMs`, on this host; a refused call does not count. The clock is
 * performance.now(): setting the time frees nobody. @throws RATE_LIMITED from the returned function
 */
export function createRateLimit(options: {
  max: number;
  windowMs: number;
  message(max: number, key: string): string;
  /** What else the caller can do than wait. */
  advice?: string;
}): (key: string) => void {
  const { max, windowMs, message, advice } = options;
  const callsOf = new LRUCache<string, number[]>({ max: keysMax });
  return (key) => {
    const now = performance.now();
    const calls = (callsOf.get(key) ?? []).filter((at) => now - at < windowMs);
    callsOf.set(key, calls);
    const [first] = calls;
    if (first === undefined || calls.length < max) {
      calls.push(now);
      return;
    }
    const retryAfterSeconds = Math.ceil((first + windowMs - now) / 1000);
    const wait = `Wait ${retryAfterSeconds} s.`;
    throw new GraftError("RATE_LIMITED", message(max, key), {
      hint: advice === undefined ? wait : `${wait} ${advice}`,
      retryable: true,
      details: { retryAfterSeconds },
    });
  };
}
