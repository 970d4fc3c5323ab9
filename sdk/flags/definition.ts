import { z } from "zod";

type Json = z.infer<ReturnType<typeof z.json>>;
// What is checked has been parsed as JSON; the recursive schema would only make the API's description refer to itself.
export const json = z.unknown() as unknown as z.ZodType<Json>;

/** A flag as flagd defines it; whether its parts fit together is the engine's to say. */
export const flagDefinition = z.strictObject({
  state: z.enum(["ENABLED", "DISABLED"]),
  variants: z.record(z.string().min(1).max(100), json),
  defaultVariant: z.string().nullable().optional(),
  targeting: z.record(z.string(), json).optional(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});

export const flagDescription = z.string().trim().max(300);
