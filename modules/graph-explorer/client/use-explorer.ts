import type { Graft } from "@graft/sdk/client";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Api, Entity, Path, Relation, Stats } from "./api.ts";
import type { Selection } from "./create-picture.ts";
import { addToGraph, bestConnected, emptyGraph, type Graph, removeFromGraph } from "./graph.ts";
import { entityOfPath, pathOfEntity } from "./route.ts";
import { learnTypes } from "./type-look.ts";

/** What the panel shows for the selection. */
export type Mode = "look" | "create" | "edit" | "relate" | "delete" | "path";

export interface Explorer {
  /** Null until the first answer. */
  stats: Stats | null;
  error: string | null;
  graph: Graph;
  selection: Selection | null;
  entity: Entity | null;
  relation: Relation | null;
  mode: Mode;
  path: Path | null;
  truncated: ReadonlySet<string>;
  start(): Promise<void>;
  setMode(mode: Mode): void;
  /** Selects an entity, brings it onto the screen with its neighbours; null lets go. */
  open(id: string | null): void;
  openRelation(id: string): void;
  expand(id: string): Promise<void>;
  hide(id: string): void;
  connect(to: string): Promise<void>;
  clearPath(): void;
  save(fields: Omit<Entity, "id">): Promise<void>;
  create(fields: Omit<Entity, "id">): Promise<void>;
  relate(fields: Omit<Relation, "id">, other: Entity): Promise<void>;
  saveRelation(fields: Pick<Relation, "type" | "properties">): Promise<void>;
  remove(): Promise<void>;
  loadSample(): Promise<void>;
}

/** Everything the page knows and does; the address follows the selected entity, and the selection the address. */
export function useExplorer(graft: Graft, api: Api): Explorer {
  const [stats, setStats] = useState<Stats | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [graph, setGraph] = useState<Graph>(emptyGraph);
  const [selection, setSelection] = useState<Selection | null>(null);
  const [mode, setMode] = useState<Mode>("look");
  const [path, setPath] = useState<Path | null>(null);
  const [truncated, setTruncated] = useState<ReadonlySet<string>>(new Set());
  const expanded = useRef(new Set<string>());
  const latest = useRef({ graph, selection });
  latest.current = { graph, selection };

  const report = useCallback(
    (cause: unknown) => graft.toast(cause instanceof Error ? cause.message : String(cause), "error"),
    [graft],
  );
  const refreshStats = useCallback(async () => {
    const next = await api.stats();
    learnTypes(next.entityTypes.map(({ type }) => type));
    setStats(next);
  }, [api]);

  const expand = useCallback(
    async (id: string, depth = 1) => {
      const near = await api.neighbours(id, depth);
      expanded.current.add(id);
      setTruncated((old) => {
        const next = new Set(old);
        if (near.truncated) next.add(id);
        else next.delete(id);
        return next;
      });
      setGraph((old) =>
        addToGraph(old, { entities: [near.entity, ...near.neighbours], relations: near.relations }),
      );
    },
    [api],
  );

  const select = useCallback(
    (next: Selection | null) => {
      // Before navigating: the listener of the address must not take the old selection for the present one.
      latest.current = { ...latest.current, selection: next };
      setSelection(next);
      setMode("look");
      const address = pathOfEntity(next?.kind === "entity" ? next.id : null);
      if (graft.path !== address) graft.navigate(address);
    },
    [graft],
  );

  const showSomething = useCallback(async () => {
    const { items } = await api.relations();
    const centre = bestConnected(items);
    if (centre !== null) return expand(centre, 2);
    const { items: entities } = await api.search("", 60);
    setGraph((old) => addToGraph(old, { entities }));
  }, [api, expand]);

  const open = useCallback(
    (id: string | null) => {
      select(id === null ? null : { kind: "entity", id });
      if (id === null || expanded.current.has(id)) return;
      expand(id).catch((cause: unknown) => {
        report(cause);
        if (latest.current.graph.entities.has(id)) return;
        select(null);
        if (latest.current.graph.entities.size === 0) showSomething().catch(report);
      });
    },
    [expand, report, select, showSomething],
  );

  const start = useCallback(async () => {
    setError(null);
    try {
      await refreshStats();
      const id = entityOfPath(graft.path);
      if (id !== null) open(id);
      else await showSomething();
    } catch (cause) {
      setError(cause instanceof Error ? cause.message : String(cause));
    }
    graft.ready();
  }, [graft, open, refreshStats, showSomething]);

  useEffect(() => void start(), [start]);
  useEffect(
    () =>
      graft.onPath((next) => {
        const id = entityOfPath(next);
        const { selection: now } = latest.current;
        if (id !== (now?.kind === "entity" ? now.id : null)) open(id);
      }),
    [graft, open],
  );

  const entity = selection?.kind === "entity" ? (graph.entities.get(selection.id) ?? null) : null;
  const relation = selection?.kind === "relation" ? (graph.relations.get(selection.id) ?? null) : null;
  const changes = useMemo(
    () => createChanges({ api, graft, setGraph, setPath, select, open, refreshStats }),
    [api, graft, select, open, refreshStats],
  );

  return {
    stats,
    error,
    graph,
    selection,
    entity,
    relation,
    mode,
    path,
    truncated,
    start,
    setMode,
    open,
    openRelation: (id) => select({ kind: "relation", id }),
    expand: (id) => expand(id).catch(report),
    hide(id) {
      expanded.current.delete(id);
      setGraph((old) => removeFromGraph(old, { entities: [id] }));
      select(null);
    },
    connect: (to) => (entity ? changes.connect(entity.id, to).catch(report) : Promise.resolve()),
    clearPath: () => setPath(null),
    save: (fields) => (entity ? changes.save(entity, fields) : Promise.resolve()),
    create: changes.create,
    relate: changes.relate,
    saveRelation: (fields) => (relation ? changes.saveRelation(relation, fields) : Promise.resolve()),
    remove: () => changes.remove(entity, relation),
    async loadSample() {
      await api.loadSample();
      graft.toast("The sample graph is loaded.");
      await start();
    },
  };
}

interface ChangeDeps {
  api: Api;
  graft: Graft;
  setGraph(change: (graph: Graph) => Graph): void;
  setPath(path: Path | null): void;
  select(selection: Selection | null): void;
  open(id: string | null): void;
  refreshStats(): Promise<void>;
}

/** Each change is made by the server first; the screen follows its answer. */
function createChanges({ api, graft, setGraph, setPath, select, open, refreshStats }: ChangeDeps) {
  return {
    async connect(from: string, to: string) {
      const path = await api.path(from, to);
      setPath(path);
      setGraph((old) => addToGraph(old, path));
      select({ kind: "entity", id: from });
    },
    async create(fields: Omit<Entity, "id">) {
      const made = await api.createEntity(fields);
      setGraph((old) => addToGraph(old, { entities: [made] }));
      open(made.id);
      await refreshStats();
    },
    async save(entity: Entity, fields: Omit<Entity, "id">) {
      const saved = await api.changeEntity(entity.id, fields);
      setGraph((old) => addToGraph(old, { entities: [saved] }));
      select({ kind: "entity", id: saved.id });
      await refreshStats();
    },
    async relate(fields: Omit<Relation, "id">, other: Entity) {
      const made = await api.createRelation(fields);
      setGraph((old) => addToGraph(old, { entities: [other], relations: [made] }));
      select({ kind: "entity", id: other.id === fields.to ? fields.from : fields.to });
      await refreshStats();
    },
    async saveRelation(relation: Relation, fields: Pick<Relation, "type" | "properties">) {
      const saved = await api.changeRelation(relation.id, fields);
      setGraph((old) => addToGraph(old, { relations: [saved] }));
      select({ kind: "relation", id: saved.id });
    },
    async remove(entity: Entity | null, relation: Relation | null) {
      if (entity) {
        await api.deleteEntity(entity.id);
        setGraph((old) => removeFromGraph(old, { entities: [entity.id] }));
        graft.toast(`${entity.name} is deleted.`);
      } else if (relation) {
        await api.deleteRelation(relation.id);
        setGraph((old) => removeFromGraph(old, { relations: [relation.id] }));
        graft.toast(`The relation “${relation.type}” is deleted.`);
      }
      setPath(null);
      select(null);
      await refreshStats();
    },
  };
}
