import { diskFull, GraftError, isGraftError } from "../../core/index.ts";
import { explainConnectionError, isConnectionError } from "../connections/connection-errors.ts";
import type { AdapterScript, FirstError } from "./migration-adapter.ts";
import { characterOffset, lines } from "./sql/parse.ts";
import { excerpt } from "./sql/script.ts";

interface PostgresError {
  message: string;
  code?: string;
  position?: string;
  detail?: string;
  hint?: string;
  where?: string;
  constraint?: string;
}

const hints: Record<string, string> & { other: string } = {
  "55P03": "Nothing was changed. The module's tables were in use all the time; try again when it is quieter.",
  other: "Nothing was changed. The module's author has to correct the migration.",
};

/** PostgreSQL's own words, with the place in the author's file. */
export function migrationFailed(module: string, first: FirstError | null, thrown: unknown): unknown {
  if (first === null && isGraftError(thrown)) return thrown;
  const error = unwrap(first?.error ?? thrown);
  if (isConnectionError(error)) return explainConnectionError(error);
  const full = diskFull(error);
  if (full) return full;
  const place = first?.script ? locate(first.script, error, first.completed) : null;
  const where = place ? `, migration ${place.migration}, line ${place.line}` : "";
  return new GraftError("MIGRATION_FAILED", `${module}${where}: ${error.message}`, {
    hint: error.hint ?? hints[error.code ?? ""] ?? hints.other,
    retryable: error.code === "55P03",
    details: {
      module,
      ...place,
      reason: error.message,
      ...(error.code && { sqlState: error.code }),
      ...(error.detail && { detail: error.detail }),
      ...(error.where && { context: error.where }),
      ...(error.constraint && { constraint: error.constraint }),
    },
    cause: error,
  });
}

/** By PostgreSQL's position where it gives one, else by how many statements had completed. */
function locate(script: AdapterScript, error: PostgresError, completed: number) {
  const next = script.statements[completed];
  if (error.position !== undefined) {
    const offset = characterOffset(script.sql, Number(error.position) - 1);
    const line = lines(script.sql)(offset);
    const statement =
      [...script.statements].reverse().find((candidate) => candidate.line <= line) ?? script.statements[0];
    return { migration: script.name, line, statement: excerpt(statement?.text ?? "") };
  }
  return { migration: script.name, line: next?.line ?? 1, statement: excerpt(next?.text ?? "") };
}

/** Prisma's adapter wraps what PostgreSQL said. */
function unwrap(error: unknown): PostgresError {
  const cause = (error as { cause?: { originalMessage?: string; originalCode?: string } }).cause;
  if (cause?.originalMessage === undefined) return error as PostgresError;
  return { message: cause.originalMessage, ...(cause.originalCode && { code: cause.originalCode }) };
}
