import {
  entryPlace,
  isObject,
  isSecret,
  placeOf,
  propertyPlace,
  type SchemaPlace,
} from "../manifest/secret-schema.ts";
import { patternOf } from "./paths.ts";
import type { Path, Values } from "./types.ts";

/** Where secrets stand in these values: by the schema, or because they ever were one. Evaluates the schema's patterns. */
export function secretPaths(schema: unknown, values: Values, known: readonly string[]): Path[] {
  return find({ place: placeOf(schema), known }, values, []);
}

interface Search {
  place: SchemaPlace;
  known: readonly string[];
}

function find({ place, known }: Search, value: unknown, path: Path): Path[] {
  if (path.length > 0 && (isSecret(place) || known.includes(patternOf(path)))) return [path];
  if (Array.isArray(value))
    return value.flatMap((entry, i) => find({ place: entryPlace(place, i), known }, entry, [...path, i]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    find({ place: propertyPlace(place, key), known }, inner, [...path, key]),
  );
}

/** Whether the schema names it, rather than letting anything pass. */
export function describes(schema: unknown, path: Path): boolean {
  let place = placeOf(schema);
  for (const part of path) {
    if (typeof part === "number") {
      place = entryPlace(place, part);
      continue;
    }
    if (!place.parts.some((held) => names(held, part))) return false;
    place = propertyPlace(place, part);
  }
  return true;
}

function names({ properties, patternProperties }: Values, key: string): boolean {
  if (isObject(properties) && Object.hasOwn(properties, key)) return true;
  return Object.keys(isObject(patternProperties) ? patternProperties : {}).some((pattern) =>
    new RegExp(pattern, "u").test(key),
  );
}
