import pg from "pg";
import { callsFunction } from "./generated-columns.ts";
import { own } from "./scope.sql.ts";

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
