import { isDatabaseGone, isGraftError } from "../../core/index.ts";

/** PostgreSQL is not there or did not answer, so nothing is known about what was asked of it, nor about the module. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return isDatabaseGone(error) || (isGraftError(error) && error.code === "DATABASE_UNREACHABLE");
}
