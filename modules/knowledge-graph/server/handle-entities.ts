import { randomUUID } from "node:crypto";
import { type Context, problem, reply } from "@graft/sdk/server";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import * as table from "./entities.sql.ts";
import { entityPatch, entityQuery, isEntityId, newEntity, readQuery } from "./input.ts";

type WithId = Context<undefined, { id: string }>;

export async function listEntities({ query }: Context) {
  const { query: words = "", type, limit, cursor } = await readQuery(query, entityQuery);
  const types = type ?? null;
  if (words.trim() !== "") {
    // Ranked matches have no order that a cursor could go on from: a search is its best matches.
    return { items: await table.searchEntities({ query: words.trim(), types, limit }), nextCursor: null };
  }
  const [name, id] = decodeCursor(cursor, 2) ?? [];
  const after = name === undefined || id === undefined ? null : { name, id };
  const rows = await table.listByName({ types, after, limit });
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor([last.name, last.id]) : null };
}

export async function createEntity(context: Context) {
  const input = await context.json(newEntity);
  const id = input.id ?? randomUUID();
  const entity = await table.insertEntity(id, input);
  if (!entity) throw problem(409, `There is an entity ${id} already.`, { details: { id } });
  return reply(201, entity, { location: `entities/${encodeURIComponent(id)}` });
}

export async function getEntity({ params }: WithId) {
  return (await table.findEntity(knownForm(params.id))) ?? missingEntity(params.id);
}

export async function patchEntity(context: WithId) {
  const patch = await context.json(entityPatch);
  return (await table.updateEntity(knownForm(context.params.id), patch)) ?? missingEntity(context.params.id);
}

export async function deleteEntity({ params }: WithId) {
  if (!(await table.removeEntity(knownForm(params.id)))) missingEntity(params.id);
}

/** @throws a 404 problem for what no entity can be called */
export function knownForm(id: string): string {
  return isEntityId(id) ? id : missingEntity(id);
}

export function missingEntity(id: string): never {
  throw problem(404, `There is no entity ${id}.`, { details: { id } });
}
