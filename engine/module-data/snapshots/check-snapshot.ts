import { createReadStream } from "node:fs";
import { createZstdDecompress } from "node:zlib";
import type { SnapshotFacts } from "../types.ts";
import { readFrames } from "./frames.ts";
import { damaged, type SnapshotMessage } from "./restore-snapshot.ts";
import { ledgerTable } from "./structure/rows.ts";

const newline = 10;

/**
 * Reads a snapshot to its end and compares its checksum; nothing of it is executed. Rows are counted, as files of an
 * earlier Graft end with a sum that Prisma's ledger is in. @throws DIGEST_MISMATCH
 */
export async function checkSnapshot(file: string): Promise<SnapshotFacts> {
  const source = createReadStream(file);
  const stream = source.pipe(createZstdDecompress());
  source.on("error", (error) => stream.destroy(error));
  stream.on("error", () => {});
  let facts: Omit<SnapshotFacts, "rows" | "tables"> | undefined;
  let ended = false;
  let isData = false;
  const counted = { rows: 0, tables: 0 };
  try {
    for await (const frame of readFrames(stream)) {
      if (frame.kind === "data") {
        // In COPY's text format a line is a row; a line break inside a value is written as \n.
        if (isData) for (const byte of frame.bytes) if (byte === newline) counted.rows += 1;
        continue;
      }
      const message = frame.value as SnapshotMessage;
      if ("graft" in message) {
        if (message.graft !== "snapshot" || message.v !== 1)
          throw new Error("it was written by a newer Graft");
        const { module, version, takenAt, digest = null, extensions = [] } = message;
        facts = { module, version, takenAt, digest, extensions };
      } else if ("table" in message) {
        isData = message.table.name !== ledgerTable;
        if (isData) counted.tables += 1;
      } else {
        if (message.sha256 !== frame.digest()) throw new Error("its checksum is another");
        ended = true;
      }
    }
    if (!facts || !ended) throw new Error("it ends too early");
    return { ...facts, ...counted };
  } catch (cause) {
    throw damaged(file, cause);
  } finally {
    stream.destroy();
    source.destroy();
  }
}
