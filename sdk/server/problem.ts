/** Thrown by a handler to answer with RFC 9457 problem details of its own. */
export interface Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly code: string;
  readonly details: Record<string, unknown>;
}

const problems = new WeakSet<object>();

const titles: Record<number, string> = {
  400: "Bad request",
  401: "Not signed in",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  413: "Too large",
  415: "Unsupported media type",
  422: "Not valid",
  500: "Internal error",
  503: "Unavailable",
};

/**
 * `throw problem(404, "There is no such post.")`.
 * @param code stable, upper case, for programs; default derived from the status: `NOT_FOUND`
 * @param details members added to the answer
 */
export function problem(
  status: number,
  detail: string,
  options: { code?: string; title?: string; details?: Record<string, unknown>; cause?: unknown } = {},
): Problem {
  const title = options.title ?? titles[status] ?? "Error";
  const error = Object.assign(new Error(detail, { cause: options.cause }), {
    status,
    title,
    code: options.code ?? title.toUpperCase().replaceAll(" ", "_"),
    details: options.details ?? {},
  });
  problems.add(error);
  return error;
}

export function isProblem(error: unknown): error is Problem {
  return typeof error === "object" && error !== null && problems.has(error);
}

export function problemBody(error: Problem): Record<string, unknown> {
  return {
    ...error.details,
    type: "about:blank",
    title: error.title,
    status: error.status,
    code: error.code,
    detail: error.message,
  };
}

const lostConnection =
  /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|ETIMEDOUT|57P0[1-5]|53300|08\d{3}|DATABASE_UNAVAILABLE)$/;

/** What a caller may know of an error nobody foresaw: that the database is away, or nothing. */
export function toProblem(error: unknown, traceId: string | null): Problem {
  if (isProblem(error)) return error;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === "string" && lostConnection.test(code)) {
    return problem(503, "The module cannot reach its database or another service. Try again in a moment.", {
      code: "SERVICE_UNAVAILABLE",
    });
  }
  return problem(500, "Something went wrong in this module. Its log has the reason.", {
    code: "INTERNAL",
    details: traceId === null ? {} : { traceId },
  });
}
