import { createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { Readable, type Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { diskFull } from "../../core/index.ts";
import { type Reading, readTables } from "../connections/read-transaction.ts";

export interface ReadingFile {
  file: string;
  content: AsyncIterable<Buffer | string>;
  compress: Transform;
  /** Called when all of it is on the disk under another name. */
  onWritten(): void;
}

/**
 * Writes what is read of a database to a file, which appears whole, flushed, or not at all; ends the reading.
 * @returns bytes of the file @throws TABLE_LOCKED, DISK_FULL
 */
export async function writeReadingTo(reading: Reading, to: ReadingFile): Promise<number> {
  const { file, content, compress } = to;
  const partial = `${file}.partial`;
  try {
    await readTables(reading, () =>
      pipeline(
        Readable.from(content, { objectMode: false }),
        compress,
        createWriteStream(partial, { mode: 0o600, flush: true }),
      ),
    );
    to.onWritten();
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw diskFull(Object.assign(error as Error, { path: file })) ?? error;
  }
  return (await stat(file)).size;
}
