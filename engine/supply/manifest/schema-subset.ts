import type { Finding } from "./describe-issue.ts";
import { isObject } from "./secret-schema.ts";

type Schema = Record<string, unknown>;

/** Of JSON Schema 2020-12; docs/modules.md states it. */
const [charsMax, schemasMax, evaluatedMax, patternCharsMax] = [64 * 1024, 2000, 20_000, 500];
const refused = new Map([
  ["$async", "makes every answer a promise"],
  ["$dynamicRef", "cannot be followed ahead"],
  ["$dynamicAnchor", "belongs to $dynamicRef"],
  ["$recursiveRef", "cannot be followed ahead"],
  ["$recursiveAnchor", "belongs to $recursiveRef"],
  ["$vocabulary", "is for meta-schemas"],
  ["$anchor", "is not needed: refer to #/$defs/…"],
]);
const one = [
  ...[
    "additionalProperties",
    "propertyNames",
    "unevaluatedProperties",
    "unevaluatedItems",
    "items",
    "contains",
  ],
  ...["not", "if", "then", "else"],
];
const many = ["allOf", "anyOf", "oneOf", "prefixItems"];
const named = ["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"];
/** Nothing is evaluated because it stands there. */
const shelves = new Set(["$defs", "definitions"]);
/** Held against the same value, not against a part of it. */
const inPlace = new Set(["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"]);

/** What a schema has that Graft does not take, in steps that its size bounds. Neither compiles nor runs a pattern. */
export function findSchemaProblems(path: PropertyKey[], schema: Schema): Finding[] {
  if (JSON.stringify(schema).length > charsMax)
    return [{ path, message: `is larger than ${charsMax / 1024} KB` }];
  const found: Finding[] = [];
  const all = collect(path, schema);
  if (all.length > schemasMax) return [{ path, message: `has more than ${schemasMax} schemas in it` }];
  for (const [i, each] of all.entries()) found.push(...checkOne(schema, each, i === 0));
  return found.length > 0 ? found.slice(0, 10) : checkCost(path, schema);
}

interface Placed {
  path: PropertyKey[];
  schema: Schema;
}

function collect(path: PropertyKey[], root: Schema): Placed[] {
  const all: Placed[] = [{ path, schema: root }];
  for (let i = 0; i < all.length && all.length <= schemasMax; i++) {
    const { path: at, schema } = all[i] as Placed;
    for (const [keys, inner] of schemasIn(schema)) all.push({ path: [...at, ...keys], schema: inner });
  }
  return all;
}

function schemasIn(schema: Schema): [PropertyKey[], Schema][] {
  const inner: [PropertyKey[], unknown][] = [
    ...one.map((key): [PropertyKey[], unknown] => [[key], schema[key]]),
    ...many.flatMap((key) =>
      listOf(schema[key]).map((each, i): [PropertyKey[], unknown] => [[key, i], each]),
    ),
    ...named.flatMap((key) =>
      Object.entries(isObject(schema[key]) ? schema[key] : {}).map(
        ([name, each]): [PropertyKey[], unknown] => [[key, name], each],
      ),
    ),
  ];
  return inner.filter((each): each is [PropertyKey[], Schema] => isObject(each[1]));
}

function checkOne(root: Schema, { path, schema }: Placed, isRoot: boolean): Finding[] {
  const found: Finding[] = [];
  const refuse = (key: string, message: string) => found.push({ path: [...path, key], message });
  for (const [key, reason] of refused)
    if (Object.hasOwn(schema, key)) refuse(key, `is not taken: it ${reason}`);
  if (!isRoot && schema.$id !== undefined) refuse("$id", "is taken at the top alone");
  if (schema.$ref !== undefined && follow(root, schema.$ref) === null)
    refuse("$ref", "must point to a schema in this document, as #/$defs/… does");
  const patterns = [
    schema.pattern,
    ...Object.keys(isObject(schema.patternProperties) ? schema.patternProperties : {}),
  ];
  for (const pattern of patterns)
    if (typeof pattern === "string" && pattern.length > patternCharsMax)
      refuse(
        pattern === schema.pattern ? "pattern" : "patternProperties",
        `is longer than ${patternCharsMax} characters`,
      );
  return found;
}

/**
 * How many schemas one value would be held against, each reference followed anew: `allOf` of twice the same reference
 * doubles with every level. A schema within itself counts once; the value's own depth bounds that.
 */
function checkCost(path: PropertyKey[], root: Schema): Finding[] {
  const costs = new Map<Schema, number>();
  /** How far below the value each schema that is being counted stands. */
  const open = new Map<Schema, number>();
  let loops = false;
  const cost = (schema: Schema, level: number): number => {
    const known = costs.get(schema);
    if (known !== undefined) return known;
    if (open.has(schema)) {
      loops ||= open.get(schema) === level;
      return 1;
    }
    open.set(schema, level);
    let sum = 1;
    const target = schema.$ref === undefined ? null : follow(root, schema.$ref);
    if (target !== null) sum += cost(target, level);
    for (const [[key], inner] of schemasIn(schema))
      if (!shelves.has(String(key)))
        sum = Math.min(sum + cost(inner, inPlace.has(String(key)) ? level : level + 1), evaluatedMax + 1);
    open.delete(schema);
    costs.set(schema, sum);
    return sum;
  };
  const total = cost(root, 0);
  if (loops) return [{ path, message: "holds a $ref that leads back to itself for the same value" }];
  if (total <= evaluatedMax) return [];
  return [
    {
      path,
      message: `would hold a value against more than ${evaluatedMax} schemas`,
      hint: "A $ref that is followed twice on every level doubles with each; refer to a schema once.",
    },
  ];
}

function follow(root: Schema, ref: unknown): Schema | null {
  if (typeof ref !== "string" || !/^#(\/|$)/.test(ref)) return null;
  let found: unknown = root;
  for (const part of ref.slice(1).split("/").slice(1)) {
    const key = decodePart(part);
    found =
      key !== null && typeof found === "object" && found !== null && Object.hasOwn(found, key)
        ? (found as Schema)[key]
        : undefined;
  }
  // `true` and `false` are schemas too.
  if (typeof found === "boolean") return {};
  return isObject(found) ? found : null;
}

function decodePart(part: string): string | null {
  try {
    return decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
  } catch {
    return null;
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
