import type { Statement, StructureObject } from "./types.ts";

/** One object rests on another, by their keys. */
export interface Edge {
  from: string;
  to: string;
}

type Needs = Map<StructureObject, Set<StructureObject>>;

const byRank = (a: StructureObject, b: StructureObject) => a.rank - b.rank || (a.name < b.name ? -1 : 1);

export function needsOf(objects: StructureObject[], edges: Edge[]): Needs {
  const sorted = [...objects].sort(byRank);
  const byKey = new Map<string, StructureObject>();
  for (const object of sorted) for (const key of [object.key, ...object.aliases]) byKey.set(key, object);
  const needs: Needs = new Map();
  const need = (from: StructureObject | undefined, to: StructureObject | undefined) => {
    if (!from || !to || from === to) return;
    const set = needs.get(from) ?? new Set();
    needs.set(from, set.add(to));
  };
  for (const edge of edges) need(byKey.get(edge.from), byKey.get(edge.to));
  for (const object of sorted) for (const key of object.after) need(object, byKey.get(key));
  return needs;
}

/**
 * What has to stand before the rows first, with all it needs; then the rest. A view that is needed by what it needs
 * itself comes twice: as a stub of the same columns, and in its place.
 */
export function place(objects: StructureObject[], needs: Needs): StructureObject[] {
  const begun = new Set<StructureObject>();
  const placed = new Set<StructureObject>();
  const stubbed = new Set<StructureObject>();
  const order: StructureObject[] = [];
  const add = (object: StructureObject) => {
    begun.add(object);
    let inCircle = false;
    for (const other of [...(needs.get(object) ?? [])].sort((a, b) => a.rank - b.rank)) {
      if (!begun.has(other)) add(other);
      if (!placed.has(other)) inCircle = true;
    }
    placed.add(object);
    if (inCircle && object.stub !== null) {
      stubbed.add(object);
      order.push({ ...object, sql: object.stub });
    } else order.push(object);
  };
  const addAll = (object: StructureObject) => {
    if (!begun.has(object)) add(object);
    for (const view of stubbed)
      order.push({ ...view, sql: view.sql.replace(/^CREATE VIEW/, "CREATE OR REPLACE VIEW") });
    stubbed.clear();
  };
  const sorted = [...objects].sort(byRank);
  for (const object of sorted) if (object.beforeRows) addAll(object);
  for (const object of sorted) addAll(object);
  return order;
}

export function orderStructure(
  objects: StructureObject[],
  needs: Needs,
): { before: Statement[]; after: Statement[] } {
  const sorted = place(objects, needs);
  const last = sorted.findLastIndex(({ beforeRows }) => beforeRows);
  const statements = sorted.map(toStatement);
  return { before: statements.slice(0, last + 1), after: statements.slice(last + 1) };
}

function toStatement({ name, sql, otherwise, on, undo }: StructureObject): Statement {
  return {
    name,
    sql,
    ...(otherwise ? { otherwise } : {}),
    ...(on ? { on } : {}),
    ...(undo ? { undo } : {}),
  };
}
