/**
 * The last bytes of a backup: a skippable frame of zstd, which every zstd tool passes over, with the SHA-256 of all bytes
 * before it. By it a file that was cut off is known at once, also where only what zstd itself does not miss is gone.
 */
const magic = 0x184d2a50;
const headBytes = 8;
const digestBytes = 32;
export const endBytes = headBytes + digestBytes;

export function archiveEnd(digest: Buffer): Buffer {
  const head = Buffer.alloc(headBytes);
  head.writeUInt32LE(magic, 0);
  head.writeUInt32LE(digestBytes, 4);
  return Buffer.concat([head, digest]);
}

/** The digest in the last bytes of a file; null when they are no end. */
export function digestInEnd(bytes: Buffer): Buffer | null {
  if (bytes.length !== endBytes || bytes.readUInt32LE(0) !== magic || bytes.readUInt32LE(4) !== digestBytes)
    return null;
  return bytes.subarray(headBytes);
}
