import type { Digest } from "../core/index.ts";
import type { IndexFile } from "./index-file.ts";
import { ociManifest } from "./oci.ts";
import type { BlobStore } from "./types.ts";

/**
 * Drops index entries outside `keep`, then every blob no remaining entry reaches. The index is written first: a crash
 * in between leaves blobs too many, never too few. The caller holds the layout's lock.
 */
export async function collectGarbage(input: {
  blobs: BlobStore;
  index: IndexFile;
  keep: ReadonlySet<Digest>;
}): Promise<{ removed: number; dropped: Digest[] }> {
  const { blobs, index, keep } = input;
  const entries = await index.read();
  const kept = entries.filter((entry) => keep.has(entry.digest));
  if (kept.length < entries.length) await index.write(kept);
  const reachable = new Set<Digest>();
  for (const digest of keep) {
    if (!(await blobs.has(digest))) continue;
    const manifest = ociManifest.parse(JSON.parse((await blobs.get(digest)).toString("utf8")));
    for (const { digest: used } of [{ digest }, manifest.config, ...manifest.layers]) reachable.add(used);
  }
  let removed = 0;
  for await (const digest of blobs.list()) {
    if (reachable.has(digest)) continue;
    await blobs.delete(digest);
    removed++;
  }
  return {
    removed,
    dropped: entries.filter((entry) => !keep.has(entry.digest)).map((entry) => entry.digest),
  };
}
