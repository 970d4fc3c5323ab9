/** SQLSTATE of a server that is stopping, starting or full, and of a broken connection. */
const sqlStates = /^(57P0[1-3]|08\w{3}|53300)$/;
/** Prisma: cannot be reached, timed out, closed the connection. */
const prismaCodes = new Set(["P1001", "P1002", "P1017"]);
const socketCodes = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOENT"]);
const pgMessages = /^(Connection terminated|timeout exceeded when trying to connect)/;

/** Whether an error says that PostgreSQL is away, as Prisma or pg report it. */
export function isDatabaseGone(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = String((error as { code?: unknown }).code ?? "");
  if (sqlStates.test(code) || prismaCodes.has(code)) return true;
  if (code === "P2010") return sqlStates.test(rawQueryState(error));
  // A refused connection could be anything's; the stack tells whether it was pg's.
  const fromPg = /node_modules[\\/]pg/.test(error.stack ?? "");
  return fromPg && (socketCodes.has(code) || pgMessages.test(error.message));
}

function rawQueryState(error: Error): string {
  const { meta } = error as { meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } } };
  return String(meta?.driverAdapterError?.cause?.originalCode ?? "");
}
