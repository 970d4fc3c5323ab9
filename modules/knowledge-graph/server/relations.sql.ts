import { type Sql, sql } from "@graft/sdk/server";
import type { NewRelation, RelationPatch } from "./input.ts";

export interface Relation {
  id: string;
  from: string;
  type: string;
  to: string;
  properties: Record<string, unknown>;
  createdAt: Date;
  updatedAt: Date;
}

export const relationColumns = `r.id, r.from_id AS "from", r.type, r.to_id AS "to", r.properties,
  r.created_at AS "createdAt", r.updated_at AS "updatedAt"`;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Anything but a UUID names no relation; PostgreSQL would answer with an error. */
export function isRelationId(id: string): boolean {
  return uuid.test(id);
}

export async function findRelation(id: string): Promise<Relation | null> {
  if (!isRelationId(id)) return null;
  return (
    (await sql.query<Relation>(`SELECT ${relationColumns} FROM relations r WHERE id = $1`, [id])).rows[0] ??
    null
  );
}

export async function findRelations(ids: string[]): Promise<Relation[]> {
  const text = `SELECT ${relationColumns} FROM relations r WHERE id = ANY ($1::uuid[])`;
  return (await sql.query<Relation>(text, [ids])).rows;
}

/** Null when this relation between the two is there already. @throws PostgreSQL's 23503 when an end is missing */
export async function insertRelation({ from, type, to, properties }: NewRelation): Promise<Relation | null> {
  const text = `INSERT INTO relations AS r (from_id, type, to_id, properties) VALUES ($1, $2, $3, $4)
    ON CONFLICT (from_id, type, to_id) DO NOTHING RETURNING ${relationColumns}`;
  return (await sql.query<Relation>(text, [from, type, to, JSON.stringify(properties)])).rows[0] ?? null;
}

/** Null when there is no such relation. @throws PostgreSQL's 23505 when the new type makes it another one */
export async function updateRelation(
  id: string,
  { type, properties }: RelationPatch,
): Promise<Relation | null> {
  if (!isRelationId(id)) return null;
  const text = `UPDATE relations r SET type = coalesce($2, r.type), properties = coalesce($3::jsonb, r.properties),
      updated_at = now() WHERE id = $1 RETURNING ${relationColumns}`;
  const json = properties === undefined ? null : JSON.stringify(properties);
  return (await sql.query<Relation>(text, [id, type ?? null, json])).rows[0] ?? null;
}

export async function removeRelation(id: string): Promise<boolean> {
  if (!isRelationId(id)) return false;
  return ((await sql.query("DELETE FROM relations WHERE id = $1", [id])).rowCount ?? 0) > 0;
}

/** One page in the order of ids; `limit` and one more when there is a next page. */
export async function listRelations(options: {
  entity: string | null;
  types: string[] | null;
  after: string | null;
  limit: number;
}): Promise<Relation[]> {
  const { entity, types, after, limit } = options;
  const text = `SELECT ${relationColumns} FROM relations r
    WHERE ($1::text[] IS NULL OR r.type = ANY ($1)) AND ($2::uuid IS NULL OR r.id > $2)
      ${entity === null ? "" : "AND (r.from_id = $4 OR r.to_id = $4)"}
    ORDER BY r.id LIMIT $3`;
  const values: unknown[] = [types, after, limit + 1];
  if (entity !== null) values.push(entity);
  return (await sql.query<Relation>(text, values)).rows;
}

/**
 * Creates relations or replaces their properties; `(from, type, to)` must be distinct. Relations with an end that
 * does not exist are not written. @returns how many were new, and which have a missing end (by position)
 */
export async function upsertRelations(
  tx: Sql,
  relations: NewRelation[],
): Promise<{ created: number; missing: { index: number; id: string }[] }> {
  const from = relations.map((relation) => relation.from);
  const to = relations.map((relation) => relation.to);
  const absent = await tx.query<{ index: number; id: string }>(
    `SELECT DISTINCT ON (n) (n - 1)::integer AS index, end_id AS id
     FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS given(from_id, to_id, n),
       LATERAL (VALUES (from_id), (to_id)) AS ends(end_id)
     WHERE NOT EXISTS (SELECT 1 FROM entities e WHERE e.id = end_id) ORDER BY n`,
    [from, to],
  );
  if (absent.rows.length > 0) return { created: 0, missing: absent.rows };
  const { rows } = await tx.query<{ created: number }>(
    `WITH written AS (
      INSERT INTO relations (from_id, type, to_id, properties)
      SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[])
      ON CONFLICT (from_id, type, to_id) DO UPDATE SET properties = excluded.properties, updated_at = now()
      RETURNING xmax = 0 AS created)
    SELECT count(*) FILTER (WHERE created) AS created FROM written`,
    [
      from,
      relations.map((relation) => relation.type),
      to,
      relations.map((relation) => JSON.stringify(relation.properties)),
    ],
  );
  return { created: rows[0]?.created ?? 0, missing: [] };
}
