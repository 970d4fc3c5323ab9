import { z } from "zod";
import { GraftError } from "../core/index.ts";

const name = z.string().trim().min(1, "must not be empty").max(100, "must have at most 100 characters");
const email = z.string().trim().toLowerCase().max(254).pipe(z.email("must be an e-mail address"));
const role = z.enum(["administrator", "operator", "member"]);
const groupKey = z
  .string()
  .max(40)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "use lower-case letters, digits and single dashes");
const locale = z.string().refine(isLocale, "must be a language tag such as en-GB");
const timeZone = z.string().refine(isTimeZone, "must be a time zone such as Europe/Vienna");
const description = z.string().trim().max(300, "must have at most 300 characters");

export const newUser = z.object({ name, email, role, groups: z.array(groupKey).max(200) });
export const firstUser = z.object({ name, email });
export const userPatch = z.object({
  name: name.optional(),
  role: role.optional(),
  groups: z.array(groupKey).max(200).optional(),
  locale: locale.nullable().optional(),
  timeZone: timeZone.nullable().optional(),
});
export const newGroup = z.object({ key: groupKey, name, description: description.default("") });
export const groupPatch = z.object({
  name: name.optional(),
  description: description.optional(),
  members: z.array(z.uuid()).optional(),
});
export const newToken = z.object({
  userId: z.uuid(),
  name,
  expiresAt: z.iso.datetime({ offset: true }).nullable().optional(),
});
export const displayName = name;

/** @throws INVALID_INPUT naming every wrong field in `details.fieldErrors` */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fieldErrors: Record<string, string[]> = {};
  for (const issue of parsed.error.issues) {
    const field = issue.path.join(".") || "input";
    fieldErrors[field] = [...(fieldErrors[field] ?? []), issue.message];
  }
  const text = Object.entries(fieldErrors).map(([field, errors]) => `${field} ${errors.join(", ")}`);
  throw new GraftError("INVALID_INPUT", `Not accepted: ${text.join("; ")}.`, { details: { fieldErrors } });
}

/** `Editorial staff` becomes `editorial-staff`; empty when the name has no usable letter. */
export function keyFromName(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 40)
    .replace(/-+$/, "");
}

function isLocale(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
