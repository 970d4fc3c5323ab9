import type { Context } from "@graft/sdk/server";
import { findEntities, findEntity } from "./entities.sql.ts";
import { countTypes, findNeighbours, findRelationsAmong, findShortestPath } from "./graph.sql.ts";
import { knownForm, missingEntity } from "./handle-entities.ts";
import { neighbourQuery, pathQuery, readQuery } from "./input.ts";
import { findRelations } from "./relations.sql.ts";

export async function getStats() {
  const types = await countTypes();
  const sum = (counts: { count: number }[]) => counts.reduce((total, { count }) => total + count, 0);
  return { entities: sum(types.entityTypes), relations: sum(types.relationTypes), ...types };
}

export async function getNeighbours({ params, query }: Context<undefined, { id: string }>) {
  const options = await readQuery(query, neighbourQuery);
  const id = knownForm(params.id);
  const [start, found] = await Promise.all([findEntity(id), findNeighbours(id, options)]);
  if (!start) return missingEntity(id);
  const near = found.slice(0, options.limit);
  const ids = near.map((neighbour) => neighbour.id);
  const [entities, relations] = await Promise.all([
    findEntities(ids),
    findRelationsAmong([id, ...ids], options.type),
  ]);
  const distances = new Map(near.map((neighbour) => [neighbour.id, neighbour.distance]));
  return {
    entity: start,
    neighbours: entities
      .map((entity) => ({ ...entity, distance: distances.get(entity.id) ?? options.depth }))
      .sort((a, b) => a.distance - b.distance),
    relations,
    truncated: found.length > options.limit,
  };
}

export async function getPath({ query }: Context) {
  const options = await readQuery(query, pathQuery);
  const ends = await findEntities([...new Set([options.from, options.to])]);
  for (const id of [options.from, options.to])
    if (!ends.some((entity) => entity.id === id)) missingEntity(id);
  const path = await findShortestPath(options);
  const relationIds = path.flatMap(({ relationId }) => (relationId === null ? [] : [relationId]));
  const [entities, relations] = await Promise.all([
    findEntities(path.map(({ entityId }) => entityId)),
    findRelations(relationIds),
  ]);
  const entityById = new Map(entities.map((entity) => [entity.id, entity]));
  const relationById = new Map(relations.map((relation) => [relation.id, relation]));
  return {
    found: path.length > 0,
    hops: path.length > 0 ? path.length - 1 : null,
    entities: path.flatMap(({ entityId }) => entityById.get(entityId) ?? []),
    relations: relationIds.flatMap((id) => relationById.get(id) ?? []),
  };
}
