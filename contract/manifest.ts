import { z } from "zod";
import type { Manifest, ManifestPage, ManifestWidget } from "../sdk/manifest/schema.ts";
import { json } from "./json.ts";

/** A module's manifest with its defaults filled in. It was checked when its module was read; its JSON Schema is published. */
export const manifest = z
  .custom<Manifest>((value) => typeof value === "object" && value !== null)
  .meta({ type: "object" });

export const manifestPage = z.object({
  path: z.string(),
  title: z.string(),
  entry: z.string(),
  icon: z.string().optional(),
  badge: z.string().optional(),
}) satisfies z.ZodType<ManifestPage>;

export const manifestWidget = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string().optional(),
  /** Its own page; absent: the host draws `view`. */
  entry: z.string().optional(),
  view: z
    .object({
      kind: z.enum(["list", "figures", "chart", "table", "markdown"]),
      endpoint: z.string(),
      refreshSeconds: z.int(),
    })
    .optional(),
  size: z.object({ w: z.int(), h: z.int() }),
  /** JSON Schema of an instance's configuration. */
  config: z.record(z.string(), json).optional(),
}) satisfies z.ZodType<ManifestWidget>;
