import type { z } from "zod";
import { GraftError } from "./errors.ts";

/**
 * What was sent, as its schema wants it.
 * @param what for the message: "The token is not accepted."
 * @throws INVALID_INPUT naming every wrong field in the message and in `details.fieldErrors`
 */
export function parseInput<T>(
  schema: z.ZodType<T>,
  input: unknown,
  { what, hint }: { what: string; hint?: string },
): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fieldErrors: Record<string, string[]> = {};
  for (const { path, message } of parsed.error.issues) {
    const field = path.map(String).join(".") || what;
    fieldErrors[field] = [...(fieldErrors[field] ?? []), message];
  }
  const text = Object.entries(fieldErrors).map(([field, errors]) => `${field}: ${errors.join(", ")}`);
  throw new GraftError("INVALID_INPUT", `The ${what} is not accepted. ${text.join("; ")}.`, {
    ...(hint === undefined ? {} : { hint }),
    details: { fieldErrors },
  });
}
