/** No space, quota used up, file larger than allowed: to who writes it is all one. */
const nodeCodes = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);
/** PostgreSQL: disk_full. Of a quota it reports the words alone, as an internal error. */
const sqlState = "53100";
const words = /No space left on device|Disk quota exceeded|File too large/;

interface Cause {
  code?: unknown;
  message?: unknown;
  path?: unknown;
  cause?: unknown;
  meta?: { driverAdapterError?: unknown };
  originalCode?: unknown;
  originalMessage?: unknown;
}

/** Which disk is full, in words, when that is what an error of Node's, pg's or Prisma's says; else null. */
export function whichDiskIsFull(error: unknown): string | null {
  for (let at = error as Cause | null | undefined, depth = 0; at && depth < 5; depth++) {
    const code = at.originalCode ?? at.code;
    const message = String(at.originalMessage ?? at.message ?? "");
    if (code === sqlState || (/^[0-9A-Z]{5}$/.test(String(code)) && words.test(message)))
      return `PostgreSQL cannot write: ${message}`;
    if (nodeCodes.has(String(code)))
      return `Graft cannot write${typeof at.path === "string" ? ` ${at.path}` : ""}: ${message}`;
    at = (at.meta?.driverAdapterError ?? at.cause) as Cause | undefined;
  }
  return null;
}
