import { z } from "zod";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

// Checked by hand: zod's own schema is recursive and would make the API's description refer to itself.
export const json = z.unknown().pipe(z.custom<Json>((value) => isJson(value, 0), "must be JSON"));

// Deeper than anybody writes, and far from where recursion would end in an error of its own.
const depthMax = 100;

function isJson(value: unknown, depth: number): boolean {
  if (value === null || typeof value === "boolean" || typeof value === "string") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || depth > depthMax) return false;
  if (Array.isArray(value)) return value.every((part) => isJson(part, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    (prototype === Object.prototype || prototype === null) &&
    Object.values(value).every((part) => isJson(part, depth + 1))
  );
}

/** A flag as flagd defines it; whether its parts fit together is the engine's to say. */
export const flagDefinition = z.strictObject({
  state: z.enum(["ENABLED", "DISABLED"]),
  variants: z.record(z.string().min(1).max(100), json),
  defaultVariant: z.string().nullable().optional(),
  targeting: z.record(z.string(), json).optional(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});

export const flagDescription = z.string().trim().max(300);
