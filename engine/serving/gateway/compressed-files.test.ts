import { gunzipSync } from "node:zlib";
import { expect, test, vi } from "vitest";
import { createCompressedFiles } from "./compressed-files.ts";

const text = Buffer.from("a line that compresses well\n".repeat(100));
/** As many bytes, of which none can be saved. */
const random = (bytes: number) => crypto.getRandomValues(Buffer.alloc(bytes));

test("a file is read and compressed once for each encoding, also for those who ask at the same time", async () => {
  const files = createCompressedFiles();
  const load = vi.fn(async () => text);
  const [one, other] = await Promise.all([files.get("a", "gzip", load), files.get("a", "gzip", load)]);
  expect(other).toBe(one);
  expect(gunzipSync(one?.bytes ?? "")).toEqual(text);
  expect((await files.get("a", "identity", load)).bytes).toEqual(text);
  await files.get("a", "gzip", load);
  expect(load).toHaveBeenCalledTimes(2);
});

test("what could not be read is read again", async () => {
  const files = createCompressedFiles();
  const load = vi.fn(async () => text).mockRejectedValueOnce(new Error("disk"));
  await expect(files.get("a", "br", load)).rejects.toThrow("disk");
  expect((await files.get("a", "br", load)).encoding).toBe("br");
});

test("an empty file is a file", async () => {
  const files = createCompressedFiles();
  expect((await files.get("a", "br", async () => Buffer.alloc(0))).bytes).toHaveLength(0);
});

test("one large file is answered and not kept; the least recently used goes when there are too many", async () => {
  const files = createCompressedFiles(8_000);
  const large = vi.fn(async () => random(2_000));
  for (let i = 0; i < 2; i++) expect((await files.get("large", "identity", large)).bytes).toHaveLength(2_000);
  expect(large).toHaveBeenCalledTimes(2);
  const small = vi.fn(async () => random(1_000));
  for (let i = 0; i < 9; i++) await files.get(`small ${i}`, "identity", small);
  await files.get("small 8", "identity", small);
  expect(small).toHaveBeenCalledTimes(9);
  await files.get("small 0", "identity", small);
  expect(small).toHaveBeenCalledTimes(10);
});

test("a file that others push out while it is made is answered all the same", async () => {
  const files = createCompressedFiles(8_000);
  const { promise, resolve } = Promise.withResolvers<Buffer>();
  const waiting = files.get("slow", "identity", () => promise);
  for (let i = 0; i < 20; i++) await files.get(`small ${i}`, "identity", async () => random(1_000));
  resolve(text.subarray(0, 100));
  expect((await waiting).bytes).toHaveLength(100);
});
