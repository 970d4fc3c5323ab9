import { z } from "zod";
import { GraftError } from "../../core/index.ts";
import type { NewNotification } from "./types.ts";

const key = z.string().min(1).max(100);
const newNotification = z.strictObject({
  kind: z.string().max(40),
  to: z
    .strictObject({
      users: z.array(z.uuid()).max(10_000).optional(),
      groups: z.array(z.string().max(100)).max(200).optional(),
      everyone: z.literal(true).optional(),
    })
    .refine((to) => to.users ?? to.groups ?? to.everyone, "name users, groups or everyone"),
  except: z.array(z.string()).max(10_000).optional(),
  title: z.string().trim().min(1).max(120),
  body: z.string().trim().max(500).optional(),
  path: z
    .string()
    .max(300)
    .regex(/^\/(?!\/)[^\\\s]*$/, "must start with one / and hold no spaces or backslashes")
    .refine((path) => !path.split(/[/?#]/).includes(".."), "must not hold .. segments")
    .optional(),
  key: key.optional(),
});

const retraction = z.strictObject({ key, users: z.array(z.uuid()).max(10_000).optional() });

/** @throws INVALID_INPUT with `details.fieldErrors` */
export function readNotification(input: unknown): NewNotification {
  return read(newNotification, input, "notification");
}

/** @throws INVALID_INPUT */
export function readRetraction(input: unknown): { key: string; users: string[] | null } {
  const { key: given, users = null } = read(retraction, input, "body");
  return { key: given, users };
}

function read<T>(schema: z.ZodType<T>, input: unknown, what: string): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fieldErrors: Record<string, string[]> = {};
  for (const { path, message } of parsed.error.issues) {
    const field = path.map(String).join(".") || what;
    fieldErrors[field] = [...(fieldErrors[field] ?? []), message];
  }
  const text = Object.entries(fieldErrors).map(([field, errors]) => `${field}: ${errors.join(", ")}`);
  throw new GraftError("INVALID_INPUT", `The ${what} is not accepted. ${text.join("; ")}.`, {
    hint: "docs/modules.md describes what a notification holds.",
    details: { fieldErrors },
  });
}
