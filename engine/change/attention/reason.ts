import type { Problem } from "../../core/index.ts";

/** What an operator reads: also of an error that nobody foresaw, which the public is told by the number in the log alone. */
export function reasonOf(toProblem: (error: unknown) => Problem, error: unknown): Problem {
  const problem = toProblem(error);
  if (problem.code !== "INTERNAL" || !(error instanceof Error)) return problem;
  return { ...problem, detail: error.message, hint: problem.detail };
}
