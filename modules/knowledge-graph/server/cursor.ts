import { problem } from "@graft/sdk/server";

/** Where a list goes on: the sort key of its last row, opaque to callers. */
export function encodeCursor(key: readonly string[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** @throws a 400 problem for anything that `encodeCursor` did not make */
export function decodeCursor(cursor: string | undefined, length: number): string[] | null {
  if (cursor === undefined) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (Array.isArray(key) && key.length === length && key.every((part) => typeof part === "string"))
      return key;
  } catch {
    // Falls through to the one answer for every broken cursor.
  }
  throw problem(400, "cursor: take it from nextCursor of the answer before.", { code: "QUERY_INVALID" });
}
