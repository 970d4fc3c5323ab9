import type { Json } from "@/contract/json.ts";
import { type FormField, maskedSecret, type Values } from "./read-schema.ts";
import { texts } from "./texts.ts";

/** What the controls hold: numbers and JSON as text, everything else as it is. */
export function toDraft(fields: FormField[], config: Values): Values {
  return Object.fromEntries(fields.map((field) => [field.key, draftOf(field, config[field.key])]));
}

function draftOf(field: FormField, stored: unknown): unknown {
  const value = stored ?? field.default;
  switch (field.kind) {
    case "group":
      return toDraft(field.fields, isObject(value) ? value : {});
    case "switch":
      return value === true;
    case "list":
    case "choices":
      return Array.isArray(value) ? value : [];
    case "choice":
      return value;
    case "json":
      return value === undefined ? "" : JSON.stringify(value, null, 2);
    case "secret":
      if (value === undefined || typeof value === "string") return value ?? "";
      return JSON.stringify(value);
    default:
      return value === undefined ? "" : String(value);
  }
}

/** What is sent: what was left empty is left out. `errors`: by path, what could not even be read. */
export function toConfig(
  fields: FormField[],
  draft: Values,
  path = "",
): { config: Values; errors: Record<string, string> } {
  const config: Values = {};
  const errors: Record<string, string> = {};
  for (const field of fields) {
    const value = draft[field.key];
    if (field.kind === "group") {
      const inner = toConfig(field.fields, isObject(value) ? value : {}, `${path}${field.key}.`);
      Object.assign(errors, inner.errors);
      if (field.required || Object.keys(inner.config).length > 0) config[field.key] = inner.config;
    } else if (value !== "" && isJson(field, value)) {
      const parsed = parseJson(String(value));
      if (parsed === null) errors[path + field.key] = texts.notJson;
      else config[field.key] = parsed.value;
    } else {
      const read = readDraft(field, value);
      if (read !== undefined) config[field.key] = read;
    }
  }
  return { config, errors };
}

/** What turns `before` into `after` as a merge patch (RFC 7396): what is the same is left out, null takes one out. */
export function toPatch(before: Values, after: Values): Record<string, Json> {
  const patch: Values = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [old, now] = [before[key], after[key]];
    if (isObject(old) && isObject(now)) {
      const inner = toPatch(old, now);
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (JSON.stringify(old) !== JSON.stringify(now)) patch[key] = now ?? null;
  }
  return patch as Record<string, Json>;
}

/** Whether it was typed as JSON; the mask of a stored secret was not. */
function isJson(field: FormField, value: unknown): boolean {
  return (
    field.kind === "json" || (field.kind === "secret" && field.typed === "json" && value !== maskedSecret)
  );
}

function readDraft(field: FormField, value: unknown): unknown {
  if (field.kind === "list") return Array.isArray(value) ? value.filter((entry) => entry !== "") : [];
  if (value === "" || value === undefined) return undefined;
  if (field.kind === "number" || (field.kind === "secret" && field.typed === "number")) {
    const number = Number(value);
    // Sent as it is, the server says what is wrong with it.
    return Number.isFinite(number) ? number : value;
  }
  return value;
}

function parseJson(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
