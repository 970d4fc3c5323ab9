import { createReadStream } from "node:fs";
import { createZstdDecompress } from "node:zlib";
import type { SnapshotFacts } from "../types.ts";
import { readFrames } from "./frames.ts";
import { damaged, type SnapshotMessage } from "./restore-snapshot.ts";

/** Reads a snapshot to its end and compares its checksum; nothing of it is executed. @throws DIGEST_MISMATCH */
export async function checkSnapshot(file: string): Promise<SnapshotFacts> {
  const source = createReadStream(file);
  const stream = source.pipe(createZstdDecompress());
  source.on("error", (error) => stream.destroy(error));
  stream.on("error", () => {});
  let facts: Omit<SnapshotFacts, "rows" | "tables"> | undefined;
  let end: { rows: number; tables: number } | undefined;
  try {
    for await (const frame of readFrames(stream)) {
      if (frame.kind === "data") continue;
      const message = frame.value as SnapshotMessage;
      if ("graft" in message) {
        if (message.graft !== "snapshot" || message.v !== 1)
          throw new Error("it was written by a newer Graft");
        const { module, version, takenAt, digest = null, extensions = [] } = message;
        facts = { module, version, takenAt, digest, extensions };
      } else if ("end" in message) {
        if (message.sha256 !== frame.digest()) throw new Error("its checksum is another");
        end = message.end;
      }
    }
    if (!facts || !end) throw new Error("it ends too early");
    return { ...facts, ...end };
  } catch (cause) {
    throw damaged(file, cause);
  } finally {
    stream.destroy();
    source.destroy();
  }
}
