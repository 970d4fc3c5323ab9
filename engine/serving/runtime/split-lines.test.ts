import { expect, test } from "vitest";
import { createLineSplitter } from "./split-lines.ts";

function split(chunks: string[], maxBytes = 100): string[] {
  const lines: string[] = [];
  const splitter = createLineSplitter(maxBytes, (line) => lines.push(line));
  for (const chunk of chunks) splitter.push(Buffer.from(chunk));
  splitter.end();
  return lines;
}

test("a line arrives whole however its bytes are cut", () => {
  expect(split(["a", "b\nc", "d\r\n", "\ne"])).toEqual(["ab", "cd", "", "e"]);
});

test("a character cut between two chunks is not broken", () => {
  const bytes = Buffer.from("grün\n");
  const lines: string[] = [];
  const splitter = createLineSplitter(100, (line) => lines.push(line));
  splitter.push(bytes.subarray(0, 3));
  splitter.push(bytes.subarray(3));
  expect(lines).toEqual(["grün"]);
});

test("a line beyond the limit is cut and says how much is missing", () => {
  expect(split(["x".repeat(70), `${"x".repeat(50)}\nnext\n`])).toEqual([
    `${"x".repeat(100)} … 20 bytes more`,
    "next",
  ]);
});

test("after bytes were left out, the torn line is not shown as a whole one", () => {
  const lines: string[] = [];
  const splitter = createLineSplitter(100, (line) => lines.push(line));
  splitter.push(Buffer.from("first\nhalf of"));
  splitter.skipLine();
  splitter.push(Buffer.from("torn end\nlast\n"));
  expect(lines).toEqual(["first", "last"]);
});
