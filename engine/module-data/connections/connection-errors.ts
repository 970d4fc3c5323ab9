import { GraftError, isGraftError } from "../../core/index.ts";

const nodeCodes = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "ENOENT"]);
const lostMessage = /^(Connection terminated|Client has encountered a connection error|timeout expired)/;

/** Whether the server went away, is starting or has no connection left: nothing is wrong with what was asked of it. */
export function isConnectionError(error: unknown): boolean {
  const { code = "", message = "", syscall } = error as { code?: string; message?: string; syscall?: string };
  // 08: connection exception; 57P01 to 57P03: shut down, crashed, starting; 53300: too many connections.
  if (/^(08\w{3}|57P0[123]|53300)$/.test(code)) return true;
  return (syscall === "connect" || code !== "ENOENT") && (nodeCodes.has(code) || lostMessage.test(message));
}

/** The same error, or DATABASE_UNREACHABLE where that is the reason. */
export function explainConnectionError(error: unknown): unknown {
  if (isGraftError(error) || !isConnectionError(error)) return error;
  return new GraftError("DATABASE_UNREACHABLE", `PostgreSQL went away: ${(error as Error).message}`, {
    hint: "Check that the server is running; whatever was in progress has changed nothing.",
    retryable: true,
    cause: error,
  });
}
