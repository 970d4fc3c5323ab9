import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createZstdDecompress } from "node:zlib";
import { extract } from "tar-stream";
import { isGraftError } from "../../core/index.ts";
import { digestInEnd, endBytes } from "./archive-end.ts";
import { type BackupManifest, entryNames, invalid, parseManifest } from "./format.ts";
import { type BackupSignature, fingerprintOf, isSignedBy } from "./signing-key.ts";

const zstdMagic = 0xfd2fb528;
/** Of those entries that are read whole. */
const smallBytesMax = 16 * 1024 * 1024;
const safeName = /^(?!.*(^|\/)\.{1,2}(\/|$))[^/\\\0][^\\\0]*[^/\\\0]$/;

export interface ArchiveVisitor {
  /** The first entry, before any other. A throw ends the reading. */
  onManifest?(manifest: BackupManifest): void | Promise<void>;
  /** Each further entry but the checksums. What it does not read is read for it. */
  onEntry?(name: string, chunks: AsyncIterable<Buffer>): Promise<void>;
  /** Of the file. */
  onBytes?(bytes: number): void;
  /** Stop after the manifest. */
  manifestOnly?: boolean;
}

export interface ReadArchive {
  manifest: BackupManifest;
  entries: number;
  /** Fingerprint of the key that it is signed with; null: it is not signed, or was read for its manifest only. */
  signedBy: string | null;
}

/**
 * Reads a backup once, from its beginning to its end. When it resolves, every entry was as its checksum says.
 * @throws BACKUP_INVALID with what is wrong, BACKUP_TOO_NEW
 */
export async function readArchive(file: string, visitor: ArchiveVisitor = {}): Promise<ReadArchive> {
  const { bytes, digest } = await readEnd(file);
  const source = createReadStream(file, { highWaterMark: 1024 * 1024, end: bytes - 1 });
  const hash = createHash("sha256");
  source.on("data", (chunk) => {
    hash.update(chunk);
    visitor.onBytes?.(chunk.length);
  });
  const tar = extract();
  const flow = pipeline(source, createZstdDecompress(), tar);
  flow.catch(() => {});
  try {
    const read = await visit(file, tar as unknown as AsyncIterable<Entry>, visitor);
    if (visitor.manifestOnly) return read;
    await flow;
    if (!hash.digest().equals(digest)) throw invalid(file, "its checksum is another");
    return read;
  } catch (error) {
    // What the file system says of a place to write to says nothing of the backup.
    if (isGraftError(error) || typeof (error as NodeJS.ErrnoException).syscall === "string") throw error;
    const cause = await flow.then(
      () => error,
      (broken) => broken ?? error,
    );
    throw invalid(file, `it is damaged or not whole (${(cause as Error).message})`, error);
  } finally {
    tar.destroy();
    source.destroy();
    await flow.catch(() => {});
  }
}

type Entry = AsyncIterable<Buffer> & { header: { name: string; type?: string | null; size?: number } };

async function visit(file: string, tar: AsyncIterable<Entry>, visitor: ArchiveVisitor): Promise<ReadArchive> {
  const sums = new Map<string, string>();
  let manifest: BackupManifest | undefined;
  let listed: Map<string, string> | undefined;
  let list: Buffer = Buffer.alloc(0);
  let signedBy: string | null = null;
  for await (const entry of tar) {
    const { name, type } = entry.header;
    if (listed && name === entryNames.signature && signedBy === null) {
      signedBy = checkSignature(file, list, await readSmall(file, name, entry));
      continue;
    }
    if (listed) throw invalid(file, `it has an entry after ${entryNames.sums}`);
    if (type !== "file" || !safeName.test(name) || sums.has(name))
      throw invalid(file, `it has an entry ${JSON.stringify(name)} of type ${type}`);
    if (name === entryNames.sums) {
      list = await readSmall(file, name, entry);
      listed = parseSums(file, list.toString());
      continue;
    }
    const hash = createHash("sha256");
    const chunks = hashed(entry, hash);
    if (manifest === undefined) {
      if (name !== entryNames.manifest) throw invalid(file, "it is not a backup of Graft");
      manifest = parseManifest(file, (await readSmall(file, name, chunks)).toString());
      await visitor.onManifest?.(manifest);
      if (visitor.manifestOnly) return { manifest, entries: 1, signedBy };
    } else {
      await visitor.onEntry?.(name, chunks);
      for await (const _ of chunks);
    }
    sums.set(name, hash.digest("hex"));
  }
  if (manifest === undefined) throw invalid(file, "it is not a backup of Graft");
  if (listed === undefined) throw invalid(file, `it ends before ${entryNames.sums}`);
  compare(file, sums, listed);
  return { manifest, entries: sums.size, signedBy };
}

async function* hashed(entry: AsyncIterable<Buffer>, hash: ReturnType<typeof createHash>) {
  for await (const chunk of entry) {
    hash.update(chunk);
    yield chunk;
  }
}

async function readSmall(file: string, name: string, chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > smallBytesMax) throw invalid(file, `${name} is too large`);
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

/** @returns the fingerprint of the key */
function checkSignature(file: string, list: Buffer, bytes: Buffer): string {
  let signature: BackupSignature;
  try {
    signature = JSON.parse(bytes.toString()) as BackupSignature;
  } catch {
    throw invalid(file, `${entryNames.signature} is damaged`);
  }
  if (!isSignedBy(signature, list)) throw invalid(file, "its signature is not of its content");
  return fingerprintOf(signature.publicKey);
}

function parseSums(file: string, text: string): Map<string, string> {
  const sums = new Map<string, string>();
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const [, hex, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (hex === undefined || name === undefined) throw invalid(file, `${entryNames.sums} is damaged`);
    sums.set(name, hex);
  }
  return sums;
}

function compare(file: string, found: Map<string, string>, listed: Map<string, string>): void {
  for (const [name, hex] of listed) {
    const actual = found.get(name);
    if (actual === undefined) throw invalid(file, `${name} is missing`);
    if (actual !== hex) throw invalid(file, `${name} is not what its checksum says`);
  }
  for (const name of found.keys())
    if (!listed.has(name)) throw invalid(file, `${name} has no checksum in ${entryNames.sums}`);
}

/** What the file's end says. @throws BACKUP_INVALID for what is no backup, or cut off */
async function readEnd(file: string): Promise<{ bytes: number; digest: Buffer }> {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(file, "r");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw invalid(file, code === "ENOENT" ? "there is no such file" : `it cannot be opened (${code})`, cause);
  }
  try {
    const info = await handle.stat();
    if (!info.isFile()) throw invalid(file, "it is not a file");
    const head = Buffer.alloc(4);
    const { bytesRead } = await handle.read(head, 0, 4, 0);
    if (bytesRead < 4 || head.readUInt32LE() !== zstdMagic)
      throw invalid(file, "it is not a backup of Graft");
    const bytes = info.size - endBytes;
    const end = Buffer.alloc(endBytes);
    if (bytes > 0) await handle.read(end, 0, endBytes, bytes);
    const digest = digestInEnd(end);
    if (digest === null) throw invalid(file, "its end is missing, so it is cut off or no backup of Graft");
    return { bytes, digest };
  } finally {
    await handle.close();
  }
}
