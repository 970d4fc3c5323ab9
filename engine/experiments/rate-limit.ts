import { GraftError } from "../core/index.ts";

const keysMax = 20_000;

/** At most `max` calls a key in each window, on this host. @throws RATE_LIMITED from the returned function */
export function createRateLimit(max: number, windowMs: number): (key: string) => void {
  const windows = new Map<string, { endsAt: number; calls: number }>();
  return (key) => {
    const now = performance.now();
    let window = windows.get(key);
    if (window === undefined || window.endsAt <= now) {
      if (windows.size >= keysMax) {
        for (const [old, { endsAt }] of windows) if (endsAt <= now) windows.delete(old);
      }
      window = { endsAt: now + windowMs, calls: 0 };
      windows.set(key, window);
    }
    window.calls += 1;
    if (window.calls <= max) return;
    const retryAfterSeconds = Math.ceil((window.endsAt - now) / 1000);
    throw new GraftError("RATE_LIMITED", `More than ${max} reports within ${windowMs / 1000} s.`, {
      hint: `Wait ${retryAfterSeconds} s.`,
      retryable: true,
      details: { retryAfterSeconds },
    });
  };
}
