import { followRef, isObject } from "../manifest/secret-schema.ts";
import type { Values } from "./types.ts";

/** Objects that a schema makes of nothing; references can multiply without end. */
const objectsMax = 2000;

/**
 * The settings with the `default` of everything that is not set, also inside objects that are not there, unless these
 * need something that has none. Looks at what always applies (`properties`, `items`, `$ref`, `allOf`), evaluates no pattern.
 */
export function fillDefaults(schema: unknown, values: Values): Values {
  return fill({ root: schema, left: objectsMax }, partsOf(schema, schema), values);
}

interface Filling {
  root: unknown;
  left: number;
}

function fill(filling: Filling, parts: readonly Values[], values: Values): Values {
  if (filling.left-- <= 0) return values;
  const filled: Values = { ...values };
  for (const [key, schema] of parts.flatMap(({ properties }) => Object.entries(objectOf(properties)))) {
    if (key === "__proto__") continue;
    const value = fillProperty(filling, schema, Object.hasOwn(filled, key) ? filled[key] : undefined);
    if (value !== undefined) filled[key] = value;
  }
  return filled;
}

function fillProperty(filling: Filling, schema: unknown, set: unknown): unknown {
  const parts = partsOf(filling.root, schema);
  const value = set ?? structuredClone(parts.find((part) => part.default !== undefined)?.default);
  // Null is a value.
  if (set === null) return null;
  if (isObject(value)) return fill(filling, parts, value);
  if (Array.isArray(value))
    return value.map((entry) =>
      isObject(entry)
        ? fill(
            filling,
            parts.flatMap(({ items }) => partsOf(filling.root, items)),
            entry,
          )
        : entry,
    );
  if (value !== undefined || !parts.some(({ properties }) => isObject(properties))) return value;
  const made = fill(filling, parts, {});
  const needed = parts.flatMap(({ required }) => (Array.isArray(required) ? required : []));
  return Object.keys(made).length > 0 && needed.every((key) => Object.hasOwn(made, key)) ? made : undefined;
}

/** A schema with what it refers to and always joins, each once. */
function partsOf(root: unknown, schema: unknown, found: Values[] = []): Values[] {
  if (!isObject(schema) || found.includes(schema)) return found;
  found.push(schema);
  if (typeof schema.$ref === "string") partsOf(root, followRef(root, schema.$ref), found);
  if (Array.isArray(schema.allOf)) for (const one of schema.allOf) partsOf(root, one, found);
  return found;
}

const objectOf = (value: unknown): Values => (isObject(value) ? value : {});
