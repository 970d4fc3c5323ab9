import pg from "pg";
import { own, ownSchema } from "./scope.sql.ts";

const { escapeIdentifier, escapeLiteral } = pg;

/** A table that holds rows itself, with the columns that can be written. */
export interface RowTable {
  schema: string;
  name: string;
  columns: string[];
}

/** Prisma's own table: it travels with the data and is none. */
export const ledgerTable = "_prisma_migrations";

export function qualified({ schema, name }: Pick<RowTable, "schema" | "name">): string {
  return `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
}

/** `TABLE (columns)` for COPY. */
export function copyTarget(table: RowTable): string {
  const columns = table.columns.map(escapeIdentifier).join(", ");
  return columns === "" ? qualified(table) : `${qualified(table)} (${columns})`;
}

/**
 * With pg_catalog first on the search path, as in all that reads catalogues. Partitions one by one, parents of inheritance without their children. Those whose generated columns call functions
 * of the module come last: such a function may read another table.
 */
export async function readRowTables(client: pg.ClientBase): Promise<RowTable[]> {
  const { rows } = await client.query<RowTable>(rowTablesSql);
  return rows;
}

/** The generated column `a` does. */
const callsFunction = `EXISTS (
  SELECT FROM pg_attrdef d JOIN pg_depend p ON p.classid = 'pg_attrdef'::regclass AND p.objid = d.oid AND p.refclassid = 'pg_proc'::regclass AND p.refobjid >= 16384
  WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum)`;

const rowTablesSql = `
  SELECT n.nspname::text AS schema, c.relname::text AS name,
    ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS columns
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${own("pg_class", "c.oid")} AND c.relkind = 'r'
  ORDER BY EXISTS (
    SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attgenerated <> '' AND ${callsFunction}), 1, 2`;

/** Statements that bring every sequence to where it stands. */
export async function readSequences(client: pg.ClientBase): Promise<string[]> {
  const { rows: found } = await client.query<Pick<RowTable, "schema" | "name">>(sequencesSql);
  if (found.length === 0) return [];
  const { rows } = await client.query<{ name: string; last: string; called: boolean }>(
    found
      .map(qualified)
      .map(
        (name) =>
          `SELECT ${escapeLiteral(name)} AS name, last_value AS last, is_called AS called FROM ${name}`,
      )
      .join(" UNION ALL "),
  );
  return rows.map(
    ({ name, last, called }) => `SELECT pg_catalog.setval(${escapeLiteral(name)}, ${last}, ${called})`,
  );
}

const sequencesSql = `
  SELECT n.nspname::text AS schema, c.relname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE ${own("pg_class", "c.oid")} AND c.relkind = 'S' ORDER BY 1, 2`;

/** A table whose stored generated columns COPY does not carry. */
export interface GeneratedColumns {
  schema: string;
  name: string;
  columns: string[];
  /** One of them calls a function of the module's or an extension's, which may give something else by now. */
  calls: boolean;
}

export async function readGeneratedColumns(client: pg.ClientBase): Promise<GeneratedColumns[]> {
  const { rows } = await client.query<GeneratedColumns>(
    `SELECT n.nspname::text AS schema, c.relname::text AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns, bool_or(${callsFunction}) AS calls
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attgenerated = 's' AND NOT a.attisdropped
      WHERE ${ownSchema} AND c.relkind = 'r' GROUP BY 1, 2`,
  );
  return rows;
}

/** Equal for equal values in whatever order the rows are. */
export async function sumGeneratedColumns(client: pg.ClientBase, table: GeneratedColumns): Promise<string> {
  const row = table.columns.map((name) => `t.${escapeIdentifier(name)}`).join(", ");
  const { rows } = await client.query<{ sum: string }>(
    `SELECT coalesce(sum(hashtextextended(ROW(${row})::text, 0)::numeric), 0)::text AS sum FROM ONLY ${qualified(table)} t`,
  );
  return rows[0]?.sum ?? "0";
}
