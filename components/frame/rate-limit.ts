/** True while fewer than `max` calls were let through in the last `windowMs`. */
export function createRateLimit(max: number, windowMs: number, now: () => number = Date.now): () => boolean {
  let passed: number[] = [];
  return () => {
    const at = now();
    passed = passed.filter((time) => at - time < windowMs);
    if (passed.length >= max) return false;
    passed.push(at);
    return true;
  };
}
