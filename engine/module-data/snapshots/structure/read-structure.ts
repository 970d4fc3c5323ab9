import type pg from "pg";
import { functionsSql, operatorsSql } from "./functions.sql.ts";
import {
  behaviourSql,
  commentsSql,
  constraintsSql,
  defaultsSql,
  indexesSql,
  refreshSql,
  viewsSql,
} from "./relations.sql.ts";
import { columnsSql, sequencesSql, tableSettingsSql, tablesSql } from "./tables.sql.ts";
import { collationsSql, typesSql } from "./types.sql.ts";
import { ranks, type StructureObject } from "./types.ts";

/** A schema as statements: those that must run before rows are loaded, and the rest. */
export interface Structure {
  before: string[];
  after: string[];
}

const queries = [
  typesSql,
  collationsSql,
  functionsSql,
  operatorsSql,
  sequencesSql,
  tablesSql,
  defaultsSql,
  constraintsSql,
  indexesSql,
  viewsSql,
  behaviourSql,
  refreshSql,
  commentsSql,
];

/**
 * Reads the catalogues on the owner's connection. PostgreSQL writes the definitions itself; the order is that of its
 * own dependencies. @param forced tables whose forced row security was lifted for reading
 */
export async function readStructure(client: pg.Client, schema: string, forced: string[]): Promise<Structure> {
  const { objects, edges } = await readAll(client, schema, forced);
  return order(objects, needsOf(objects, edges));
}

/** A schema object by object, for comparing: what its columns are stands apart from the tables they are in. */
export interface Described {
  /** What others rest on comes first. */
  objects: StructureObject[];
  /** What each rests on. */
  needs: Map<StructureObject, Set<StructureObject>>;
}

export async function describeStructure(client: pg.Client, schema: string): Promise<Described> {
  const { objects: all, edges } = await readAll(client, schema, []);
  const needs = needsOf(all, edges);
  const placed = place(all, needs);
  const objects = placed.filter(({ key, rank }) => rank !== ranks.table && !key.startsWith("refresh/"));
  return { objects: [...(await readObjects(client, columnsSql, [schema])), ...objects], needs };
}

async function readAll(client: pg.Client, schema: string, forced: string[]) {
  // With nothing but the system on the path, PostgreSQL qualifies every name it prints.
  await client.query("SET LOCAL search_path = pg_catalog, pg_temp");
  const objects: StructureObject[] = [];
  for (const sql of queries) objects.push(...(await readObjects(client, sql, [schema])));
  objects.push(...(await readObjects(client, tableSettingsSql, [schema, forced])));
  const { rows: edges } = await client.query<Edge>(edgesSql);
  return { objects, edges };
}

async function readObjects(client: pg.Client, sql: string, values: unknown[]): Promise<StructureObject[]> {
  const { rows } = await client.query<Partial<StructureObject> & Pick<StructureObject, "key" | "sql">>(
    sql,
    values,
  );
  return rows.map((row) => ({
    aliases: [],
    after: [],
    rank: 0,
    name: "",
    holdsRows: false,
    ...row,
  }));
}

interface Edge {
  from: string;
  to: string;
}

/** Without sequences' ties to their columns (made by OWNED BY later) and without what only mirrors partitions. */
const edgesSql = `
  SELECT d.classid || '/' || d.objid AS from, d.refclassid || '/' || d.refobjid AS to FROM pg_depend d
  WHERE d.objid >= 16384 AND d.refobjid >= 16384 AND d.deptype IN ('n', 'a', 'i')
    AND NOT (d.deptype = 'a' AND d.classid = 'pg_class'::regclass
      AND EXISTS (SELECT FROM pg_class c WHERE c.oid = d.objid AND (c.relkind = 'S' OR c.relispartition)))`;

const byRank = (a: StructureObject, b: StructureObject) => a.rank - b.rank || (a.name < b.name ? -1 : 1);

function needsOf(objects: StructureObject[], edges: Edge[]): Map<StructureObject, Set<StructureObject>> {
  const sorted = [...objects].sort(byRank);
  const byKey = new Map<string, StructureObject>();
  for (const object of sorted) for (const key of [object.key, ...object.aliases]) byKey.set(key, object);
  const needs = new Map<StructureObject, Set<StructureObject>>();
  const need = (from: StructureObject | undefined, to: StructureObject | undefined) => {
    if (!from || !to || from === to) return;
    const set = needs.get(from) ?? new Set();
    needs.set(from, set.add(to));
  };
  for (const edge of edges) need(byKey.get(edge.from), byKey.get(edge.to));
  for (const object of sorted) for (const key of object.after) need(object, byKey.get(key));
  return needs;
}

/** What holds rows first, with all it needs; then the rest. */
function place(
  objects: StructureObject[],
  needs: Map<StructureObject, Set<StructureObject>>,
): StructureObject[] {
  const placed = new Set<StructureObject>();
  const add = (object: StructureObject) => {
    if (placed.has(object)) return;
    placed.add(object);
    for (const other of [...(needs.get(object) ?? [])].sort((a, b) => a.rank - b.rank)) add(other);
    // A set keeps the order of insertion: after what it needs.
    placed.delete(object);
    placed.add(object);
  };
  const sorted = [...objects].sort(byRank);
  for (const object of sorted) if (object.holdsRows) add(object);
  for (const object of sorted) add(object);
  return [...placed];
}

function order(objects: StructureObject[], needs: Map<StructureObject, Set<StructureObject>>): Structure {
  const sorted = place(objects, needs);
  const last = sorted.findLastIndex(({ holdsRows }) => holdsRows);
  const sql = sorted.map((object) => object.sql);
  return { before: sql.slice(0, last + 1), after: sql.slice(last + 1) };
}
