import { createHash } from "node:crypto";

const newline = 10;
const words = 4;

/** Equal for the same lines in any order; a line twice counts twice. */
export interface LineSum {
  update(bytes: Buffer): void;
  digest(): string;
}

export function createLineSum(): LineSum {
  const sum = new Uint32Array(words);
  let rest: Buffer = Buffer.alloc(0);
  let lines = 0;
  const add = (line: Buffer) => {
    const digest = createHash("sha256").update(line).digest();
    for (let i = 0; i < words; i++) sum[i] = (sum[i] ?? 0) + digest.readUInt32BE(i * 4);
    lines += 1;
  };
  return {
    update(bytes) {
      let from = 0;
      for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, from)) {
        const line = bytes.subarray(from, at);
        add(rest.length > 0 ? Buffer.concat([rest, line]) : line);
        rest = Buffer.alloc(0);
        from = at + 1;
      }
      if (from < bytes.length) rest = Buffer.concat([rest, bytes.subarray(from)]);
    },
    digest: () => `${lines} ${Buffer.from(sum.buffer).toString("hex")} ${rest.length}`,
  };
}
