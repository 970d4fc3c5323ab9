import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { GraftError } from "../../core/index.ts";
import { keepSecrets } from "./config-secrets.ts";

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
const compiled = new WeakMap<ConfigSchema, ValidateFunction>();

/**
 * What is stored when `sent` replaces `previous`: secrets that came back masked keep their value.
 * @throws INVALID_INPUT with the problems of each field, `smtp.host` for one inside an object, in `details.fieldErrors`
 */
export function checkConfig(schema: ConfigSchema, sent: Config, previous: Config = {}): Config {
  const { config, lost } = keepSecrets(schema, sent, previous);
  if (lost.length > 0) throw lostSecrets(lost);
  const validate = compiled.get(schema) ?? compile(schema);
  compiled.set(schema, validate);
  if (validate(config)) return config;
  const fieldErrors: Record<string, string[]> = {};
  for (const error of validate.errors ?? []) {
    const field = fieldOf(error);
    fieldErrors[field] = [...(fieldErrors[field] ?? []), wordsOf(error)];
  }
  const text = Object.entries(fieldErrors).map(([field, errors]) => `${field}: ${errors.join(", ")}`);
  throw new GraftError("INVALID_INPUT", `These settings were not accepted. ${text.join("; ")}`, {
    details: { fieldErrors },
  });
}

function lostSecrets(lost: string[]): GraftError {
  const words = "is masked, and which stored secret this entry had cannot be told: type it again";
  return new GraftError(
    "INVALID_INPUT",
    `These settings were not accepted. ${lost.map((field) => `${field}: ${words}`).join("; ")}`,
    {
      hint: "An entry of a list keeps its secret by its id, key or name, else while nothing else about it changes.",
      details: { fieldErrors: Object.fromEntries(lost.map((field) => [field, [words]])) },
    },
  );
}

/** An instance for each: two versions of a module may use the same `$id`. */
function compile(schema: ConfigSchema): ValidateFunction {
  return new Ajv2020({ strict: false, allErrors: true, logger: false, formats }).compile(schema);
}

function fieldOf({ instancePath, keyword, params }: ErrorObject): string {
  const path = instancePath.split("/").slice(1).map(unescapePointer);
  if (keyword === "required") path.push(String(params.missingProperty));
  if (keyword === "additionalProperties") path.push(String(params.additionalProperty));
  return path.join(".") || "config";
}

const unescapePointer = (part: string) => part.replaceAll("~1", "/").replaceAll("~0", "~");

function wordsOf({ keyword, params, message }: ErrorObject): string {
  if (keyword === "required") return "is missing";
  if (keyword === "additionalProperties") return "is no setting of this module";
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
