import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { LRUCache } from "lru-cache";

// Only for a thread of the pool: it compiles and runs what a stranger wrote.

export type ConfigSchema = Record<string, unknown>;
export type Config = Record<string, unknown>;

const date = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const time = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/i;
const formats = {
  secret: true as const,
  date,
  time,
  "date-time": (text: string) => !Number.isNaN(Date.parse(text)) && /^\d{4}-\d\d-\d\d[T ]/.test(text),
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  uri: (text: string) => URL.canParse(text),
};
/** By the schema's text: what comes to a thread is a copy each time. */
const compiled = new LRUCache<string, ValidateFunction>({ max: 100 });

export interface ConfigProblem {
  /** Of what is missing or too much, its own. */
  path: (string | number)[];
  /** Of JSON Schema: `required`, `type`. */
  keyword: string;
  /** "is missing", "must be a whole number" */
  words: string;
  /** What would be accepted there, where it is a matter of type or choice. */
  types: string[];
  allowed: unknown[];
}

/** What the schema does not accept; empty when it accepts all. @throws what ajv throws for a schema that is none */
export function findConfigProblems(schema: ConfigSchema, config: Config): ConfigProblem[] {
  const validate = validatorOf(schema);
  if (validate(config)) return [];
  return (validate.errors ?? []).map((error) => ({
    path: pathOf(config, error),
    keyword: error.keyword,
    words: wordsOf(error),
    types: error.keyword === "type" ? [error.params.type].flat() : [],
    allowed: error.params.allowedValues ?? (error.keyword === "const" ? [error.params.allowedValue] : []),
  }));
}

function validatorOf(schema: ConfigSchema): ValidateFunction {
  const text = JSON.stringify(schema);
  const validate = compiled.get(text) ?? compile(schema);
  compiled.set(text, validate);
  return validate;
}

/** An instance for each: two versions of a module may use the same `$id`. */
function compile(schema: ConfigSchema): ValidateFunction {
  // Ajv's own `$async` would make the answer a promise, which is true whatever it is of.
  const plain = JSON.parse(JSON.stringify(schema), (key, value) =>
    key === "$async" && typeof value === "boolean" ? undefined : value,
  );
  return new Ajv2020({ strict: false, allErrors: true, logger: false, formats }).compile(plain);
}

function pathOf(config: Config, { instancePath, keyword, params }: ErrorObject): (string | number)[] {
  const path: (string | number)[] = [];
  let holder: unknown = config;
  for (const part of instancePath.split("/").slice(1).map(unescapePointer)) {
    path.push(Array.isArray(holder) ? Number(part) : part);
    holder = (holder as Record<string, unknown> | undefined)?.[part];
  }
  const { missingProperty, additionalProperty, unevaluatedProperty, propertyName } = params;
  if (keyword === "required" || keyword === "dependentRequired") path.push(String(missingProperty));
  const tooMuch = additionalProperty ?? unevaluatedProperty ?? propertyName;
  if (tooMuch !== undefined) path.push(String(tooMuch));
  return path;
}

const unescapePointer = (part: string) => part.replaceAll("~1", "/").replaceAll("~0", "~");

function wordsOf({ keyword, params, message }: ErrorObject): string {
  if (keyword === "required" || keyword === "dependentRequired") return "is missing";
  if (keyword === "additionalProperties" || keyword === "unevaluatedProperties")
    return "is no setting of this module";
  if (keyword === "enum") return `must be one of ${(params.allowedValues as unknown[]).join(", ")}`;
  if (keyword === "minLength" && params.limit === 1) return "must not be empty";
  if (keyword === "minLength") return `must have at least ${params.limit} characters`;
  if (keyword === "maxLength") return `must have at most ${params.limit} characters`;
  if (keyword === "minimum") return `must be ${params.limit} or more`;
  if (keyword === "maximum") return `must be ${params.limit} or less`;
  if (keyword === "minItems") return `needs at least ${params.limit}`;
  if (keyword === "maxItems") return `takes at most ${params.limit}`;
  if (keyword === "uniqueItems") return "must not have the same entry twice";
  if (keyword === "type" && params.type === "integer") return "must be a whole number";
  if (keyword === "type") return `must be of type ${params.type}`;
  if (keyword === "format") return formatWords[String(params.format)] ?? `must be a ${params.format}`;
  return message ?? "is not valid";
}

const formatWords: Record<string, string> = {
  date: "must be a date such as 2026-05-31",
  time: "must be a time such as 09:30",
  "date-time": "must be a date and time such as 2026-05-31T09:30:00Z",
  email: "must be an e-mail address",
  uri: "must be an address such as https://example.org",
};
