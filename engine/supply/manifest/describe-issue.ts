import type { z } from "zod";
import { manifestSchema } from "../../../sdk/manifest/index.ts";
import { suggest } from "./suggest.ts";

/** One thing wrong with a `module.json`. */
export interface ManifestProblem {
  /** Where in the document: `widgets[0].entry`; empty for the document itself. */
  path: string;
  /** 1-based. */
  line: number;
  column: number;
  /** What is wrong. */
  message: string;
  /** What to do about it. */
  hint?: string;
}

export type Finding = Omit<ManifestProblem, "path" | "line" | "column"> & { path: PropertyKey[] };

/** `["widgets", 0, "entry"]` → `widgets[0].entry`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((part, i) => {
      if (typeof part === "number") return `[${part}]`;
      const name = String(part);
      if (!/^[A-Za-z_$][\w$]*$/.test(name)) return `[${JSON.stringify(name)}]`;
      return i === 0 ? name : `.${name}`;
    })
    .join("");
}

/** Turns one issue of the schema into words an author can act on; an unknown-keys issue names each key. */
export function describeIssue(issue: z.core.$ZodIssue): Finding[] {
  const path = [...issue.path];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(path, key));
    case "invalid_type":
      return [describeType(path, issue)];
    case "invalid_value":
      return [{ path, message: `must be ${alternatives(issue.values)}` }];
    case "invalid_key":
      return [{ path, message: `this name is not allowed: ${issue.issues[0]?.message ?? "invalid"}` }];
    case "invalid_union":
      return [{ path, message: "is missing, or is not a JSON value" }];
    case "too_small":
      return [{ path, message: `must be ${bound("at least", issue.minimum, issue.origin)}` }];
    case "too_big":
      return [{ path, message: `must be ${bound("at most", issue.maximum, issue.origin)}` }];
    case "invalid_format":
      return [{ path, message: formatMessage(issue) }];
    default:
      return [{ path, message: issue.message }];
  }
}

function unknownKey(parent: PropertyKey[], key: string): Finding {
  const known = knownKeys(parent);
  const near = suggest(key, known);
  return {
    path: [...parent, key],
    message: `unknown key ${JSON.stringify(key)}`,
    hint: near ? `Did you mean "${near}"?` : `Remove it; known here: ${known.join(", ")}.`,
  };
}

function describeType(path: PropertyKey[], issue: z.core.$ZodIssueInvalidType): Finding {
  const missing = issue.input === undefined && issue.message.endsWith("received undefined");
  const expected = issue.expected === "record" ? "object" : issue.expected;
  if (missing) return { path, message: "is missing", hint: `Add it; it is ${article(expected)}.` };
  const received = /received (\w+)$/.exec(issue.message)?.[1];
  return { path, message: `must be ${article(expected)}${received ? `, not ${article(received)}` : ""}` };
}

/** A pattern without words of its own gets its source shown; "invalid string" helps nobody. */
function formatMessage(issue: z.core.$ZodIssueInvalidStringFormat): string {
  return issue.message.startsWith("Invalid ") ? `must match ${issue.pattern ?? issue.format}` : issue.message;
}

function article(type: string): string {
  if (type === "null" || type === "undefined") return type;
  return `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;
}

function alternatives(values: readonly unknown[]): string {
  const words = values.map((value) => JSON.stringify(value));
  return words.length === 1 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function bound(side: string, limit: number | bigint, origin: string): string {
  const units: Record<string, string> = { string: "characters", array: "entries" };
  const unit = units[origin];
  if (unit && side === "at least" && Number(limit) === 1) return "not empty";
  return unit ? `${side} ${limit} ${unit} long` : `${side} ${limit}`;
}

function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema = unwrap(manifestSchema);
  for (const part of path) {
    const def = schema.def as {
      shape?: Record<string, z.ZodType>;
      element?: z.ZodType;
      valueType?: z.ZodType;
    };
    const next = def.shape?.[String(part)] ?? def.element ?? def.valueType;
    if (!next) return [];
    schema = unwrap(next);
  }
  return Object.keys((schema.def as { shape?: object }).shape ?? {});
}

function unwrap(schema: z.ZodType): z.ZodType {
  const inner = (schema.def as { innerType?: z.ZodType }).innerType;
  return inner ? unwrap(inner) : schema;
}
