import { mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Digest, GraftError } from "../../core/index.ts";
import {
  artifactType,
  canonicalJson,
  type Descriptor,
  indexMediaType,
  manifestMediaType,
  type OciIndex,
  ociIndex,
  refNameAnnotation,
} from "./oci.ts";
import { writeFileAtomically } from "./write-file.ts";

const temporaryAgeMsMax = 60 * 60 * 1000;

/** `oci-layout` and `index.json`. Callers hold the layout's lock for {@link IndexFile.write}. */
export interface IndexFile {
  read(): Promise<Descriptor[]>;
  write(manifests: Descriptor[]): Promise<void>;
  /** Makes the folders and files of an empty layout, and removes what a crash left behind. */
  prepare(): Promise<void>;
}

export function createIndexFile(dir: string, temporaryDir: string): IndexFile {
  const path = join(dir, "index.json");

  async function write(manifests: Descriptor[]): Promise<void> {
    const index: OciIndex = { schemaVersion: 2, mediaType: indexMediaType, manifests };
    await writeFileAtomically(path, canonicalJson(index), temporaryDir);
  }

  async function read(): Promise<Descriptor[]> {
    let text: string;
    try {
      text = await readFile(path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
    try {
      return ociIndex.parse(JSON.parse(text)).manifests;
    } catch (cause) {
      throw new GraftError("DIGEST_MISMATCH", `${path} is not the index of an OCI image layout.`, {
        hint: "Remove the file; listing the catalogs writes it anew. No module data is lost by that.",
        details: { path },
        cause,
      });
    }
  }

  async function prepare(): Promise<void> {
    await mkdir(join(dir, "blobs", "sha256"), { recursive: true });
    await mkdir(temporaryDir, { recursive: true });
    await removeAbandoned(temporaryDir);
    const layout = join(dir, "oci-layout");
    const present = await stat(layout).catch(() => null);
    if (!present)
      await writeFileAtomically(layout, canonicalJson({ imageLayoutVersion: "1.0.0" }), temporaryDir);
  }

  return { read, write, prepare };
}

async function removeAbandoned(temporaryDir: string): Promise<void> {
  for (const name of await readdir(temporaryDir)) {
    const path = join(temporaryDir, name);
    const info = await stat(path).catch(() => null);
    // Another process may be writing a young one this very moment.
    if (info && Date.now() - info.mtimeMs > temporaryAgeMsMax) await rm(path, { force: true });
  }
}

/**
 * The index entries with one module added. A name and version that already stands for other bytes (an author's
 * rebuild) passes its reference name on: the newest owns `name:version`, older ones get their digest appended.
 */
export function addEntry(
  entries: Descriptor[],
  added: { digest: Digest; size: number; refName: string },
): Descriptor[] {
  const others = entries
    .filter((entry) => entry.digest !== added.digest)
    .map((entry) => {
      if (entry.annotations?.[refNameAnnotation] !== added.refName) return entry;
      const refName = `${added.refName}@${entry.digest.slice(7, 19)}`;
      return { ...entry, annotations: { ...entry.annotations, [refNameAnnotation]: refName } };
    });
  const entry: Descriptor = {
    mediaType: manifestMediaType,
    artifactType,
    digest: added.digest,
    size: added.size,
    annotations: { [refNameAnnotation]: added.refName },
  };
  return [...others, entry].sort((a, b) => (a.digest < b.digest ? -1 : 1));
}
