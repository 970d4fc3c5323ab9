import { problem } from "@graft/sdk/server";

/** Where the next page begins: the sort keys of the last post shown. */
export interface Cursor {
  pinned: boolean;
  sortAt: string;
  id: string;
}

export function writeCursor(row: { pinned: boolean; sortAt: Date; id: string }): string {
  return Buffer.from(JSON.stringify([row.pinned, row.sortAt, row.id])).toString("base64url");
}

/** @throws 400 for anything `writeCursor` did not write */
export function readCursor(text: string | null): Cursor | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(text, "base64url").toString("utf8"));
    if (Array.isArray(value)) {
      const [pinned, sortAt, id] = value as unknown[];
      const valid =
        typeof pinned === "boolean" && typeof sortAt === "string" && !Number.isNaN(Date.parse(sortAt));
      if (valid && typeof id === "string" && isUuid(id)) return { pinned, sortAt, id };
    }
  } catch {
    // Falls through to the one answer for every malformed cursor.
  }
  throw problem(400, "The cursor is not one this API gave out.", { code: "CURSOR_INVALID" });
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
