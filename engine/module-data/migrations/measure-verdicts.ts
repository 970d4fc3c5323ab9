import pg from "pg";
import { isConnectionError } from "../connections/connection-errors.ts";
import type { MigrationVerdict } from "../types.ts";
import type { Found, Work } from "./sql/verdict.ts";

const { escapeIdentifier } = pg;

/** Beyond this a table is not read for a plan: PostgreSQL's own estimate is good enough. */
const countedBytesMax = 64 * 1024 * 1024;

/**
 * Megabytes per second. Assumed, and on the slow side: a small server with a network disk and an index or two. They make
 * "a moment" and "an hour" tell apart, no more.
 */
const rates: Record<Work, number> = { scan: 100, index: 30, rewrite: 25, rows: 10 };
/** From here others notice. */
const longMs = 1000;

interface Size {
  /** Pages of its own rows. */
  heapBytes: number;
  bytes: number;
  rows: number;
  exact: boolean;
}

/** Of all counting for a plan, and of waiting for one table that somebody has locked. */
const budgetMs = 1_500;
const lockWaitMs = 150;

/**
 * Says of each verdict how much it is about. On the owner's connection: counting evaluates what the module defined. What cannot be
 * counted within the budget is not said.
 */
export async function measureVerdicts(client: pg.Client, found: Found[]): Promise<MigrationVerdict[]> {
  await client.query(`SET lock_timeout = ${lockWaitMs}; SET row_security = off`);
  const endsAt = performance.now() + budgetMs;
  const inTime: Limited = async (work) => {
    const leftMs = Math.round(endsAt - performance.now());
    if (leftMs < 1) return null;
    try {
      await client.query(`SET statement_timeout = ${leftMs}`);
      return await work();
    } catch (error) {
      if (isConnectionError(error)) throw error;
      return null;
    }
  };
  const sizes = new Map<string, Size | null>();
  const sizeOf = async (table: string) => {
    if (!sizes.has(table)) sizes.set(table, await inTime(() => readSize(client, table, inTime)));
    return sizes.get(table) ?? null;
  };
  const measured: MigrationVerdict[] = [];
  for (const { work, ...verdict } of found) {
    const size = verdict.table === null ? null : await sizeOf(verdict.table);
    if (!size || verdict.kind === "breaking") measured.push(verdict);
    else if (verdict.kind === "slow") measured.push(withEstimate(verdict, size, work ?? "scan"));
    else measured.push((await inTime(() => withLoss(client, verdict, size))) ?? verdict);
  }
  return measured;
}

type Limited = <T>(work: () => Promise<T>) => Promise<T | null>;

function withEstimate(verdict: MigrationVerdict, size: Size, work: Work): MigrationVerdict {
  const moved = work === "scan" || work === "index" ? size.heapBytes : size.bytes;
  const estimateMs = Math.round(moved / (rates[work] * 1000));
  const { rows, exact, bytes } = size;
  const said = `${count(rows, exact, "row")}, ${megabytes(bytes)}: ${duration(estimateMs)}, an estimate at ${rates[work]} MB/s`;
  return {
    ...verdict,
    ...{ rows, exact, bytes, estimateMs, long: estimateMs >= longMs },
    reason: `${verdict.reason} (${said})`,
  };
}

async function withLoss(client: pg.Client, verdict: MigrationVerdict, size: Size): Promise<MigrationVerdict> {
  const { table, column } = verdict;
  const { bytes, exact } = size;
  const rows = column === null ? size.rows : await countValues(client, { table: table ?? "", column, size });
  if (rows === null) return verdict;
  const what = count(rows, exact, column === null ? "row" : "value");
  return { ...verdict, rows, exact, bytes, reason: `${verdict.reason} (${what})` };
}

async function readSize(client: pg.Client, table: string, inTime: Limited): Promise<Size | null> {
  const name = sqlName(table);
  const { rows } = await client.query<{ heap: string; bytes: string }>(sizeSql, [name]);
  if (!rows[0]) return null;
  const heapBytes = Number(rows[0].heap);
  const size = { heapBytes, bytes: Number(rows[0].bytes) };
  if (heapBytes <= countedBytesMax) {
    const counted = await inTime(() =>
      client.query<{ n: string }>(`SELECT pg_catalog.count(*) AS n FROM ${name}`),
    );
    if (counted) return { ...size, rows: Number(counted.rows[0]?.n ?? 0), exact: true };
  }
  // What the planner reckons with: rows per page at the last ANALYZE, times the pages there are now.
  const planned = await client.query<{ "QUERY PLAN": { Plan: { "Plan Rows": number } }[] }>(
    `EXPLAIN (FORMAT JSON) SELECT FROM ${name}`,
  );
  return { ...size, rows: planned.rows[0]?.["QUERY PLAN"][0]?.Plan["Plan Rows"] ?? 0, exact: false };
}

/** Values that are not NULL; null for a column that is not there. */
async function countValues(
  client: pg.Client,
  { table, column, size }: { table: string; column: string; size: Size },
): Promise<number | null> {
  const { rows: known } = await client.query<{ empty: number | null }>(columnSql, [sqlName(table), column]);
  if (!known[0]) return null;
  if (!size.exact) return Math.round(size.rows * (1 - (known[0].empty ?? 0)));
  const { rows } = await client.query<{ n: string }>(
    `SELECT pg_catalog.count(${escapeIdentifier(column)}) AS n
     FROM ${sqlName(table)}`,
  );
  return Number(rows[0]?.n ?? 0);
}

/** Of `table` or `schema.table`, as a verdict names it. */
function sqlName(table: string): string {
  const at = table.indexOf(".");
  return at < 0
    ? `public.${escapeIdentifier(table)}`
    : `${escapeIdentifier(table.slice(0, at))}.${escapeIdentifier(table.slice(at + 1))}`;
}

/** Partitions count with their parent. */
const sizeSql = `
  SELECT pg_catalog.sum(pg_catalog.pg_relation_size(t.relid)) AS heap,
    pg_catalog.sum(pg_catalog.pg_total_relation_size(t.relid)) AS bytes
  FROM pg_catalog.pg_class c CROSS JOIN LATERAL (
    SELECT c.oid AS relid WHERE c.relkind <> 'p'
    UNION ALL SELECT p.relid FROM pg_catalog.pg_partition_tree(c.oid) p WHERE c.relkind = 'p') t
  WHERE c.oid = pg_catalog.to_regclass($1) AND c.relkind IN ('r', 'p', 'm') GROUP BY c.oid`;

const columnSql = `
  SELECT s.null_frac AS empty
  FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = a.attname
  WHERE c.oid = pg_catalog.to_regclass($1) AND a.attname = $2 AND NOT a.attisdropped`;

function count(n: number, exact: boolean, one: string): string {
  const number = new Intl.NumberFormat("en").format(exact ? n : Number(n.toPrecision(2)));
  return `${exact ? "" : "about "}${number} ${one}${n === 1 ? "" : "s"}`;
}

function megabytes(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1000)} kB`;
  return `${Number((bytes / 1_000_000).toPrecision(3))} MB`;
}

function duration(ms: number): string {
  if (ms < longMs) return "under a second";
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `about ${seconds} s`;
  return `about ${Math.round(seconds / 60)} minutes`;
}
