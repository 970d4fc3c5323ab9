import { z } from "zod";
import { moduleNameLengthMax, moduleTypes } from "../sdk/manifest/names.ts";

/**
 * A module by name, in something asked for. Its pattern is not checked: an unknown name is answered with those that
 * come near it, which is more help than a rule about letters.
 */
export const moduleName = z.string().min(1).max(moduleNameLengthMax);
export const moduleVersion = z.string().max(60);
export const moduleType = z.enum(moduleTypes);
export type ModuleType = z.infer<typeof moduleType>;

/** `sha256:` followed by 64 lower-case hex digits (OCI image spec, descriptor digest). */
export const digest = z.templateLiteral(["sha256:", z.string().regex(/^[0-9a-f]{64}$/)]);
export type Digest = z.infer<typeof digest>;

/** A module (`polls`) or one of its widgets (`polls/vote`). */
export const accessTarget = z.string().min(1).max(90);

export const groupKey = z.string().min(1).max(40);

/** ISO 8601, as `Date.toISOString` writes it. */
export const time = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), "must be a date with a time")
  .meta({ format: "date-time" });
