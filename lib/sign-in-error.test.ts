import { expect, test } from "vitest";
import { webProblem } from "./problem.ts";
import { decodeSignInError, encodeSignInError } from "./sign-in-error.ts";

test("a lock-out reaches the form with its end", () => {
  const until = "2026-11-22T20:00:00.000Z";
  const problem = {
    ...webProblem({ code: "ACCOUNT_LOCKED", status: 429 }, "Locked.", "Wait."),
    details: { until, secret: 1 },
  };
  expect(decodeSignInError(encodeSignInError(problem))).toEqual({ ...problem, details: { until } });
});

test.each(["CredentialsSignin", "{", "null", '{"code":1}'])("%s becomes a plain message", (error) => {
  expect(decodeSignInError(error)?.code).toBe("SIGN_IN_FAILED");
});

test("no error is no problem", () => {
  expect(decodeSignInError(null)).toBeNull();
  expect(decodeSignInError("")).toBeNull();
});
