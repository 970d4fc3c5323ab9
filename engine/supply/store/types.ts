import type { Manifest } from "../../../sdk/manifest/index.ts";
import type { Digest } from "../../core/index.ts";

/** Content-addressed bytes. Two implementations to come: the local layout, an OCI registry. */
export interface BlobStore {
  /** Idempotent; crash-safe (temporary file, fsync, rename). */
  put(bytes: Uint8Array): Promise<Digest>;
  /** Verified against its digest on each load. @throws BLOB_MISSING, DIGEST_MISMATCH */
  get(digest: Digest): Promise<Buffer>;
  has(digest: Digest): Promise<boolean>;
  /** Its bytes, and when it was last put, also when it was there already; null when it is not there. */
  stat(digest: Digest): Promise<{ bytes: number; putAt: Date } | null>;
  delete(digest: Digest): Promise<void>;
  list(): AsyncIterable<Digest>;
}

export interface StoredFile {
  digest: Digest;
  /** Bytes. */
  size: number;
  mediaType: string;
}

/** A module in the store: an OCI image manifest whose layers are its files, one blob each. */
export interface StoredModule {
  /** Digest of the OCI manifest; identifies the module. */
  digest: Digest;
  manifest: Manifest;
  /** By path inside the module. */
  files: Record<string, StoredFile>;
  /** Bytes of all files. */
  size: number;
}

export interface ModuleStore {
  blobs: BlobStore;
  /** Writes every file, the OCI config and manifest, and the index entry. Deterministic: same files, same digest. */
  putModule(files: Record<string, Uint8Array>, manifest: Manifest): Promise<StoredModule>;
  /** Cached after the first verified read. @throws BLOB_MISSING, DIGEST_MISMATCH */
  getModule(digest: Digest): Promise<StoredModule>;
  hasModule(digest: Digest): Promise<boolean>;
  /** Verified bytes of one file. @throws MODULE_FILE_MISSING, BLOB_MISSING, DIGEST_MISMATCH */
  readFile(digest: Digest, path: string): Promise<Buffer>;
  /** Absolute path of a blob on this machine, for the runtime; the reader verifies what it loads. */
  blobPath(digest: Digest): string;
  listModules(): Promise<StoredModule[]>;
  /** Checks every blob of a module. @throws BLOB_MISSING, DIGEST_MISMATCH naming the file */
  verifyModule(digest: Digest): Promise<void>;
  /**
   * Removes index entries not in `keep` and every blob nothing refers to; with `writtenBefore` only what was last put
   * before that.
   */
  collectGarbage(keep: ReadonlySet<Digest>, options?: { writtenBefore?: Date }): Promise<Collected>;
}

/** What was removed from the store. */
export interface Collected {
  blobs: number;
  bytes: number;
  modules: Digest[];
}
