import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { isGraftError } from "../../../core/index.ts";
import { s3Keys, startS3 } from "../testing/start-s3.ts";
import type { BackupStore } from "./backup-store.ts";
import { createFolderStore } from "./folder-store.ts";
import { createS3Store } from "./s3-store.ts";

const root = mkdtempSync(join(tmpdir(), "graft-stores-"));
const s3 = await startS3("backups");
afterAll(async () => {
  await s3.close();
  rmSync(root, { recursive: true });
});
const settings = { ...s3Keys, endpoint: s3.endpoint, bucket: "backups", prefix: "graft/one" };
const folder = join(root, "made", "when needed");
const stores: [string, BackupStore, (name: string) => void][] = [
  ["a folder", createFolderStore(folder), (name) => writeFileSync(join(folder, name), "x")],
  ["S3", createS3Store(settings), (name) => s3.objects.set(`graft/one/${name}`, Buffer.from("x"))],
];

function file(bytes: number): { path: string; sha256: string } {
  const content = randomBytes(bytes);
  const path = join(root, `file-${bytes}`);
  writeFileSync(path, content);
  return { path, sha256: createHash("sha256").update(content).digest("hex") };
}
async function sumOf(chunks: AsyncIterable<Buffer>) {
  const hash = createHash("sha256");
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest("hex");
}
const failure = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isGraftError(error)) throw new Error(`expected a GraftError, got ${String(error)}`);
  return error;
};

describe.each(stores)("%s as a store of backups", (_, store, place) => {
  const older = "graft-20261129-023000.tar.zst";
  const newer = "graft-20261130-023000.tar.zst.age";

  test("gives back what was put, lists newest first, and nothing of anybody else's", async () => {
    expect(await store.list()).toEqual([]);
    const small = file(1000);
    const large = file(40 * 1024 * 1024 + 7);
    await store.put(older, small.path);
    await store.put(newer, large.path);
    place("notes.txt");
    place("graft-20261130-023000.tar.zst.partial");
    expect(await store.list()).toEqual([
      { name: newer, bytes: 40 * 1024 * 1024 + 7 },
      { name: older, bytes: 1000 },
    ]);
    expect(await sumOf(await store.read(older))).toBe(small.sha256);
    expect(await sumOf(await store.read(newer))).toBe(large.sha256);
  });

  test("removes one, also one that is gone", async () => {
    await store.remove(older);
    await store.remove(older);
    expect((await store.list()).map(({ name }) => name)).toEqual([newer]);
    expect((await failure(store.read(older))).code).toBe("NOT_FOUND");
  });
});

test("a file in a folder is its owner's alone, and nothing half written stays", async () => {
  expect(statSync(join(folder, "graft-20261130-023000.tar.zst.age")).mode & 0o777).toBe(0o600);
  const blocked = join(root, "blocked");
  mkdirSync(join(blocked, "graft-20261130-023000.tar.zst", "x"), { recursive: true });
  const error = await failure(createFolderStore(blocked).put("graft-20261130-023000.tar.zst", file(10).path));
  expect(error).toMatchObject({ code: "BACKUP_STORE_FAILED", retryable: true });
  expect(readdirSync(blocked)).toEqual(["graft-20261130-023000.tar.zst"]);
});

test("an upload to S3 that breaks off leaves no parts behind, and says why", async () => {
  const store = createS3Store(settings);
  s3.failOnce(/^PUT .*partNumber=2/, 400);
  const error = await failure(store.put("graft-20261201-023000.tar.zst", file(40 * 1024 * 1024).path));
  expect(error).toMatchObject({ code: "BACKUP_STORE_FAILED", details: { place: "s3://backups/graft/one" } });
  expect(s3.open()).toBe(0);
  expect(s3.objects.has("graft/one/graft-20261201-023000.tar.zst")).toBe(false);
});

test("wrong keys and a bucket that is not there are told", async () => {
  const wrong = createS3Store({ ...settings, secretAccessKey: "another" });
  expect((await failure(wrong.list())).message).toMatch(/SignatureDoesNotMatch|403/);
  const nowhere = createS3Store({ ...settings, bucket: "nowhere" });
  expect((await failure(nowhere.list())).message).toContain("nowhere");
});
