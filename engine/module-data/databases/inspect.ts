import pg from "pg";
import { isConnectionError } from "../connections/connection-errors.ts";
import type { DataInfo, TableInfo } from "../types.ts";
import { ownTable } from "./own-tables.sql.ts";

const { escapeIdentifier } = pg;

/** Beyond this a table is not read: PostgreSQL's own estimate is good enough. */
const countedBytesMax = 64 * 1024 * 1024;
/** Of waiting for one table that somebody has locked. */
const lockWaitMs = 150;

interface Found {
  schema: string;
  name: string;
  bytes: string;
  estimate: string;
}

/**
 * Tables with their rows, counted within the budget: what cannot be (a table is locked, large, or hides its rows from its
 * owner) is as PostgreSQL estimates it, and says so. Locks nothing that a writer would wait for.
 */
export async function inspectData(client: pg.Client, { budgetMs = 1_500 } = {}): Promise<DataInfo> {
  const endsAt = performance.now() + budgetMs;
  await client.query(`SET lock_timeout = ${lockWaitMs}; SET row_security = off`);
  const found = await readTables(client);
  const tables: TableInfo[] = [];
  for (const one of found) {
    const { schema, name } = one;
    const bytes = Number(one.bytes);
    const leftMs = Math.round(endsAt - performance.now());
    const counted = bytes > countedBytesMax || leftMs < 1 ? null : await count(client, one, leftMs);
    const rows = counted ?? Number(one.estimate);
    tables.push({ name: tableName(schema, name), rows, bytes, exact: counted !== null });
  }
  return {
    tables,
    rows: tables.reduce((sum, table) => sum + table.rows, 0),
    bytes: tables.reduce((sum, table) => sum + table.bytes, 0),
    exact: tables.every(({ exact }) => exact),
  };
}

/** As people read it. */
export const tableName = (schema: string, name: string) => (schema === "public" ? name : `${schema}.${name}`);

async function count(client: pg.Client, { schema, name }: Found, leftMs: number): Promise<number | null> {
  try {
    await client.query(`SET statement_timeout = ${leftMs}`);
    const { rows } = await client.query<{ rows: string }>(
      `SELECT pg_catalog.count(*) AS rows FROM ${escapeIdentifier(schema)}.${escapeIdentifier(name)}`,
    );
    return Number(rows[0]?.rows ?? 0);
  } catch (error) {
    if (isConnectionError(error)) throw error;
    return null;
  }
}

/** Without Prisma's ledger; partitions count with their parent. */
const tablesSql = (bytes: string) => `
  SELECT n.nspname::pg_catalog.text AS schema, c.relname::pg_catalog.text AS name,
    coalesce(pg_catalog.sum(${bytes}), 0)::pg_catalog.int8::pg_catalog.text AS bytes,
    coalesce(pg_catalog.sum(greatest(p.reltuples, 0)), 0)::pg_catalog.int8::pg_catalog.text AS estimate
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  CROSS JOIN LATERAL (SELECT c.oid AS relid WHERE c.relkind = 'r'
    UNION ALL SELECT t.relid FROM pg_catalog.pg_partition_tree(c.oid) t WHERE c.relkind = 'p') part
  JOIN pg_catalog.pg_class p ON p.oid = part.relid
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND ${ownTable("c", "n")} AND c.relname <> '_prisma_migrations'
  GROUP BY n.nspname, c.relname ORDER BY n.nspname <> 'public', n.nspname, c.relname`;

const measured = tablesSql("pg_catalog.pg_total_relation_size(p.oid)");
/** As of the last VACUUM: asking the files waits for whoever has locked the table. */
const remembered = tablesSql(
  "p.relpages::pg_catalog.int8 * pg_catalog.current_setting('block_size')::pg_catalog.int8",
);

async function readTables(client: pg.Client): Promise<Found[]> {
  try {
    return (await client.query<Found>(measured)).rows;
  } catch (error) {
    if (isConnectionError(error)) throw error;
    return (await client.query<Found>(remembered)).rows;
  }
}
