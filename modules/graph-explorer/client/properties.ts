import type { Properties } from "./api.ts";

/** A property as a person edits it. */
export interface PropertyRow {
  key: string;
  text: string;
}

/** Text stands as it is; anything else, and text that would be read as something else, as JSON. */
export function toRows(properties: Properties): PropertyRow[] {
  return Object.entries(properties).map(([key, value]) => ({
    key,
    text: typeof value === "string" && readValue(value) === value ? value : JSON.stringify(value),
  }));
}

/** Rows without a key and text are left out. @throws an Error for a key that is missing or stands twice */
export function fromRows(rows: PropertyRow[]): Properties {
  const properties = new Map<string, unknown>();
  for (const { key, text } of rows) {
    const name = key.trim();
    if (name === "" && text.trim() === "") continue;
    if (name === "") throw new Error(`Name the property with the value "${text.trim()}".`);
    if (properties.has(name)) throw new Error(`The property "${name}" is there twice.`);
    properties.set(name, readValue(text));
  }
  return Object.fromEntries(properties);
}

/** `1815` is a number, `true` a boolean, `["a"]` a list; what is not JSON is text. */
function readValue(text: string): unknown {
  const trimmed = text.trim();
  if (!/^(-?\d|\{|\[|"|true$|false$|null$)/.test(trimmed)) return trimmed;
  try {
    return JSON.parse(trimmed);
  } catch {
    return trimmed;
  }
}

/** For reading: text without quotes. */
export function showValue(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
