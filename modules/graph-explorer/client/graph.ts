import type { Entity, Relation } from "./api.ts";

/** The part of the knowledge graph that is on the screen. Never changed in place. */
export interface Graph {
  entities: ReadonlyMap<string, Entity>;
  relations: ReadonlyMap<string, Relation>;
}

export const emptyGraph: Graph = { entities: new Map(), relations: new Map() };

/** Adds or replaces; relations with an end that is not on the screen are left out. */
export function addToGraph(graph: Graph, added: { entities?: Entity[]; relations?: Relation[] }): Graph {
  const entities = new Map(graph.entities);
  for (const entity of added.entities ?? []) entities.set(entity.id, entity);
  const relations = new Map(graph.relations);
  for (const relation of added.relations ?? [])
    if (entities.has(relation.from) && entities.has(relation.to)) relations.set(relation.id, relation);
  return { entities, relations };
}

/** Takes entities with their relations, and relations, off the screen. */
export function removeFromGraph(graph: Graph, removed: { entities?: string[]; relations?: string[] }): Graph {
  const goneEntities = new Set(removed.entities);
  const goneRelations = new Set(removed.relations);
  return {
    entities: new Map([...graph.entities].filter(([id]) => !goneEntities.has(id))),
    relations: new Map(
      [...graph.relations].filter(
        ([id, { from, to }]) => !goneRelations.has(id) && !goneEntities.has(from) && !goneEntities.has(to),
      ),
    ),
  };
}

export interface Link {
  relation: Relation;
  other: Entity;
  /** Whether the relation leads from the entity to the other. */
  outgoing: boolean;
}

/** Relations of one entity that are on the screen, by type and name. */
export function linksOf(graph: Graph, id: string): Link[] {
  const links: Link[] = [];
  for (const relation of graph.relations.values()) {
    const outgoing = relation.from === id;
    if (!outgoing && relation.to !== id) continue;
    const other = graph.entities.get(outgoing ? relation.to : relation.from);
    if (other) links.push({ relation, other, outgoing });
  }
  const key = ({ relation, other }: Link) => `${relation.type}\n${other.name}`;
  return links.sort((a, b) => key(a).localeCompare(key(b)));
}

/** How many entities of each type are on the screen, the most first. */
export function countTypes(graph: Graph): { type: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { type } of graph.entities.values()) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .map(([type, count]) => ({ type, count }))
    .sort((a, b) => b.count - a.count || a.type.localeCompare(b.type));
}

/** The entity with the most of the given relations: where a walk through an unknown graph may begin. */
export function bestConnected(relations: Relation[]): string | null {
  const counts = new Map<string, number>();
  for (const { from, to } of relations)
    for (const id of [from, to]) counts.set(id, (counts.get(id) ?? 0) + 1);
  let best: string | null = null;
  for (const [id, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = id;
  return best;
}
