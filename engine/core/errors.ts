import { randomUUID } from "node:crypto";
import { type ErrorCode, errorCodes } from "../../contract/error-codes.ts";
import type { Problem } from "../../contract/problem.ts";
import { isDatabaseGone } from "./database-gone.ts";
import { whichDiskIsFull } from "./disk-full.ts";

export interface GraftErrorInit {
  /** What the reader should do next. */
  hint?: string;
  retryable?: boolean;
  /** Where and what, for machines: file, line, field, module … JSON-safe. */
  details?: Record<string, unknown>;
  cause?: unknown;
}

/** The one error type of Graft. Recognise it by `code` through {@link isGraftError}, never by `instanceof`. */
export class GraftError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly retryable: boolean;
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, init: GraftErrorInit = {}) {
    super(message, init.cause === undefined ? undefined : { cause: init.cause });
    this.name = "GraftError";
    this.code = code;
    this.hint = init.hint;
    this.retryable = init.retryable ?? false;
    this.details = init.details ?? {};
  }
}

export function isGraftError(error: unknown): error is GraftError {
  const code = (error as { code?: unknown } | null)?.code;
  return (
    error instanceof Error && error.name === "GraftError" && typeof code === "string" && code in errorCodes
  );
}

/**
 * The public face of any error. An unknown one becomes INTERNAL with a fresh `errorId`;
 * `onUnknown` receives both so that the caller can log what the public must not see.
 */
export function toProblem(error: unknown, onUnknown: (errorId: string, error: unknown) => void): Problem {
  if (isGraftError(error)) {
    return {
      type: `https://graft.dev/errors#${error.code.toLowerCase()}`,
      title: error.code,
      status: errorCodes[error.code],
      code: error.code,
      detail: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      retryable: error.retryable,
      ...(Object.keys(error.details).length === 0 ? {} : { details: error.details }),
    };
  }
  if (isDatabaseGone(error)) return toProblem(databaseGone(error), onUnknown);
  const full = diskFull(error);
  if (full) return toProblem(full, onUnknown);
  const errorId = randomUUID();
  onUnknown(errorId, error);
  return {
    type: "https://graft.dev/errors#internal",
    title: "INTERNAL",
    status: 500,
    code: "INTERNAL",
    detail: `Something went wrong inside Graft. The log has it under ${errorId}.`,
    retryable: false,
    errorId,
  };
}

/** DISK_FULL where that is what an error says, else null. */
export function diskFull(error: unknown): GraftError | null {
  const which = whichDiskIsFull(error);
  if (which === null) return null;
  return new GraftError("DISK_FULL", which, {
    hint: "Make room on that disk, or raise the quota, then try again. Nothing was changed.",
    retryable: true,
    cause: error,
  });
}

function databaseGone(cause: unknown) {
  return new GraftError("DATABASE_UNREACHABLE", "PostgreSQL does not answer at the moment.", {
    hint: "Try again once it is back; what is in memory goes on being served meanwhile.",
    retryable: true,
    cause,
  });
}
