import { type Problem, webProblem } from "./problem.ts";

/** next-auth carries one string from `authorize` to the form; this packs a problem into it. */
export function encodeSignInError(problem: Problem): string {
  const { code, status, detail, hint, details } = problem;
  return JSON.stringify({ code, status, detail, hint, until: details?.until });
}

/**
 * The problem behind the `error` that `signIn()` returns, or that stands in the query of /sign-in;
 * null when there is none. For ACCOUNT_LOCKED `details.until` is an ISO time.
 */
export function decodeSignInError(error: string | null | undefined): Problem | null {
  if (error === null || error === undefined || error === "") return null;
  try {
    const { code, status, detail, hint, until } = JSON.parse(error);
    if (typeof code === "string" && typeof detail === "string" && typeof status === "number") {
      const problem = webProblem({ code: code as Problem["code"], status }, detail, hint);
      return until === undefined ? problem : { ...problem, details: { until } };
    }
  } catch {
    // Not ours: next-auth's own codes are plain words.
  }
  return webProblem(
    { code: "SIGN_IN_FAILED", status: 401 },
    "Signing in did not work.",
    "Reload the page and try again.",
  );
}
