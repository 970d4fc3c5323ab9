import { type Context, problem, reply } from "@graft/sdk/server";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { newRelation, readQuery, relationPatch, relationQuery } from "./input.ts";
import * as table from "./relations.sql.ts";

type WithId = Context<undefined, { id: string }>;

export async function listRelations({ query }: Context) {
  const { entity, type, limit, cursor } = await readQuery(query, relationQuery);
  const [after = null] = decodeCursor(cursor, 1) ?? [];
  if (after !== null && !table.isRelationId(after)) decodeCursor("", 1);
  const rows = await table.listRelations({ entity: entity ?? null, types: type ?? null, after, limit });
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last ? encodeCursor([last.id]) : null };
}

export async function createRelation(context: Context) {
  const input = await context.json(newRelation);
  const relation = await table.insertRelation(input).catch((error: unknown) => {
    if (codeOf(error) !== "23503") throw error;
    throw problem(422, `There is no entity ${input.from} or no entity ${input.to}.`, {
      code: "ENTITY_MISSING",
    });
  });
  if (!relation) throw alreadyThere(`${input.from} ${input.type} ${input.to}`);
  return reply(201, relation, { location: `relations/${relation.id}` });
}

export async function getRelation({ params }: WithId) {
  return (await table.findRelation(params.id)) ?? missingRelation(params.id);
}

export async function patchRelation(context: WithId) {
  const patch = await context.json(relationPatch);
  const { id } = context.params;
  const relation = await table.updateRelation(id, patch).catch((error: unknown) => {
    throw codeOf(error) === "23505" ? alreadyThere(patch.type ?? "") : error;
  });
  return relation ?? missingRelation(id);
}

export async function deleteRelation({ params }: WithId) {
  if (!(await table.removeRelation(params.id))) missingRelation(params.id);
}

function missingRelation(id: string): never {
  throw problem(404, `There is no relation ${id}.`, { details: { id } });
}

function alreadyThere(what: string) {
  return problem(409, `There is a relation "${what}" between the two already.`);
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null)?.code;
}
