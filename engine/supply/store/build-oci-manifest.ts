import { isDeepStrictEqual } from "node:util";
import { isInsideModule, type Manifest } from "../../../sdk/manifest/index.ts";
import { GraftError } from "../../core/index.ts";
import { parseManifest } from "../manifest/index.ts";
import { digestOf } from "./fs-blob-store.ts";
import { mediaTypeOf } from "./media-type.ts";
import {
  artifactType,
  canonicalJson,
  configMediaType,
  manifestMediaType,
  type OciManifest,
  titleAnnotation,
} from "./oci.ts";

export const manifestFile = "module.json";

/**
 * The OCI manifest of a module and the blobs it refers to. Pure: the same files give the same bytes.
 * @throws INVALID_INPUT for a path that could leave the module, MANIFEST_INVALID when `module.json` says otherwise
 * than `manifest`
 */
export function buildOciManifest(
  files: Record<string, Uint8Array>,
  manifest: Manifest,
): { bytes: Buffer; files: Map<string, Uint8Array> } {
  const all = new Map(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  for (const path of all.keys())
    if (!isInsideModule(path))
      throw new GraftError("INVALID_INPUT", `${JSON.stringify(path)} is not a path inside the module.`, {
        hint: "Use relative paths with / and without . or .. segments.",
        details: { path },
      });
  const config = all.get(manifestFile) ?? canonicalJson(manifest);
  if (!isDeepStrictEqual(parseManifest(config), manifest))
    throw new GraftError(
      "MANIFEST_INVALID",
      `module.json of ${manifest.name} differs from the manifest given.`,
      {
        details: { module: manifest.name },
      },
    );
  all.set(manifestFile, config);
  const oci: OciManifest = {
    schemaVersion: 2,
    mediaType: manifestMediaType,
    artifactType,
    config: { mediaType: configMediaType, digest: digestOf(config), size: config.length },
    layers: [...all]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, bytes]) => ({
        mediaType: mediaTypeOf(path),
        digest: digestOf(bytes),
        size: bytes.length,
        annotations: { [titleAnnotation]: path },
      })),
  };
  return { bytes: canonicalJson(oci), files: all };
}
