import type pg from "pg";
import type { Log } from "../../core/index.ts";
import type { ModuleServer } from "./module-server.ts";

export interface Waiting {
  server: ModuleServer;
  log: Log;
  /** Whose statements may wait. */
  client: pg.Client;
  /** The role of the module's process. */
  role: string;
  lookMs: number;
}

/**
 * Does the work; a session of the module's process that keeps the client waiting at two looks in a row, by a lock that reading and
 * writing rows do not take, is ended. With such a lock, taken by name and held, a module could keep everybody's backup from being made,
 * and its own upgrade. Reports and transactions that take their time are not touched.
 */
export async function pastLockers<T>(waiting: Waiting, work: () => Promise<T>): Promise<T> {
  let before = new Set<number>();
  let looking = false;
  const look = async () => {
    const now = await lockersOf(waiting);
    const lasting = now.filter((pid) => before.has(pid));
    before = new Set(now);
    if (lasting.length > 0) await end(waiting, lasting);
  };
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look()
      .catch(() => {})
      .finally(() => {
        looking = false;
      });
  }, waiting.lookMs).unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

const ofRows = ["AccessShareLock", "RowShareLock", "RowExclusiveLock"];

async function lockersOf({ server, client, role }: Waiting): Promise<number[]> {
  const { processID } = client as unknown as { processID: number };
  const { rows } = await server.pool.query<{ pid: number }>(
    `SELECT a.pid FROM pg_stat_activity a WHERE a.usename = $2 AND a.pid = ANY (pg_blocking_pids($1))
     AND EXISTS (SELECT FROM pg_locks l WHERE l.pid = a.pid AND l.granted AND l.locktype = 'relation' AND l.mode <> ALL ($3))`,
    [processID, role, ofRows],
  );
  return rows.map(({ pid }) => pid);
}

async function end({ server, log, role }: Waiting, pids: readonly number[]): Promise<void> {
  log.warn({ role, sessions: pids }, "a module's sessions were ended: they kept tables locked from the host");
  await server.pool.query(
    "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity WHERE usename = $1 AND pid = ANY ($2)",
    [role, pids],
  );
}
