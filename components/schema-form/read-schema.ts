export type Values = Record<string, unknown>;

/** Stands for a secret that is set; sent back, the stored one is kept. */
export const maskedSecret = "••••";

interface Common {
  key: string;
  label: string;
  hint: string | undefined;
  required: boolean;
  default: unknown;
}
export interface Option {
  value: unknown;
  label: string;
}
export type FormField = Common &
  (
    | { kind: "text"; type: "text" | "email" | "url"; multiline: boolean }
    | { kind: "number"; min: number | undefined; max: number | undefined; step: number | "any" }
    | { kind: "switch" }
    | { kind: "choice"; options: Option[] }
    | { kind: "choices"; options: Option[] }
    | { kind: "list"; secret: boolean }
    | { kind: "date" | "time" | "date-time" | "json" }
    | { kind: "secret"; typed: "text" | "number" | "json" }
    | { kind: "group"; fields: FormField[] }
  );

/**
 * The fields of a form for a JSON Schema with `"type": "object"`, in the order of its properties. What has no control of
 * its own (objects in objects, lists of objects) is edited as JSON.
 */
export function readSchema(schema: unknown): FormField[] {
  return readProperties(schema, 0);
}

/** For stored values. What comes masked is a secret, also where this version's schema says that it is none. */
export function readFields(schema: unknown, stored: Values): FormField[] {
  return withSecrets(readSchema(schema), stored);
}

function withSecrets(fields: FormField[], stored: Values): FormField[] {
  return fields.map((field): FormField => {
    const value = stored[field.key];
    const { key, label, hint, required } = field;
    if (value === maskedSecret && field.kind !== "secret") {
      const typed = field.kind === "number" ? "number" : field.kind === "text" ? "text" : "json";
      return { ...{ key, label, hint, required, default: field.default }, kind: "secret", typed };
    }
    if (field.kind === "list" && Array.isArray(value) && value.includes(maskedSecret))
      return { ...field, secret: true };
    return field.kind === "group" ? { ...field, fields: withSecrets(field.fields, asObject(value)) } : field;
  });
}

function readProperties(schema: unknown, depth: number): FormField[] {
  const { properties, required } = asObject(schema);
  const names = Array.isArray(required) ? required : [];
  return Object.entries(asObject(properties)).map(([key, property]) =>
    readField(asObject(property), { key, required: names.includes(key), depth }),
  );
}

function readField(
  property: Values,
  { key, required, depth }: { key: string; required: boolean; depth: number },
): FormField {
  const common: Common = {
    key,
    label: text(property.title) ?? labelOf(key),
    hint: text(property.description),
    required,
    default: property.default,
  };
  // Of any type it is the mask that is shown, which no other control could hold.
  if (isSecret(property)) return { ...common, kind: "secret", typed: typedAs(property) };
  const options = readOptions(property);
  if (options.length > 0) return { ...common, kind: "choice", options };
  switch (property.type) {
    case "boolean":
      return { ...common, kind: "switch" };
    case "integer":
    case "number":
      return { ...common, kind: "number", ...readRange(property) };
    case "string":
      return readString(common, property);
    case "array":
      return readList(common, asObject(property.items));
    case "object": {
      const fields = depth === 0 ? readProperties(property, depth + 1) : [];
      return fields.length > 0 ? { ...common, kind: "group", fields } : { ...common, kind: "json" };
    }
    default:
      return { ...common, kind: "json" };
  }
}

function readString(common: Common, { format, maxLength }: Values): FormField {
  if (format === "date" || format === "time" || format === "date-time") return { ...common, kind: format };
  const type = format === "email" ? "email" : format === "uri" ? "url" : "text";
  return { ...common, kind: "text", type, multiline: typeof maxLength === "number" && maxLength > 300 };
}

function readList(common: Common, items: Values): FormField {
  const secret = isSecret(items);
  const options = readOptions(items);
  if (options.length > 0 && !secret) return { ...common, kind: "choices", options };
  return items.type === "string" ? { ...common, kind: "list", secret } : { ...common, kind: "json" };
}

function isSecret({ format, writeOnly }: Values): boolean {
  return format === "secret" || writeOnly === true;
}

/** Text also where nothing says the type: most secrets are. */
function typedAs({ type, $ref }: Values): "text" | "number" | "json" {
  const types = Array.isArray(type) ? type : [type];
  if (types.includes("string") || (type === undefined && $ref === undefined)) return "text";
  return type === "integer" || type === "number" ? "number" : "json";
}

function readOptions({ enum: values, oneOf }: Values): Option[] {
  if (Array.isArray(values)) return values.map((value) => ({ value, label: String(value) }));
  if (!Array.isArray(oneOf)) return [];
  const options = oneOf.map(asObject);
  if (!options.every((option) => "const" in option)) return [];
  return options.map((option) => ({
    value: option.const,
    label: text(option.title) ?? String(option.const),
  }));
}

function readRange({ type, minimum, maximum, multipleOf }: Values) {
  const number = (value: unknown) => (typeof value === "number" ? value : undefined);
  const step = number(multipleOf) ?? (type === "integer" ? 1 : ("any" as const));
  return { min: number(minimum), max: number(maximum), step };
}

/** `apiKey` and `api_key` read as "Api key". */
function labelOf(key: string): string {
  const words = key
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/[_-]+/g, " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function asObject(value: unknown): Values {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Values) : {};
}
