type Values = Record<string, unknown>;

/** The parts of a JSON Schema that say something about one value, with the document their `$ref` point into. */
export interface SchemaPlace {
  root: unknown;
  parts: readonly Values[];
}

const branches = ["allOf", "anyOf", "oneOf"];
const conditions = ["if", "then", "else"];

export function placeOf(root: unknown): SchemaPlace {
  return { root, parts: expand(root, root) };
}

/** Whether any part says so: where a branch decides, it is masked rather than shown. */
export function isSecret({ parts }: SchemaPlace): boolean {
  return parts.some(saysSecret);
}

/** Whether there is a secret anywhere in what the schema describes. */
export function hasSecrets(schema: unknown): boolean {
  if (typeof schema !== "object" || schema === null) return false;
  return saysSecret(schema as Values) || Object.values(schema).some(hasSecrets);
}

/** Graft's own word for it, and JSON Schema's: of any type, and with all that is in it. */
function saysSecret({ format, writeOnly }: Values): boolean {
  return format === "secret" || writeOnly === true;
}

export function propertyPlace({ root, parts }: SchemaPlace, key: string): SchemaPlace {
  const found: Values[] = [];
  for (const part of parts) for (const schema of propertyOf(part, key)) expand(root, schema, found);
  return { root, parts: found };
}

export function entryPlace({ root, parts }: SchemaPlace, index: number): SchemaPlace {
  const found: Values[] = [];
  for (const { prefixItems, items, contains } of parts) {
    expand(
      root,
      Array.isArray(prefixItems) && index < prefixItems.length ? prefixItems[index] : items,
      found,
    );
    expand(root, contains, found);
  }
  return { root, parts: found };
}

/** What may be said of a property. Which patterns it matches is not asked: they are a stranger's, and this is the host. */
function propertyOf({ properties, patternProperties, additionalProperties }: Values, key: string): unknown[] {
  if (isObject(properties) && Object.hasOwn(properties, key)) return [properties[key]];
  return [...Object.values(isObject(patternProperties) ? patternProperties : {}), additionalProperties];
}

/** A schema with its branches and what it points to, each once: a schema may point to itself. */
function expand(root: unknown, schema: unknown, found: Values[] = []): Values[] {
  if (!isObject(schema) || found.includes(schema)) return found;
  found.push(schema);
  if (typeof schema.$ref === "string") expand(root, followRef(root, schema.$ref), found);
  for (const key of branches) {
    const list = schema[key];
    if (Array.isArray(list)) for (const one of list) expand(root, one, found);
  }
  for (const key of conditions) expand(root, schema[key], found);
  return found;
}

/** `#/$defs/account`. */
export function followRef(root: unknown, ref: string): unknown {
  if (!ref.startsWith("#")) return undefined;
  let found = root;
  for (const part of decodeURIComponent(ref.slice(1)).split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    found = typeof found === "object" && found !== null ? (found as Values)[key] : undefined;
  }
  return found;
}

export function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
