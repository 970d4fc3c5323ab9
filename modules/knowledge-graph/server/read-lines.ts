import type { Readable } from "node:stream";

export interface Line {
  /** 1-based. */
  number: number;
  text: string;
  /** Longer than the limit; `text` is then empty. */
  tooLong: boolean;
}

/** Lines of UTF-8 text as they arrive, blank ones left out; never holds more than one line and one chunk. */
export async function* readLines(input: Readable, lengthMax: number): AsyncIterable<Line> {
  const decoder = new TextDecoder();
  let rest = "";
  let number = 0;
  let dropping = false;
  function* take(text: string, end: boolean): Iterable<Line> {
    const parts = (rest + text).split("\n");
    rest = end ? "" : (parts.pop() ?? "");
    for (const part of parts) {
      number++;
      const tooLong = dropping || part.length > lengthMax;
      dropping = false;
      if (tooLong || part.trim() !== "") yield { number, text: tooLong ? "" : part, tooLong };
    }
    if (rest.length > lengthMax) {
      rest = "";
      dropping = true;
    }
  }
  for await (const chunk of input) yield* take(decoder.decode(chunk as Uint8Array, { stream: true }), false);
  yield* take(decoder.decode(), true);
}
