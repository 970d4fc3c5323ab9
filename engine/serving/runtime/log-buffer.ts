import type { LogLine } from "../../../contract/logs.ts";

export interface LogBuffer {
  add(stream: LogLine["stream"], text: string): void;
  /** The newest lines, oldest first. */
  tail(limit: number): LogLine[];
  /** Lines ever added; `since` with an earlier value gives what came after it and is still held. */
  readonly total: number;
  since(total: number): LogLine[];
  on(listener: (line: LogLine) => void): () => void;
}

/** Keeps the newest lines, at most `maxLines` of them and `maxBytes` of text. */
export function createLogBuffer({ maxLines = 2_000, maxBytes = 1_000_000 } = {}): LogBuffer {
  let lines: LogLine[] = [];
  let first = 0;
  let bytes = 0;
  let total = 0;
  const listeners = new Set<(line: LogLine) => void>();

  function evict(): void {
    while (lines.length - first > maxLines || bytes > maxBytes) {
      bytes -= lines[first]?.text.length ?? 0;
      first++;
    }
    // Shifting for each line would copy the whole array each time.
    if (first > maxLines) {
      lines = lines.slice(first);
      first = 0;
    }
  }

  const tail = (limit: number) => lines.slice(Math.max(first, lines.length - Math.max(0, limit)));

  return {
    add(stream, text) {
      const line: LogLine = { at: new Date().toISOString(), stream, text };
      lines.push(line);
      bytes += text.length;
      total++;
      evict();
      for (const listener of listeners) listener(line);
    },
    tail,
    get total() {
      return total;
    },
    since: (earlier) => tail(total - earlier),
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
