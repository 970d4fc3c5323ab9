import type pg from "pg";
import { functionsSql, operatorsSql } from "./functions.sql.ts";
import { type Edge, needsOf, orderStructure, place } from "./order-structure.ts";
import {
  behaviourSql,
  commentsSql,
  constraintsSql,
  defaultsSql,
  indexesSql,
  refreshSql,
  viewsSql,
} from "./relations.sql.ts";
import { defaultRightsSql, rightsSql } from "./rights.sql.ts";
import { schemasSql } from "./schemas.sql.ts";
import { columnsSql, sequencesSql, tableSettingsSql, tablesSql } from "./tables.sql.ts";
import { collationsSql, domainConstraintsSql, typesSql } from "./types.sql.ts";
import { ranks, type Statement, type StructureObject } from "./types.ts";

/** A database as statements: those that must run before rows are loaded, and the rest. */
export interface Structure {
  before: Statement[];
  after: Statement[];
  /** Who may do what. One that names a role which is not there may be left out. */
  rights: string[];
}

const queries = [
  schemasSql,
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
  tableSettingsSql,
  refreshSql,
  commentsSql,
];

/**
 * Reads the catalogues on the owner's connection, in its open transaction. PostgreSQL writes the definitions itself;
 * the order is that of its own dependencies.
 */
export async function readStructure(client: pg.Client): Promise<Structure> {
  const { objects, edges } = await readAll(client, [typesSql(false), domainConstraintsSql, ...queries]);
  const rights: string[] = [];
  for (const sql of [rightsSql, defaultRightsSql]) {
    const { rows } = await client.query<{ sql: string }>(sql);
    rights.push(...rows.map((row) => row.sql));
  }
  return { ...orderStructure(objects, needsOf(objects, edges)), rights };
}

/** A database object by object, for comparing: what its columns are stands apart from the tables they are in. */
export interface Described {
  /** What others rest on comes first. */
  objects: StructureObject[];
  /** The same with tables whole, as the statements that make them. */
  build: StructureObject[];
  /** What each rests on. */
  needs: Map<StructureObject, Set<StructureObject>>;
}

/** In the owner's open transaction. */
export async function describeStructure(client: pg.Client): Promise<Described> {
  const { objects: found, edges } = await readAll(client, [typesSql(true), ...queries]);
  const all = found.map((object) => ({ ...object, stub: null }));
  const needs = needsOf(all, edges);
  const placed = place(all, needs);
  const objects = placed.filter(({ key, rank }) => rank !== ranks.table && !key.startsWith("refresh/"));
  return { objects: [...(await readObjects(client, columnsSql)), ...objects], build: placed, needs };
}

async function readAll(client: pg.Client, statements: string[]) {
  // With nothing but the system on the path, PostgreSQL qualifies every name it prints.
  await client.query("SET LOCAL search_path = pg_catalog, pg_temp");
  const objects: StructureObject[] = [];
  for (const sql of statements) objects.push(...(await readObjects(client, sql)));
  const { rows: edges } = await client.query<Edge>(edgesSql);
  return { objects, edges };
}

async function readObjects(client: pg.Client, sql: string): Promise<StructureObject[]> {
  const { rows } = await client.query<Partial<StructureObject> & Pick<StructureObject, "key" | "sql">>(sql);
  return rows.map((row) => ({
    aliases: [],
    after: [],
    rank: 0,
    name: "",
    beforeRows: false,
    stub: null,
    otherwise: null,
    on: null,
    undo: null,
    ...row,
  }));
}

/** What rests on single columns, and what those rest on: edges between tables as a whole do not tell. */
export async function readColumnEdges(client: pg.Client): Promise<Edge[]> {
  return (await client.query<Edge>(columnEdgesSql)).rows;
}

/** Without sequences' ties to their columns (made by OWNED BY later) and without what only mirrors partitions. */
const edgesSql = `
  SELECT d.classid || '/' || d.objid AS from, d.refclassid || '/' || d.refobjid AS to FROM pg_depend d
  WHERE d.objid >= 16384 AND d.refobjid >= 16384 AND d.deptype IN ('n', 'a', 'i')
    AND NOT (d.deptype = 'a' AND d.classid = 'pg_class'::regclass
      AND EXISTS (SELECT FROM pg_class c WHERE c.oid = d.objid AND (c.relkind = 'S' OR c.relispartition)))`;

const referenced = (alias: string) =>
  `CASE WHEN ${alias}.refobjsubid > 0 THEN 'column-of/' || ${alias}.refobjid || '/' || ${alias}.refobjsubid ELSE ${alias}.refclassid || '/' || ${alias}.refobjid END`;

const columnEdgesSql = `
  SELECT d.classid || '/' || d.objid AS from, ${referenced("d")} AS to FROM pg_catalog.pg_depend d
  WHERE d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0 AND d.objid >= 16384 AND d.objsubid = 0 AND d.deptype IN ('n', 'a', 'i')
  UNION ALL
  SELECT 'column-of/' || d.objid || '/' || d.objsubid, ${referenced("d")} FROM pg_catalog.pg_depend d
  WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objsubid > 0 AND d.refobjid >= 16384 AND d.deptype IN ('n', 'a')
  UNION ALL
  SELECT 'column-of/' || x.adrelid || '/' || x.adnum, ${referenced("d")} FROM pg_catalog.pg_attrdef x
  JOIN pg_catalog.pg_attribute a ON a.attrelid = x.adrelid AND a.attnum = x.adnum AND a.attgenerated <> ''
  JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.objid = x.oid AND d.refobjid >= 16384
    AND NOT (d.refobjid = x.adrelid AND d.refobjsubid = x.adnum)`;
