import { GraftError } from "../core/index.ts";

/** At most `max` calls for each key within any `windowMs`, on this host. The returned function throws RATE_LIMITED. */
export function createRateLimit(
  max: number,
  windowMs: number,
  words: (max: number, key: string) => string,
  advice: string,
): (key: string) => void {
  const calls = new Map<string, number[]>();
  return (key) => {
    const now = performance.now();
    const recent = (calls.get(key) ?? []).filter((at) => now - at < windowMs);
    const first = recent[0];
    if (first !== undefined && recent.length >= max) {
      calls.set(key, recent);
      const retryAfterSeconds = Math.ceil((first + windowMs - now) / 1000);
      throw new GraftError("RATE_LIMITED", words(max, key), {
        hint: `Wait ${retryAfterSeconds} s. ${advice}`,
        retryable: true,
        details: { retryAfterSeconds },
      });
    }
    calls.set(key, [...recent, now]);
  };
}
