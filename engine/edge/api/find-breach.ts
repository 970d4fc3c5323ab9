import { isDeepStrictEqual } from "node:util";
import { z } from "zod";

/** What of a value, as JSON, is not as its contract says: wrong, missing, or nowhere named. Null: it keeps it. */
export function findBreach(contract: z.ZodType, value: unknown): string | null {
  if (value === undefined) return "There is no value.";
  const sent: unknown = JSON.parse(JSON.stringify(value));
  const parsed = contract.safeParse(sent);
  if (!parsed.success) return z.prettifyError(parsed.error);
  // zod leaves out what a schema does not name.
  const unnamed = differences(sent, parsed.data);
  return unnamed.length === 0 ? null : `It says nothing of ${unnamed.join(", ")}.`;
}

function differences(sent: unknown, named: unknown, at = ""): string[] {
  if (isDeepStrictEqual(sent, named)) return [];
  if (!isObject(sent) || !isObject(named)) return [at];
  const keys = new Set([...Object.keys(sent), ...Object.keys(named)]);
  return [...keys].flatMap((key) => differences(sent[key], named[key], at === "" ? key : `${at}.${key}`));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
