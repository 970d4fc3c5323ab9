import { createHash } from "node:crypto";
import { access, mkdir, readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { type Digest, GraftError } from "../../core/index.ts";
import { digestPattern } from "./oci.ts";
import type { BlobStore } from "./types.ts";
import { writeFileAtomically } from "./write-file.ts";

export function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

export interface FsBlobStore extends BlobStore {
  /** Absolute path of a blob, whether or not it is there. */
  path(digest: Digest): string;
}

/** Blobs of an OCI image layout at `dir`: `blobs/sha256/<hex>`. */
export function createFsBlobStore(dir: string, temporaryDir: string): FsBlobStore {
  const blobsDir = join(dir, "blobs", "sha256");

  function path(digest: Digest): string {
    // A digest may come from a URL or a row: only its exact form may become a path.
    if (!digestPattern.test(digest))
      throw new GraftError("INVALID_INPUT", `${JSON.stringify(digest)} is not a SHA-256 digest.`);
    return join(blobsDir, digest.slice("sha256:".length));
  }

  async function read(digest: Digest): Promise<Buffer | null> {
    try {
      return await readFile(path(digest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw error;
    }
  }

  return {
    path,

    async put(bytes) {
      const digest = digestOf(bytes);
      const present = await read(digest);
      // A damaged blob is replaced by good bytes instead of being trusted by its name.
      if (present && digestOf(present) === digest) {
        // So that a collection that is going on sees that it is wanted again.
        const now = new Date();
        await utimes(path(digest), now, now).catch(() => {});
        return digest;
      }
      for (const folder of [blobsDir, temporaryDir]) await mkdir(folder, { recursive: true });
      await writeFileAtomically(path(digest), bytes, temporaryDir);
      return digest;
    },

    async get(digest) {
      const bytes = await read(digest);
      if (!bytes)
        throw new GraftError("BLOB_MISSING", `The store has no blob ${digest}.`, {
          hint: "Add the module to a catalog again; listing the catalog restores its files.",
          details: { digest },
        });
      const actual = digestOf(bytes);
      if (actual !== digest)
        throw new GraftError(
          "DIGEST_MISMATCH",
          `Blob ${digest} was changed on disk: it now hashes to ${actual}.`,
          {
            hint: "The file was damaged or tampered with. List the catalog again to restore it from its source.",
            details: { digest, actual, path: path(digest) },
          },
        );
      return bytes;
    },

    async has(digest) {
      const target = path(digest);
      return access(target).then(
        () => true,
        () => false,
      );
    },

    async stat(digest) {
      const found = await stat(path(digest)).catch(() => null);
      return found && { bytes: found.size, putAt: found.mtime };
    },

    async delete(digest) {
      await rm(path(digest), { force: true });
    },

    async *list() {
      for (const name of await readdir(blobsDir).catch(() => [])) {
        const digest: Digest = `sha256:${name}`;
        if (digestPattern.test(digest)) yield digest;
      }
    },
  };
}
