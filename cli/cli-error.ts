import type { Problem } from "../contract/problem.ts";

/** Wrong use of the command line: exit status 2. */
export interface UsageError extends Error {
  name: "UsageError";
  hint: string | undefined;
}

export function usageError(message: string, hint?: string): UsageError {
  return Object.assign(new Error(message), { name: "UsageError" as const, hint });
}

export function isUsageError(error: unknown): error is UsageError {
  return error instanceof Error && error.name === "UsageError";
}

/** The host's refusal, as it answered: problem details with Graft's `code`. */
export interface ApiError extends Error {
  name: "ApiError";
  /** The answer's JSON. */
  body: ProblemAnswer;
}

export interface ProblemAnswer extends Pick<Problem, "status" | "detail" | "hint" | "errorId" | "details"> {
  title?: string;
  /** Graft's, or the command line's own where no Graft answered. */
  code: string;
}

export function apiError(body: ProblemAnswer): ApiError {
  return Object.assign(new Error(body.detail), { name: "ApiError" as const, body });
}

export function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && error.name === "ApiError";
}
