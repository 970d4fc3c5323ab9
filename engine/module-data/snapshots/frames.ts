import { createHash, type Hash } from "node:crypto";

/**
 * A snapshot is a zstd stream of frames: one byte of kind, four of length (big endian), the content. `J` is JSON, `D` a
 * piece of COPY's text format. The last frame is JSON with the SHA-256 of all before it.
 */
export type Frame = { kind: "json"; value: unknown } | { kind: "data"; bytes: Buffer };

const headBytes = 5;
const kinds = { json: 0x4a, data: 0x44 } as const;
// Nothing that writes a snapshot makes larger ones; a damaged length must not allocate without end.
const contentBytesMax = 64 * 1024 * 1024;

export interface FrameWriter {
  json(value: unknown): Buffer;
  data(bytes: Buffer): Buffer;
  digest(): string;
}

export function createFrameWriter(): FrameWriter {
  const hash = createHash("sha256");
  const frame = (kind: number, content: Buffer) => {
    const head = Buffer.alloc(headBytes);
    head.writeUInt8(kind);
    head.writeUInt32BE(content.length, 1);
    hash.update(head).update(content);
    return Buffer.concat([head, content]);
  };
  return {
    json: (value) => frame(kinds.json, Buffer.from(JSON.stringify(value))),
    data: (bytes) => frame(kinds.data, bytes),
    digest: () => hash.copy().digest("hex"),
  };
}

/** Frames with the digest of all before each; throws on anything that is not a frame. */
export async function* readFrames(
  stream: AsyncIterable<Buffer>,
): AsyncGenerator<Frame & { digest: () => string }> {
  const hash: Hash = createHash("sha256");
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      const length = rest.length < headBytes ? null : rest.readUInt32BE(1);
      if (length !== null && length > contentBytesMax) throw new Error("a frame is too long");
      if (length === null || rest.length < headBytes + length) break;
      const whole = rest.subarray(0, headBytes + length);
      rest = rest.subarray(headBytes + length);
      const before = hash.copy();
      hash.update(whole);
      yield { ...decode(whole), digest: () => before.digest("hex") };
    }
  }
  if (rest.length > 0) throw new Error("it ends in the middle of a frame");
}

function decode(whole: Buffer): Frame {
  const content = whole.subarray(headBytes);
  if (whole[0] === kinds.json) return { kind: "json", value: JSON.parse(content.toString()) };
  if (whole[0] === kinds.data) return { kind: "data", bytes: content };
  throw new Error("a frame is of no known kind");
}
