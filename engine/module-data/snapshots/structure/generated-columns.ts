import pg from "pg";
import { ownSchema } from "./scope.sql.ts";

const { escapeIdentifier } = pg;

/** That the generated column `a` calls a function of the module's or an extension's. */
export const callsFunction = `EXISTS (
  SELECT FROM pg_attrdef d JOIN pg_depend p ON p.classid = 'pg_attrdef'::regclass AND p.objid = d.oid AND p.refclassid = 'pg_proc'::regclass AND p.refobjid >= 16384
  WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum)`;

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

/**
 * Equal for equal values in whatever order the rows are; in the caller's open transaction. PostgreSQL plans the query
 * with the functions of the table's indexes, which call others by their bare names: hence the database's own path.
 * @returns null when it cannot be read so
 */
export async function sumGeneratedColumns(
  client: pg.ClientBase,
  { schema, name, columns }: GeneratedColumns,
  path: string[],
): Promise<string | null> {
  const row = columns.map((column) => `t.${escapeIdentifier(column)}`).join(", ");
  const table = `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
  await client.query(
    `SAVEPOINT graft_sum; SET LOCAL search_path = ${path.map(escapeIdentifier).join(", ") || "''"}`,
  );
  try {
    const { rows } = await client.query<{ sum: string }>(
      `SELECT coalesce(pg_catalog.sum(pg_catalog.hashtextextended(ROW(${row})::pg_catalog.text, 0)::pg_catalog.numeric), 0)::pg_catalog.text AS sum FROM ONLY ${table} t`,
    );
    return rows[0]?.sum ?? null;
  } catch (error) {
    // As an undefined function, or whatever a function of the module's throws; not a lock or a lost connection.
    if (!/^(42|P0|22)/.test((error as { code?: string }).code ?? "")) throw error;
    return null;
  } finally {
    await client.query("ROLLBACK TO SAVEPOINT graft_sum");
  }
}
