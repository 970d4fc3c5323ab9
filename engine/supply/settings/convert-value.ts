import type { ConfigProblem } from "../manifest/find-config-problems.ts";

/** The value as what would be accepted, where that loses nothing; undefined where it would. */
export function convertValue(value: unknown, { types, allowed }: Pick<ConfigProblem, "types" | "allowed">) {
  if (typeof value === "object" && value !== null) return undefined;
  const same = allowed.find(
    (one) => (typeof one !== "object" || one === null) && String(one) === String(value),
  );
  if (same !== undefined) return same;
  for (const type of types) {
    const converted = convertTo(value, type);
    if (converted !== undefined) return converted;
  }
  return undefined;
}

function convertTo(value: unknown, type: string): unknown {
  if (type === "string" && (typeof value === "number" || typeof value === "boolean")) return String(value);
  if (type === "boolean" && (value === "true" || value === "false")) return value === "true";
  if (type === "array" && value !== null) return [value];
  if ((type === "number" || type === "integer") && typeof value === "string") {
    const number = Number(value);
    const isSame = String(number) === value && Number.isFinite(number);
    return isSame && (type === "number" || Number.isInteger(number)) ? number : undefined;
  }
  return undefined;
}
