import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createRateLimit } from "./rate-limit.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const threeAMinute = () =>
  createRateLimit({ max: 3, windowMs: 60_000, message: (max, key) => `${key}: more than ${max} a minute.` });
const refused = (call: () => void) => {
  try {
    call();
  } catch (error) {
    return error;
  }
  return null;
};

test("no window of a minute has more calls than allowed, wherever it begins", () => {
  const limit = threeAMinute();
  limit("ada");
  vi.advanceTimersByTime(59_000);
  limit("ada");
  limit("ada");
  // A window that began anew each minute would let three more through two seconds later.
  vi.advanceTimersByTime(2_000);
  limit("ada");
  expect(refused(() => limit("ada"))).toMatchObject({ code: "RATE_LIMITED", retryable: true });
});

test("who is refused is told how long to wait, and may call again after it however often they tried", () => {
  const limit = threeAMinute();
  for (let i = 0; i < 3; i++) limit("ada");
  vi.advanceTimersByTime(20_500);
  for (let i = 0; i < 10; i++)
    expect(refused(() => limit("ada"))).toMatchObject({
      message: "ada: more than 3 a minute.",
      hint: "Wait 40 s.",
      details: { retryAfterSeconds: 40 },
    });
  vi.advanceTimersByTime(39_500);
  for (let i = 0; i < 3; i++) limit("ada");
});

test("each key has its own calls; of many keys the longest unused is forgotten", () => {
  const limit = threeAMinute();
  for (let i = 0; i < 3; i++) limit("ada");
  limit("ben");
  for (let i = 0; i < 19_998; i++) limit(`other ${i}`);
  expect(refused(() => limit("ada"))).not.toBeNull();
  limit("one too many");
  expect(refused(() => limit("ada"))).not.toBeNull();
  for (let i = 0; i < 3; i++) limit("ben");
});
