import { z } from "zod";
import { type Manifest, manifestPage, manifestWidget as sdkWidget } from "../sdk/manifest/index.ts";
import { json } from "./json.ts";

/** A module's manifest with its defaults filled in. It was checked when its module was read; its JSON Schema is published. */
export const manifest = z
  .custom<Manifest>((value) => typeof value === "object" && value !== null)
  .meta({ type: "object" });

/** Described with JSON that does not refer to itself. */
export const manifestWidget = sdkWidget.extend({ config: z.record(z.string(), json).optional() });
export { manifestPage };
