import { join, resolve } from "node:path";
import type { Manifest } from "../../../sdk/manifest/index.ts";
import { type Digest, GraftError, isGraftError } from "../../core/index.ts";
import { parseManifest } from "../manifest/index.ts";
import { buildOciManifest } from "./build-oci-manifest.ts";
import { collectGarbage } from "./collect-garbage.ts";
import { createFsBlobStore } from "./fs-blob-store.ts";
import { addEntry, createIndexFile } from "./index-file.ts";
import { artifactType, ociManifest, refNameAnnotation, titleAnnotation } from "./oci.ts";
import type { ModuleStore, StoredFile, StoredModule } from "./types.ts";
import { withLock } from "./with-lock.ts";

/**
 * Modules in an OCI image layout at `dir`, created on the first write. Safe for several processes: writers take turns
 * under a lock file, readers need none because every file appears by rename.
 */
export function createModuleStore(dir: string): ModuleStore {
  const root = resolve(dir);
  const temporaryDir = join(root, ".tmp");
  const lockPath = join(root, ".lock");
  const blobs = createFsBlobStore(root, temporaryDir);
  const index = createIndexFile(root, temporaryDir);
  const cache = new Map<Digest, StoredModule>();
  let prepared: Promise<void> | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  /** One writer at a time in this process, then the lock file against others. */
  function exclusively<T>(task: () => Promise<T>): Promise<T> {
    const result = queue.then(async () => {
      prepared ??= index.prepare();
      await prepared.catch((error: unknown) => {
        prepared = null;
        throw error;
      });
      return withLock(lockPath, task);
    });
    queue = result.catch(() => {});
    return result;
  }

  async function putModule(files: Record<string, Uint8Array>, manifest: Manifest): Promise<StoredModule> {
    const oci = buildOciManifest(files, manifest);
    return exclusively(async () => {
      await Promise.all([...oci.files.values()].map((bytes) => blobs.put(bytes)));
      const digest = await blobs.put(oci.bytes);
      const entries = await index.read();
      const refName = `${manifest.name}:${manifest.version}`;
      if (
        !entries.some(
          (entry) => entry.digest === digest && entry.annotations?.[refNameAnnotation] === refName,
        )
      )
        await index.write(addEntry(entries, { digest, size: oci.bytes.length, refName }));
      return load(digest);
    });
  }

  async function load(digest: Digest): Promise<StoredModule> {
    const cached = cache.get(digest);
    if (cached) return cached;
    const oci = ociManifest.safeParse(parseJson(await blobs.get(digest)));
    if (!oci.success)
      throw new GraftError("BLOB_MISSING", `${digest} is not a module of type ${artifactType}.`, {
        details: { digest },
      });
    const files: Record<string, StoredFile> = {};
    for (const layer of oci.data.layers) {
      const path = layer.annotations?.[titleAnnotation];
      if (path !== undefined)
        files[path] = { digest: layer.digest, size: layer.size, mediaType: layer.mediaType };
    }
    const module: StoredModule = {
      digest,
      manifest: parseManifest(await blobs.get(oci.data.config.digest)),
      files,
      size: oci.data.layers.reduce((sum, layer) => sum + layer.size, 0),
    };
    cache.set(digest, module);
    return module;
  }

  async function readFile(digest: Digest, path: string): Promise<Buffer> {
    const module = await load(digest);
    const file = Object.hasOwn(module.files, path) ? module.files[path] : undefined;
    if (!file)
      throw new GraftError(
        "MODULE_FILE_MISSING",
        `${module.manifest.name} ${module.manifest.version} has no file ${path}.`,
        {
          details: { module: module.manifest.name, digest, path },
        },
      );
    return readBlobOf(module, path, file);
  }

  /** A damaged file is reported by the name an administrator knows, not by its hash alone. */
  async function readBlobOf(module: StoredModule, path: string, file: StoredFile): Promise<Buffer> {
    try {
      return await blobs.get(file.digest);
    } catch (error) {
      if (!isGraftError(error)) throw error;
      const { name, version } = module.manifest;
      throw new GraftError(error.code, `${path} of ${name} ${version}: ${error.message}`, {
        ...(error.hint === undefined ? {} : { hint: error.hint }),
        details: { ...error.details, module: name, version, file: path },
        cause: error,
      });
    }
  }

  return {
    blobs,
    putModule,
    getModule: load,
    readFile,
    hasModule: (digest) => (cache.has(digest) ? Promise.resolve(true) : blobs.has(digest)),
    blobPath: blobs.path,
    async listModules() {
      const entries = await index.read();
      return Promise.all(
        entries.filter((entry) => entry.artifactType === artifactType).map((entry) => load(entry.digest)),
      );
    },
    async verifyModule(digest) {
      cache.delete(digest);
      const module = await load(digest);
      for (const [path, file] of Object.entries(module.files)) await readBlobOf(module, path, file);
    },
    collectGarbage: (keep, { writtenBefore } = {}) =>
      exclusively(async () => {
        const collected = await collectGarbage({ blobs, index, keep, writtenBefore });
        for (const digest of collected.modules) cache.delete(digest);
        return collected;
      }),
  };
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return null;
  }
}
