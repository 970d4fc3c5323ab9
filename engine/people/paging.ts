import { isUuid } from "../core/index.ts";
/** Rows of one page: 50 unless asked otherwise, 200 at most. */
export function pageSize(limit: number | undefined): number {
  return Math.min(Math.max(Math.trunc(limit ?? 50), 1), 200);
}

/** Prisma passes `contains` and `startsWith` on as LIKE patterns; a typed % or _ means itself. */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

/** A cursor over rows ordered by name, then id. */
export function encodeNameCursor(row: { name: string; id: string }): string {
  return Buffer.from(JSON.stringify([row.name, row.id])).toString("base64url");
}

export function decodeNameCursor(cursor: string | undefined): { name: string; id: string } | null {
  try {
    const [name, id] = JSON.parse(Buffer.from(cursor ?? "", "base64url").toString());
    return typeof name === "string" && isUuid(id) ? { name, id } : null;
  } catch {
    return null;
  }
}
