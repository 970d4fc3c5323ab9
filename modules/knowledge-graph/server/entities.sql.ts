import { type Sql, sql } from "@graft/sdk/server";
import type { EntityPatch, NewEntity } from "./input.ts";

export interface Entity {
  id: string;
  type: string;
  name: string;
  properties: Record<string, unknown>;
  createdAt: Date;
  updatedAt: Date;
}

const columns = `e.id, e.type, e.name, e.properties, e.created_at AS "createdAt", e.updated_at AS "updatedAt"`;

export async function findEntity(id: string): Promise<Entity | null> {
  const { rows } = await sql.query<Entity>(`SELECT ${columns} FROM entities e WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

/** In the order of their ids. */
export async function findEntities(ids: string[]): Promise<Entity[]> {
  const text = `SELECT ${columns} FROM entities e WHERE id = ANY ($1) ORDER BY id`;
  return (await sql.query<Entity>(text, [ids])).rows;
}

/** Null when the id is taken. */
export async function insertEntity(id: string, entity: NewEntity): Promise<Entity | null> {
  const text = `INSERT INTO entities AS e (id, type, name, properties) VALUES ($1, $2, $3, $4)
    ON CONFLICT (id) DO NOTHING RETURNING ${columns}`;
  const { rows } = await sql.query<Entity>(text, [
    id,
    entity.type,
    entity.name,
    JSON.stringify(entity.properties),
  ]);
  return rows[0] ?? null;
}

/** `properties` replaces the whole object. Null when there is no such entity. */
export async function updateEntity(
  id: string,
  { type, name, properties }: EntityPatch,
): Promise<Entity | null> {
  const text = `UPDATE entities e SET type = coalesce($2, e.type), name = coalesce($3, e.name),
      properties = coalesce($4::jsonb, e.properties), updated_at = now()
    WHERE id = $1 RETURNING ${columns}`;
  const json = properties === undefined ? null : JSON.stringify(properties);
  return (await sql.query<Entity>(text, [id, type ?? null, name ?? null, json])).rows[0] ?? null;
}

/** With its relations. */
export async function removeEntity(id: string): Promise<boolean> {
  return ((await sql.query("DELETE FROM entities WHERE id = $1", [id])).rowCount ?? 0) > 0;
}

/** One page in the order of names, `limit` and one more when there is a next page. */
export async function listByName(options: {
  types: string[] | null;
  after: { name: string; id: string } | null;
  limit: number;
}): Promise<Entity[]> {
  const { types, after, limit } = options;
  // ~>~ compares as the index does, byte by byte.
  const text = `SELECT ${columns} FROM entities e
    WHERE ($1::text[] IS NULL OR e.type = ANY ($1))
      ${after ? `AND lower(e.name) ~>=~ $3 AND (lower(e.name) ~>~ $3 OR e.id > $4)` : ""}
    ORDER BY lower(e.name) USING ~<~, e.id LIMIT $2`;
  const values: unknown[] = [types, limit + 1];
  if (after) values.push(after.name.toLowerCase(), after.id);
  return (await sql.query<Entity>(text, values)).rows;
}

/** Somebody who sees so many matches did not misspell; names that merely look alike would only be in the way. */
const enoughMatches = 5;

/**
 * The best matches for what a person typed: names that equal or begin with it, then entities whose name, type or
 * properties hold every word, then, when those are few, names that look like it.
 */
export async function searchEntities(options: {
  query: string;
  types: string[] | null;
  limit: number;
}): Promise<Entity[]> {
  const { query, types, limit } = options;
  const found = await searchWords(query, types, limit);
  const exact = found[0]?.name.toLowerCase() === query.toLowerCase();
  if (exact || found.length >= Math.min(limit, enoughMatches) || query.length < 3) return found;
  const known = found.map((entity) => entity.id);
  return [...found, ...(await searchAlike(query, { types, limit: limit - found.length, known }))];
}

// Ranking every entity with a common word would cost what the index saves: the first of them are ranked.
const candidatesMax = 500;

async function searchWords(query: string, types: string[] | null, limit: number): Promise<Entity[]> {
  const terms = query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const tsquery = terms.map((term) => `'${term}':*`).join(" & ");
  const prefix = `${query.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  const ofType = types ? "AND type = ANY ($5)" : "";
  const candidate = `SELECT id, lower(name) AS folded, length(name) AS size,
    ts_rank(search, to_tsquery('simple', $3)) AS rank FROM entities`;
  const order = "folded = $1 DESC, folded LIKE $2 DESC, rank DESC, size, id";
  const text = `WITH matching AS (
      (${candidate} WHERE lower(name) LIKE $2 ${ofType} ORDER BY lower(name) USING ~<~, id LIMIT $4)
      UNION
      (${candidate} WHERE search @@ to_tsquery('simple', $3) ${ofType} LIMIT ${candidatesMax})),
    best AS (SELECT * FROM matching ORDER BY ${order} LIMIT $4)
    SELECT ${columns} FROM best JOIN entities e USING (id) ORDER BY ${order}`;
  const values: unknown[] = [query.toLowerCase(), prefix, tsquery, limit];
  if (types) values.push(types);
  return (await sql.query<Entity>(text, values)).rows;
}

/** Share of trigrams that must agree: below pg_trgm's own 0.6, which misses a name with one letter left out. */
const likenessMin = 0.45;

// IS TRUE keeps the index on types out of it: reading a fifth of all entities costs more than it saves.
async function searchAlike(
  query: string,
  { types, limit, known }: { types: string[] | null; limit: number; known: string[] },
): Promise<Entity[]> {
  const text = `SELECT ${columns} FROM entities e
    WHERE $1 <% e.name AND ($2::text[] IS NULL OR e.type = ANY ($2)) IS TRUE AND NOT e.id = ANY ($4)
    ORDER BY word_similarity($1, e.name) DESC, length(e.name), e.id LIMIT $3`;
  return sql.transaction(async (tx) => {
    await tx.query(`SET LOCAL pg_trgm.word_similarity_threshold = ${likenessMin}`);
    return (await tx.query<Entity>(text, [query, types, limit, known])).rows;
  });
}

/** Creates or replaces entities by id; ids must be distinct. @returns how many were new */
export async function upsertEntities(tx: Sql, entities: (NewEntity & { id: string })[]): Promise<number> {
  const text = `WITH written AS (
      INSERT INTO entities AS e (id, type, name, properties)
      SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[])
      ON CONFLICT (id) DO UPDATE SET type = excluded.type, name = excluded.name,
        properties = excluded.properties, updated_at = now()
      RETURNING xmax = 0 AS created)
    SELECT count(*) FILTER (WHERE created) AS created FROM written`;
  const { rows } = await tx.query<{ created: number }>(text, [
    entities.map((entity) => entity.id),
    entities.map((entity) => entity.type),
    entities.map((entity) => entity.name),
    entities.map((entity) => JSON.stringify(entity.properties)),
  ]);
  return rows[0]?.created ?? 0;
}
