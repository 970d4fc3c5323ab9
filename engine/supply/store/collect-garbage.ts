import type { Digest } from "../../core/index.ts";
import type { IndexFile } from "./index-file.ts";
import { ociManifest } from "./oci.ts";
import type { BlobStore, Collected } from "./types.ts";

/**
 * Drops index entries outside `keep`, then every blob no remaining entry reaches; with `writtenBefore`, nothing that was
 * put since. The index is written first: a crash in between leaves blobs too many, never too few. The caller holds the
 * layout's lock.
 */
export async function collectGarbage(input: {
  blobs: BlobStore;
  index: IndexFile;
  keep: ReadonlySet<Digest>;
  writtenBefore: Date | undefined;
}): Promise<Collected> {
  const { blobs, index, writtenBefore } = input;
  const isYoung = (putAt: Date) => writtenBefore !== undefined && putAt >= writtenBefore;
  const entries = await index.read();
  const keep = new Set(input.keep);
  for (const { digest } of entries) {
    const found = await blobs.stat(digest);
    if (found && isYoung(found.putAt)) keep.add(digest);
  }
  const kept = entries.filter((entry) => keep.has(entry.digest));
  if (kept.length < entries.length) await index.write(kept);
  const reachable = await findReachable(blobs, keep);
  const modules = entries.filter((entry) => !keep.has(entry.digest)).map((entry) => entry.digest);
  const collected: Collected = { blobs: 0, bytes: 0, modules };
  for await (const digest of blobs.list()) {
    if (reachable.has(digest)) continue;
    const found = await blobs.stat(digest);
    if (found === null || isYoung(found.putAt)) continue;
    await blobs.delete(digest);
    collected.blobs += 1;
    collected.bytes += found.bytes;
  }
  return collected;
}

async function findReachable(blobs: BlobStore, roots: ReadonlySet<Digest>): Promise<Set<Digest>> {
  const reachable = new Set<Digest>();
  for (const digest of roots) {
    if (!(await blobs.has(digest))) continue;
    const manifest = ociManifest.parse(JSON.parse((await blobs.get(digest)).toString("utf8")));
    for (const { digest: used } of [{ digest }, manifest.config, ...manifest.layers]) reachable.add(used);
  }
  return reachable;
}
