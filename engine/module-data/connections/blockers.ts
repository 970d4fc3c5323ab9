import type pg from "pg";
import { GraftError } from "../../core/index.ts";
import { ownSchema } from "../databases/own-tables.sql.ts";
import type { ModuleServer } from "./module-server.ts";

/** A session that holds a lock on a table of the module. */
export interface Blocker {
  pid: number;
  /** Role and application, as far as the session says. */
  role: string;
  application: string;
  table: string;
  mode: string;
  /** `active`, `idle in transaction`, … */
  state: string;
  /** How long its transaction has been open. */
  seconds: number;
  /** What it runs, or ran last; null where the host may not see it. */
  query: string | null;
}

/**
 * Longest first; asked when a migration has given its own locks back, so whoever holds one now was in its way. What is locked only
 * a session in the module's database can name, what others run there only the host may see.
 */
export async function readBlockers(client: pg.Client, server: ModuleServer): Promise<Blocker[]> {
  const { rows: held } = await client.query<{ pid: number; table: string; mode: string }>(heldSql);
  if (held.length === 0) return [];
  const { rows: sessions } = await server.pool.query<Omit<Blocker, "table" | "mode">>(sessionsSql, [
    held.map(({ pid }) => pid),
  ]);
  return sessions.flatMap((session) => {
    const lock = held.find(({ pid }) => pid === session.pid);
    return lock ? { ...session, table: lock.table, mode: lock.mode } : [];
  });
}

export function migrationBlocked(
  module: string,
  failed: Error,
  { blockers, attempts, timeoutMs }: { blockers: Blocker[]; attempts: number; timeoutMs: number },
): GraftError {
  const { migration, line, statement } = ((failed as GraftError).details ?? {}) as Record<string, unknown>;
  const place = migration === undefined ? "" : `, migration ${String(migration)}, line ${String(line)}`;
  const tries = `${attempts} ${attempts === 1 ? "try" : "tries"} of ${timeoutMs / 1000} s`;
  const [first] = blockers;
  const who = first ? `: ${formatBlocker(first)}` : "";
  return new GraftError("MIGRATION_BLOCKED", `${module}${place}: tables were in use in ${tries}${who}.`, {
    hint: first
      ? `Nothing was changed. Wait until it is done, or end it with SELECT pg_terminate_backend(${first.pid}), then make the plan again.`
      : "Nothing was changed. Make the plan again when it is quieter.",
    retryable: true,
    details: { module, migration, line, statement, blockers, sqlState: "55P03" },
    cause: failed,
  });
}

function formatBlocker({ pid, role, table, state, seconds, query }: Blocker): string {
  const doing = query === null ? "" : `, ${state === "active" ? "runs" : "ran last"}: ${query}`;
  return `session ${pid} of ${role} has held ${table} for ${Math.round(seconds)} s (${state}${doing})`;
}

// Of several locks of a session the first table stands for all.
const heldSql = `
  SELECT DISTINCT ON (l.pid) l.pid, c.relname::text AS table, l.mode
  FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_class c ON c.oid = l.relation
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE l.locktype = 'relation' AND l.granted AND ${ownSchema("n")} AND c.relkind IN ('r', 'p', 'm')
    AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
    AND l.pid <> pg_catalog.pg_backend_pid()
  ORDER BY l.pid, c.relname`;

const sessionsSql = `
  SELECT pid, coalesce(usename, '')::text AS role, coalesce(application_name, '') AS application,
    coalesce(state, 'unknown') AS state,
    coalesce(extract(epoch FROM clock_timestamp() - xact_start), 0)::float8 AS seconds,
    CASE WHEN query LIKE '<insufficient privilege>%' OR query = '' THEN NULL
         ELSE left(regexp_replace(query, '\\s+', ' ', 'g'), 200) END AS query
  FROM pg_stat_activity WHERE pid = ANY ($1) ORDER BY seconds DESC LIMIT 5`;
