import { expect, it } from "vitest";
import { createRateLimit } from "./rate-limit.ts";

it("lets through as many as allowed per window, and again once the window has moved on", () => {
  let now = 0;
  const pass = createRateLimit(2, 1000, () => now);
  expect([pass(), pass(), pass()]).toEqual([true, true, false]);
  now = 999;
  expect(pass()).toBe(false);
  now = 1000;
  expect([pass(), pass(), pass()]).toEqual([true, true, false]);
});
