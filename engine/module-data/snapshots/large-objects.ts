import { createHash } from "node:crypto";
import type pg from "pg";
import type { FrameWriter } from "./frames.ts";
import type { RowSink } from "./read-rows.ts";

const pieceBytes = 1024 * 1024;

/** Each with its number, which rows refer to, and its bytes. @returns what each sums up to */
export async function* largeObjectFrames(
  client: pg.ClientBase,
  writer: FrameWriter,
  onBytes?: (bytes: number) => void,
): AsyncGenerator<Buffer, { oid: string; sha256: string }[]> {
  const sums: { oid: string; sha256: string }[] = [];
  for (const oid of await readLargeObjects(client)) {
    yield writer.json({ largeObject: oid });
    const hash = createHash("sha256");
    for await (const piece of readPieces(client, oid)) {
      onBytes?.(piece.length);
      hash.update(piece);
      yield writer.data(piece);
    }
    sums.push({ oid, sha256: hash.digest("hex") });
  }
  return sums;
}

export async function sumLargeObjects(client: pg.ClientBase): Promise<Map<string, string>> {
  const sums = new Map<string, string>();
  for (const oid of await readLargeObjects(client)) {
    const hash = createHash("sha256");
    for await (const piece of readPieces(client, oid)) hash.update(piece);
    sums.set(oid, hash.digest("hex"));
  }
  return sums;
}

async function readLargeObjects(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ oid: string }>(
    "SELECT oid::pg_catalog.text AS oid FROM pg_catalog.pg_largeobject_metadata l ORDER BY l.oid",
  );
  return rows.map(({ oid }) => oid);
}

async function* readPieces(client: pg.ClientBase, oid: string): AsyncGenerator<Buffer> {
  for (let offset = 0; ; ) {
    const { rows } = await client.query<{ piece: Buffer }>("SELECT pg_catalog.lo_get($1, $2, $3) AS piece", [
      oid,
      offset,
      pieceBytes,
    ]);
    const piece = rows[0]?.piece ?? Buffer.alloc(0);
    if (piece.length > 0) yield piece;
    if (piece.length < pieceBytes) return;
    offset += piece.length;
  }
}

/** In a transaction of the caller's. */
export async function openLargeObject(client: pg.ClientBase, oid: string): Promise<RowSink> {
  await client.query("SELECT pg_catalog.lo_create($1)", [oid]);
  let offset = 0;
  return {
    async write(bytes) {
      await client.query("SELECT pg_catalog.lo_put($1, $2, $3)", [oid, offset, bytes]);
      offset += bytes.length;
    },
    async end() {},
  };
}
