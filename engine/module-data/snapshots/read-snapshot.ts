import { createReadStream } from "node:fs";
import { createZstdDecompress } from "node:zlib";
import { type RowSink, readRows } from "./read-rows.ts";
import type { SnapshotEnd, SnapshotHeader, SnapshotMessage } from "./snapshot-format.ts";
import type { RowTable } from "./structure/rows.ts";

export interface SnapshotHandlers {
  header?(header: SnapshotHeader): Promise<void>;
  /** @returns what takes the rows that follow */
  table?(table: RowTable): RowSink | null;
  largeObject?(oid: string): Promise<RowSink | null>;
}

/** Reads a file from its beginning to its end; throws where it is not whole. */
export async function readSnapshot(file: string, handlers: SnapshotHandlers): Promise<SnapshotEnd> {
  const source = createReadStream(file);
  const stream = source.pipe(createZstdDecompress());
  source.on("error", (error) => stream.destroy(error));
  // Whoever iterates gets the error as well; this is for the moments in which nobody does.
  stream.on("error", () => {});
  let begun = false;
  let end: SnapshotEnd | undefined;
  try {
    await readRows<SnapshotMessage>(stream, async (message, digest) => {
      if ("graft" in message) {
        if (message.graft !== "snapshot" || message.v !== 2)
          throw new Error("it was written by another Graft");
        begun = true;
        await handlers.header?.(message);
      } else if ("table" in message) return handlers.table?.(message.table) ?? null;
      else if ("largeObject" in message) return (await handlers.largeObject?.(message.largeObject)) ?? null;
      else {
        if (message.sha256 !== digest()) throw new Error("its checksum is another");
        end = message.end;
      }
      return null;
    });
    if (!begun || !end) throw new Error("it ends too early");
    return end;
  } finally {
    stream.destroy();
    source.destroy();
  }
}
