import { z } from "zod";
import type { Digest } from "../../core/index.ts";

/** Media types and shapes of the OCI image specification 1.1 that the layout uses. */
export const artifactType = "application/vnd.graft.module.v1+json";
export const configMediaType = "application/vnd.graft.module.config.v1+json";
export const manifestMediaType = "application/vnd.oci.image.manifest.v1+json";
export const indexMediaType = "application/vnd.oci.image.index.v1+json";
export const titleAnnotation = "org.opencontainers.image.title";
export const refNameAnnotation = "org.opencontainers.image.ref.name";

export const digestPattern = /^sha256:[0-9a-f]{64}$/;
const digest = z.custom<Digest>((value) => typeof value === "string" && digestPattern.test(value));
const descriptor = z.object({
  mediaType: z.string(),
  artifactType: z.string().optional(),
  digest,
  size: z.number().int().min(0),
  annotations: z.record(z.string(), z.string()).optional(),
});
export type Descriptor = z.infer<typeof descriptor>;

export const ociManifest = z.object({
  schemaVersion: z.literal(2),
  mediaType: z.literal(manifestMediaType),
  artifactType: z.literal(artifactType),
  config: descriptor,
  layers: z.array(descriptor),
});
export type OciManifest = z.infer<typeof ociManifest>;

export const ociIndex = z.object({
  schemaVersion: z.literal(2),
  mediaType: z.literal(indexMediaType).optional(),
  manifests: z.array(descriptor),
});
export type OciIndex = z.infer<typeof ociIndex>;

/** JSON with sorted keys: the same value gives the same bytes, so the same files give the same digest. */
export function canonicalJson(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value, sortKeys));
}

function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
