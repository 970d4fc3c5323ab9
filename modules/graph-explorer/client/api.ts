import type { Graft } from "@graft/sdk/client";

export type Properties = Record<string, unknown>;

export interface Entity {
  id: string;
  type: string;
  name: string;
  properties: Properties;
}
export interface Relation {
  id: string;
  from: string;
  type: string;
  to: string;
  properties: Properties;
}
export interface Neighbourhood {
  entity: Entity;
  neighbours: Entity[];
  relations: Relation[];
  truncated: boolean;
}
export interface Path {
  found: boolean;
  hops: number | null;
  entities: Entity[];
  relations: Relation[];
}
export interface Stats {
  entities: number;
  relations: number;
  entityTypes: { type: string; count: number }[];
  relationTypes: { type: string; count: number }[];
}
interface List<T> {
  items: T[];
  nextCursor: string | null;
}

export type Api = ReturnType<typeof createApi>;

/** The module's own server, which asks the knowledge graph. Every call throws an Error with the problem's own words. */
export function createApi(graft: Pick<Graft, "json">) {
  const entity = (id: string, rest = "") => `/v1/entities/${encodeURIComponent(id)}${rest}`;
  const send = <T>(method: string, path: string, body?: object) =>
    graft.json<T>(path, { method, ...(body ? { body: body as Record<string, unknown> } : {}) });
  return {
    stats: () => graft.json<Stats>("/v1/stats"),
    search: (query: string, limit = 12, signal?: AbortSignal) =>
      graft.json<List<Entity>>(
        `/v1/entities?${new URLSearchParams({ query, limit: String(limit) })}`,
        signal ? { signal } : {},
      ),
    entity: (id: string) => graft.json<Entity>(entity(id)),
    neighbours: (id: string, depth = 1, limit = 60) =>
      graft.json<Neighbourhood>(entity(id, `/neighbours?depth=${depth}&limit=${limit}`)),
    relations: (limit = 100) => graft.json<List<Relation>>(`/v1/relations?limit=${limit}`),
    path: (from: string, to: string) => graft.json<Path>(`/v1/paths?${new URLSearchParams({ from, to })}`),
    createEntity: (fields: Omit<Entity, "id">) => send<Entity>("POST", "/v1/entities", fields),
    changeEntity: (id: string, fields: Partial<Omit<Entity, "id">>) =>
      send<Entity>("PATCH", entity(id), fields),
    deleteEntity: (id: string) => send<void>("DELETE", entity(id)),
    createRelation: (fields: Omit<Relation, "id">) => send<Relation>("POST", "/v1/relations", fields),
    changeRelation: (id: string, fields: Partial<Pick<Relation, "type" | "properties">>) =>
      send<Relation>("PATCH", `/v1/relations/${id}`, fields),
    deleteRelation: (id: string) => send<void>("DELETE", `/v1/relations/${id}`),
    loadSample: () => send<unknown>("POST", "/v1/sample"),
  };
}
