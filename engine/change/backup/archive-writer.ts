import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { constants, createZstdCompress } from "node:zlib";
import { pack } from "tar-stream";
import { archiveEnd } from "./archive-end.ts";
import { entryNames } from "./format.ts";
import type { SigningKey } from "./signing-key.ts";

export interface ArchiveWriter {
  addBytes(name: string, bytes: Buffer): Promise<void>;
  /** As long as the file was when it was begun; a log may grow meanwhile. */
  addFile(name: string, path: string, onBytes?: (bytes: number) => void): Promise<void>;
  /** Writes the checksums and signs them; resolves when everything is on the disk. */
  finish(): Promise<void>;
  /** Ends without finishing; the caller removes the file. */
  abandon(): Promise<void>;
}

/** Writes `path`, which must not be there, readable by its owner alone. */
export function createArchiveWriter(path: string, key: Pick<SigningKey, "sign">): ArchiveWriter {
  const tar = pack();
  const failed = new AbortController();
  const written = pipeline(
    tar,
    createZstdCompress({
      params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 },
    }),
    withEnd,
    createWriteStream(path, { flags: "wx", mode: 0o600, flush: true }),
  );
  let failure: unknown;
  written.catch((error) => {
    failure = error;
    failed.abort();
  });
  const sums: string[] = [];

  async function add(name: string, size: number, chunks: AsyncIterable<Buffer> | Iterable<Buffer>) {
    if (failure) throw failure;
    const hash = createHash("sha256");
    const { signal } = failed;
    let seen = 0;
    try {
      const entry = tar.entry({ name, size, mode: 0o600 });
      entry.on("error", () => {});
      for await (const chunk of chunks) {
        hash.update(chunk);
        seen += chunk.length;
        if (!entry.write(chunk)) await once(entry, "drain", { signal });
      }
      if (seen !== size) throw new Error(`${name} became shorter while it was read`);
      entry.end(null);
      await once(entry, "finish", { signal });
    } catch (error) {
      throw failure ?? error;
    }
    sums.push(`${hash.digest("hex")}  ${name}\n`);
  }

  return {
    addBytes: (name, bytes) => add(name, bytes.length, [bytes]),
    async addFile(name, file, onBytes) {
      const { size } = await stat(file);
      await add(name, size, size === 0 ? [] : counted(createReadStream(file, { end: size - 1 }), onBytes));
    },
    async finish() {
      const list = Buffer.from(sums.join(""));
      await add(entryNames.sums, list.length, [list]);
      const signature = Buffer.from(`${JSON.stringify(key.sign(list))}\n`);
      await add(entryNames.signature, signature.length, [signature]);
      tar.finalize();
      await written;
    },
    async abandon() {
      tar.destroy();
      await written.catch(() => {});
    },
  };
}

async function* withEnd(source: AsyncIterable<Buffer>) {
  const hash = createHash("sha256");
  for await (const chunk of source) {
    hash.update(chunk);
    yield chunk;
  }
  yield archiveEnd(hash.digest());
}

async function* counted(source: AsyncIterable<Buffer>, onBytes?: (bytes: number) => void) {
  for await (const chunk of source) {
    onBytes?.(chunk.length);
    yield chunk;
  }
}
