import pg from "pg";
import { readTransaction } from "../connections/read-transaction.ts";
import type { SchemaInfo, TableInfo } from "../types.ts";

const { escapeIdentifier, escapeLiteral } = pg;

/** Exact counts as of one moment. On the owner's connection: row security and rules are the module's code. */
export async function inspectSchema(client: pg.Client, schema: string): Promise<SchemaInfo> {
  const tables = await readTransaction(client, schema, () => readTables(client, schema));
  return {
    tables,
    rows: tables.reduce((sum, table) => sum + table.rows, 0),
    bytes: tables.reduce((sum, table) => sum + table.bytes, 0),
  };
}

async function readTables(client: pg.Client, schema: string): Promise<TableInfo[]> {
  const { rows: sizes } = await client.query<{ name: string; bytes: string }>(tablesSql, [schema]);
  if (sizes.length === 0) return [];
  const { rows: counts } = await client.query<{ name: string; rows: string }>(
    sizes.map(({ name }) => countSql(schema, name)).join(" UNION ALL "),
  );
  const rowsOf = new Map(counts.map((count) => [count.name, Number(count.rows)]));
  return sizes.map(({ name, bytes }) => ({ name, rows: rowsOf.get(name) ?? 0, bytes: Number(bytes) }));
}

function countSql(schema: string, table: string): string {
  return `SELECT ${escapeLiteral(table)} AS name, pg_catalog.count(*) AS rows
          FROM ${escapeIdentifier(schema)}.${escapeIdentifier(table)}`;
}

/** Tables of the module's own, without Prisma's ledger; partitions count with their parent. */
export const tablesSql = `
  SELECT c.relname::text AS name,
    CASE c.relkind WHEN 'p'
      THEN (SELECT pg_catalog.sum(pg_catalog.pg_total_relation_size(t.relid)) FROM pg_catalog.pg_partition_tree(c.oid) t)
      ELSE pg_catalog.pg_total_relation_size(c.oid) END AS bytes
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> '_prisma_migrations'
  ORDER BY c.relname`;
