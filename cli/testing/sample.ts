import { z } from "zod";

interface Schema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  format?: string;
  pattern?: string;
  minimum?: number;
}

/** What a text is whose schema does not say: by the name of its field. */
const named: Record<string, string> = {
  id: "0190a6f0-0000-7000-8000-000000000001",
  email: "ada@example.org",
};
/** Lists of what is wrong, or still to be given. */
const fine = new Set(["problems", "missing"]);
const texts: Record<string, string> = {
  uuid: "0190a6f0-0000-7000-8000-000000000001",
  "date-time": "2026-01-31T12:00:00.000Z",
};

/** A value such as a schema of the contract describes: lists hold one item, what may be null is not, and what goes on has ended. */
export function sample(schema: z.ZodType): unknown {
  return build(z.toJSONSchema(schema, { io: "output", unrepresentable: "any" }) as Schema);
}

function build(schema: Schema, name = ""): unknown {
  if ("const" in schema) return schema.const;
  if (schema.enum !== undefined) return schema.enum.find((one) => one === "succeeded") ?? schema.enum[0];
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return build(choices.find(({ type }) => type !== "null") ?? {}, name);
  const merged = Object.assign({}, schema, ...(schema.allOf ?? [])) as Schema;
  switch (merged.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(merged.properties ?? {}).map(([key, property]) => [key, build(property, key)]),
      );
    case "array":
      // Nothing is wrong.
      return merged.items === undefined || fine.has(name) ? [] : [build(merged.items)];
    case "string":
      return text(merged, name);
    case "integer":
    case "number":
      return Math.max(1, merged.minimum ?? 1);
    case "boolean":
      return true;
    default:
      return null;
  }
}

function text({ format = "", pattern = "" }: Schema, name: string): string {
  if (pattern.includes("sha256")) return `sha256:${"0".repeat(64)}`;
  if (pattern.startsWith("^graft-")) return "graft-20260131-120000";
  return texts[format] ?? named[name] ?? "text";
}
