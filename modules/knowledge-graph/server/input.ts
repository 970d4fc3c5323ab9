import { problem, type StandardSchema } from "@graft/sdk/server";
import * as z from "zod";

/** Letters, digits and a few signs that need no escaping in a URL. */
export const entityId = z
  .string()
  .max(200)
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N}._:@~-]*$/u,
    "use letters, digits and . _ : @ ~ -, starting with a letter or digit",
  );
/** PostgreSQL stores neither NUL nor half a surrogate pair. */
const storable = (value: string) => value.isWellFormed() && !value.includes("\0");
const text = (max: number) =>
  z.string().trim().min(1).max(max).refine(storable, "must not hold NUL or broken Unicode");

const type = text(100);
const name = text(500);
const properties = z
  .record(z.string().max(200), z.json())
  .refine((value) => JSON.stringify(value).length <= 64 * 1024, "must be 64 KiB of JSON at most")
  .refine(
    (value) => !/\\u(0000|d[89a-f][0-9a-f]{2})/i.test(JSON.stringify(value)),
    "must not hold NUL or broken Unicode",
  );

export const newEntity = z.strictObject({
  id: entityId.optional(),
  type,
  name,
  properties: properties.default({}),
});
export const entityPatch = z.strictObject({
  type: type.optional(),
  name: name.optional(),
  properties: properties.optional(),
});
export const newRelation = z.strictObject({
  from: entityId,
  type,
  to: entityId,
  properties: properties.default({}),
});
export const relationPatch = z.strictObject({ type: type.optional(), properties: properties.optional() });
/** Whether it can name an entity; anything else would reach PostgreSQL for nothing. */
export function isEntityId(id: string): boolean {
  return entityId.safeParse(id).success;
}

/** A line of an import. */
export const importLine = z.discriminatedUnion("kind", [
  newEntity.extend({ kind: z.literal("entity"), id: entityId }),
  newRelation.extend({ kind: z.literal("relation") }),
]);

export type NewEntity = z.infer<typeof newEntity>;
export type EntityPatch = z.infer<typeof entityPatch>;
export type NewRelation = z.infer<typeof newRelation>;
export type RelationPatch = z.infer<typeof relationPatch>;
export type ImportLine = z.infer<typeof importLine>;

const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const flag = z.enum(["true", "false"]).transform((value) => value === "true");
const words = z.string().max(200).refine(storable, "must not hold NUL or broken Unicode");
const typeList = z.array(type).max(50).optional();

export const entityQuery = z.strictObject({
  query: words.optional(),
  type: typeList,
  limit: whole(1, 100).default(25),
  cursor: z.string().max(2000).optional(),
});
export const figuresQuery = z.strictObject({ days: whole(7, 365).default(30) });
export const relationQuery = z.strictObject({
  entity: entityId.optional(),
  type: typeList,
  limit: whole(1, 100).default(25),
  cursor: z.string().max(2000).optional(),
});
export const neighbourQuery = z.strictObject({
  depth: whole(1, 2).default(1),
  direction: z.enum(["any", "out", "in"]).default("any"),
  type: typeList,
  entityType: typeList,
  limit: whole(1, 1000).default(100),
});
export const pathQuery = z.strictObject({
  from: entityId,
  to: entityId,
  type: typeList,
  directed: flag.default(false),
  maxHops: whole(1, 12).default(6),
});

export type NeighbourQuery = z.infer<typeof neighbourQuery>;
export type PathQuery = z.infer<typeof pathQuery>;

/** Parameters that may be given several times. */
const lists = new Set(["type", "entityType"]);

/**
 * Query parameters by a schema; an unknown one is an error, for a misspelt filter would silently give everything.
 * @throws a 400 problem that names the parameter
 */
export async function readQuery<T>(query: URLSearchParams, schema: StandardSchema<T>): Promise<T> {
  const values: Record<string, string | string[]> = {};
  for (const key of new Set(query.keys())) {
    const all = query.getAll(key);
    values[key] = lists.has(key) ? all : (all.at(-1) ?? "");
  }
  const result = await schema["~standard"].validate(values);
  if (!result.issues) return result.value;
  const [issue] = result.issues;
  const path = (issue?.path ?? []).map(String).join(".");
  throw problem(400, `${path ? `${path}: ` : ""}${issue?.message ?? "invalid query"}`, {
    code: "QUERY_INVALID",
  });
}
