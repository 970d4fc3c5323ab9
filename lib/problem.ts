import type { ErrorCode } from "../contract/error-codes.ts";
import type { Problem } from "../contract/problem.ts";

export type { ErrorCode, Problem };

/** A problem that arises at the web boundary itself; the engine's own come through `engine.toProblem`. */
export function webProblem(
  { code, status }: { code: ErrorCode; status: number },
  detail: string,
  hint?: string,
): Problem {
  return {
    type: `https://graft.dev/errors#${code.toLowerCase()}`,
    title: code,
    status,
    code,
    detail,
    ...(hint === undefined ? {} : { hint }),
    retryable: false,
  };
}

/** What a server action answers (next-safe-action's result, with this project's error shapes). */
export interface ActionResult<Data> {
  data?: Data | undefined;
  serverError?: Problem | undefined;
  validationErrors?: { formErrors: string[]; fieldErrors: Record<string, string[] | undefined> } | undefined;
}

/** The problem of an action's result, or null when it succeeded. */
export function problemOf(result: ActionResult<unknown>): Problem | null {
  if (result.serverError !== undefined) return result.serverError;
  if (result.validationErrors === undefined) return null;
  const { formErrors, fieldErrors } = result.validationErrors;
  const messages = [...formErrors];
  for (const [field, errors] of Object.entries(fieldErrors)) {
    for (const error of errors ?? []) messages.push(`${field}: ${error}`);
  }
  return {
    ...webProblem(
      { code: "INVALID_INPUT", status: 400 },
      messages.join("; ") || "The input was not accepted.",
    ),
    details: { formErrors, fieldErrors },
  };
}

/** Carries a {@link Problem} through code that wants exceptions, such as `useMutation`. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

/** For `useMutation`: the action's data. @throws ProblemError */
export async function unwrap<Data>(action: Promise<ActionResult<Data>>): Promise<Data> {
  const result = await action;
  const problem = problemOf(result);
  if (problem !== null) throw new ProblemError(problem);
  return result.data as Data;
}

/** The problem inside anything caught; an unknown error (a lost connection) becomes a retryable one. */
export function problemFrom(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return {
    ...webProblem(
      { code: "INTERNAL", status: 500 },
      "Graft did not answer.",
      "Check the connection and try again.",
    ),
    retryable: true,
  };
}
