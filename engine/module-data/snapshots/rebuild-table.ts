import { randomBytes } from "node:crypto";
import type pg from "pg";

/**
 * Runs a statement on the table while it is empty and puts the rows in again, in their order: what PostgreSQL builds
 * over rows that are there it builds without the database's search path (from 17 on), row by row it is built with it.
 * In a transaction of its own, which the caller rolls back on a throw.
 * @param table qualified and quoted; nothing refers to it yet
 */
export async function rebuildTable(client: pg.Client, table: string, sql: string): Promise<void> {
  const kept = `graft_rows_${randomBytes(8).toString("hex")}`;
  const { rows } = await client.query<{ columns: string | null }>(
    `SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns FROM pg_catalog.pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [table],
  );
  const columns = rows[0]?.columns ?? "";
  await client.query(
    `BEGIN; SET LOCAL synchronize_seqscans = off; SET LOCAL max_parallel_workers_per_gather = 0;
     CREATE TEMPORARY TABLE ${kept} ON COMMIT DROP AS SELECT ${columns} FROM ONLY ${table};
     TRUNCATE ONLY ${table}; ${sql};
     INSERT INTO ${table} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM ${kept}; COMMIT`,
  );
}
