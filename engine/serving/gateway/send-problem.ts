import type { ServerResponse } from "node:http";
import { GraftError, type Log, type Problem, toProblem } from "../../core/index.ts";

/** Answers with RFC 9457 problem details; an answer that has begun can only be cut off. */
export function sendProblem(res: ServerResponse, error: unknown, log: Log): Problem {
  const problem = toProblem(error, (errorId, cause) =>
    log.error({ errorId, err: cause }, "unexpected error"),
  );
  if (res.headersSent) {
    res.destroy();
    return problem;
  }
  const body = Buffer.from(JSON.stringify(problem));
  res.writeHead(problem.status, {
    "content-type": "application/problem+json",
    "content-length": body.length,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...statusHeaders(problem),
  });
  res.end(res.req.method === "HEAD" ? undefined : body);
  return problem;
}

function statusHeaders(problem: Problem): Record<string, string> {
  if (problem.status === 401) return { "www-authenticate": 'Bearer realm="graft"' };
  if (problem.status === 503 || problem.status === 429)
    return { "retry-after": String(problem.details?.retryAfterSeconds ?? 2) };
  const allow = problem.details?.allow;
  if (problem.status === 405 && Array.isArray(allow)) return { allow: allow.join(", ") };
  return {};
}

export function methodNotAllowed(method: string | undefined, allow: string[]): GraftError {
  return new GraftError("METHOD_NOT_ALLOWED", `${method} is not possible here; use ${allow.join(", ")}.`, {
    details: { allow },
  });
}
