import { GraftError, type HostDb } from "../../core/index.ts";

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

/** Longest first; asked when a migration has given its own locks back, so whoever holds one now was in its way. */
export async function readBlockers(db: HostDb, schema: string): Promise<Blocker[]> {
  const { rows } = await db.pool.query<Blocker>(blockersSql, [schema]);
  return rows;
}

export function migrationBlocked(
  module: string,
  failed: Error,
  blockers: Blocker[],
  { attempts, timeoutMs }: { attempts: number; timeoutMs: number },
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
const blockersSql = `
  SELECT * FROM (
    SELECT DISTINCT ON (a.pid) a.pid, coalesce(a.usename, '')::text AS role, coalesce(a.application_name, '') AS application,
      c.relname::text AS table, l.mode, coalesce(a.state, 'unknown') AS state,
      coalesce(extract(epoch FROM clock_timestamp() - a.xact_start), 0)::float8 AS seconds,
      CASE WHEN a.query LIKE '<insufficient privilege>%' OR a.query = '' THEN NULL
           ELSE left(regexp_replace(a.query, '\\s+', ' ', 'g'), 200) END AS query
    FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'relation' AND l.granted AND n.nspname = $1 AND c.relkind IN ('r', 'p', 'm')
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND a.pid <> pg_backend_pid()
    ORDER BY a.pid, c.relname) held
  ORDER BY seconds DESC LIMIT 5`;
