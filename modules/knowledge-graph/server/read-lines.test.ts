import { Readable } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readLines } from "./read-lines.ts";

async function lines(bytes: Uint8Array, chunkSize: number, max = 1000) {
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunkSize) }, (_, i) =>
    bytes.subarray(i * chunkSize, (i + 1) * chunkSize),
  );
  const found = [];
  for await (const line of readLines(Readable.from(chunks), max)) found.push(line);
  return found;
}

test("lines and their numbers do not depend on how the bytes arrive", async () => {
  const text = fc.array(fc.string({ unit: "grapheme" }).filter((line) => !line.includes("\n")));
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), async (wanted, size) => {
      const found = await lines(Buffer.from(wanted.join("\n")), size);
      const expected = wanted.flatMap((line, i) =>
        line.trim() === "" ? [] : [{ number: i + 1, text: line }],
      );
      expect(found.map(({ number, text }) => ({ number, text }))).toEqual(expected);
    }),
  );
});

test("a line that is too long is named and not kept", async () => {
  const bytes = Buffer.from(`short\n${"x".repeat(5000)}\nafter`);
  for (const size of [3, 100, 10_000])
    expect(await lines(bytes, size, 50)).toEqual([
      { number: 1, text: "short", tooLong: false },
      { number: 2, text: "", tooLong: true },
      { number: 3, text: "after", tooLong: false },
    ]);
});
