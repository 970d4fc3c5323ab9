const newline = 10;

export interface LineSplitter {
  /** Calls `emit` for each line the chunk completes. */
  push(chunk: Buffer): void;
  /** Emits what has no newline yet. */
  end(): void;
  /** Forgets the line in progress and skips what is left of it: bytes in between were not seen. */
  skipLine(): void;
}

/**
 * Cuts bytes into lines of at most `maxBytes`; a longer line is cut there and says how much is missing.
 * Never holds more than one line.
 */
export function createLineSplitter(maxBytes: number, emit: (line: string) => void): LineSplitter {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let cutBytes = 0;
  let skipping = false;

  function take(part: Buffer): void {
    const room = maxBytes - heldBytes;
    // A copy: a slice would keep the whole 64 KB chunk alive for a few bytes.
    if (room > 0 && part.length > 0) held.push(Buffer.from(part.subarray(0, room)));
    heldBytes += Math.min(room, part.length);
    cutBytes += Math.max(0, part.length - room);
  }

  function flush(): void {
    let line = Buffer.concat(held).toString("utf8");
    if (line.endsWith("\r")) line = line.slice(0, -1);
    if (cutBytes > 0) line += ` … ${cutBytes} bytes more`;
    reset();
    emit(line);
  }

  function reset(): void {
    held = [];
    heldBytes = 0;
    cutBytes = 0;
  }

  return {
    push(chunk) {
      let start = 0;
      while (start < chunk.length) {
        const end = chunk.indexOf(newline, start);
        const part = chunk.subarray(start, end === -1 ? chunk.length : end);
        if (!skipping) take(part);
        if (end === -1) return;
        if (!skipping) flush();
        skipping = false;
        start = end + 1;
      }
    },
    end() {
      if (heldBytes > 0) flush();
      reset();
    },
    skipLine() {
      reset();
      skipping = true;
    },
  };
}
