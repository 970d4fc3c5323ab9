import { sql } from "@graft/sdk/server";
import type { NeighbourQuery, PathQuery } from "./input.ts";
import { type Relation, relationColumns } from "./relations.sql.ts";

/** Relations among the entities of one picture; more would be neither drawn nor read. */
const relationsMax = 5000;

/** A hub with thousands of relations must not decide how long the second hop takes: it follows so many of each entity. */
const relationsFollowedMax = 1000;

/**
 * Entities within one or two hops, nearest first, at most `limit` and one more. Only relations and entities that pass
 * the filters are followed.
 */
export async function findNeighbours(
  id: string,
  query: NeighbourQuery,
): Promise<{ id: string; distance: number }[]> {
  const first = await followRelations([id], [id], query);
  const near = first.map((other) => ({ id: other, distance: 1 }));
  if (query.depth === 1 || first.length === 0 || first.length > query.limit) return near;
  const second = await followRelations(first, [id, ...first], {
    ...query,
    limit: query.limit - first.length,
  });
  return [...near, ...second.map((other) => ({ id: other, distance: 2 }))];
}

/**
 * What the entities `from` are related to, without `except`; at most `limit` and one more. Each entity is looked up by
 * index on its own (LATERAL with LIMIT), so that the plan does not depend on statistics that a bulk import outdates.
 */
async function followRelations(
  from: string[],
  except: string[],
  { direction, type, entityType, limit }: NeighbourQuery,
): Promise<string[]> {
  const values: unknown[] = [from, except, limit + 1];
  const parameter = (value: unknown) => `$${values.push(value)}`;
  const ofType = type ? `AND r.type = ANY (${parameter(type)})` : "";
  const toType = entityType
    ? `AND (SELECT e.type FROM entities e WHERE e.id = other) = ANY (${parameter(entityType)})`
    : "";
  const edges = (
    near: string,
    far: string,
  ) => `SELECT found.${far} AS other FROM unnest($1::text[]) AS start(id),
    LATERAL (SELECT r.${far} FROM relations r WHERE r.${near} = start.id ${ofType} LIMIT ${relationsFollowedMax}) found`;
  const directions = {
    out: [edges("from_id", "to_id")],
    in: [edges("to_id", "from_id")],
    any: [edges("from_id", "to_id"), edges("to_id", "from_id")],
  };
  const text = `SELECT DISTINCT other FROM (${directions[direction].join(" UNION ALL ")}) edges
    WHERE NOT other = ANY ($2) ${toType} ORDER BY other LIMIT $3`;
  return (await sql.query<{ other: string }>(text, values)).rows.map(({ other }) => other);
}

/** Relations whose two ends are both among `ids`. */
export async function findRelationsAmong(ids: string[], types: string[] | undefined): Promise<Relation[]> {
  const text = `SELECT ${relationColumns} FROM relations r
    WHERE r.from_id = ANY ($1) AND r.to_id = ANY ($1) AND ($2::text[] IS NULL OR r.type = ANY ($2))
    ORDER BY r.from_id, r.type, r.to_id LIMIT ${relationsMax}`;
  return (await sql.query<Relation>(text, [ids, types ?? null])).rows;
}

/** Entities and the relation that leads to each, from the first to the last; empty when there is no path. */
export async function findShortestPath({
  from,
  to,
  maxHops,
  type,
  directed,
}: PathQuery): Promise<{ entityId: string; relationId: string | null }[]> {
  const text = `SELECT entity_id AS "entityId", relation_id AS "relationId"
    FROM shortest_path($1, $2, $3, $4, $5) ORDER BY step`;
  return (
    await sql.query<{ entityId: string; relationId: string | null }>(text, [
      from,
      to,
      maxHops,
      type ?? null,
      directed,
    ])
  ).rows;
}

export interface TypeCount {
  type: string;
  count: number;
}

/** How many entities and relations there are of each type, the most first. */
export async function countTypes(): Promise<{ entityTypes: TypeCount[]; relationTypes: TypeCount[] }> {
  const count = (table: "entities" | "relations") =>
    sql.query<TypeCount>(
      `SELECT type, count(*) AS count FROM ${table} GROUP BY type ORDER BY count DESC, type`,
    );
  const [entities, relations] = await Promise.all([count("entities"), count("relations")]);
  return { entityTypes: entities.rows, relationTypes: relations.rows };
}
