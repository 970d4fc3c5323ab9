import pg from "pg";

const { escapeIdentifier, escapeLiteral } = pg;

/** A table that holds rows itself, with the columns that can be written. */
export interface RowTable {
  name: string;
  columns: string[];
}

/** Prisma's own table in each schema: it travels with the data and is none. */
export const ledgerTable = "_prisma_migrations";

/** `TABLE (columns)` for COPY. */
export function copyTarget(schema: string, table: RowTable): string {
  const columns = table.columns.map(escapeIdentifier).join(", ");
  return `${escapeIdentifier(schema)}.${escapeIdentifier(table.name)} (${columns})`;
}

/** Partitions one by one, parents of inheritance without their children. */
export async function readRowTables(client: pg.ClientBase, schema: string): Promise<RowTable[]> {
  const { rows } = await client.query<RowTable>(
    `SELECT c.relname::text AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE n.nspname = $1 AND c.relkind = 'r' GROUP BY c.relname ORDER BY c.relname`,
    [schema],
  );
  return rows;
}

/** Statements that bring every sequence to where it stands. */
export async function readSequences(client: pg.Client, schema: string): Promise<string[]> {
  const { rows: found } = await client.query<{ name: string }>(
    `SELECT c.relname::text AS name FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relkind = 'S' ORDER BY c.relname`,
    [schema],
  );
  if (found.length === 0) return [];
  const { rows } = await client.query<{ name: string; last: string; called: boolean }>(
    found
      .map(({ name }) => {
        const qualified = `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;
        return `SELECT ${escapeLiteral(qualified)} AS name, last_value AS last, is_called AS called FROM ${qualified}`;
      })
      .join(" UNION ALL "),
  );
  return rows.map(
    ({ name, last, called }) => `SELECT pg_catalog.setval(${escapeLiteral(name)}, ${last}, ${called})`,
  );
}
