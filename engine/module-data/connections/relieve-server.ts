import { setTimeout as delay } from "node:timers/promises";
import type { Log } from "../../core/index.ts";
import type { ModuleServer } from "./module-server.ts";

/** No process of a module has a use for so many at once; PostgreSQL has some thousands for all. */
const locksMax = 2_000;
const lookMs = 2_000;
const waitsMs = [300, 1_000, 2_000, 4_000, 8_000];
/** The lock table is full; no connection is left. */
const pressure = new Set(["53200", "53300"]);

/** Ends sessions of modules' processes that hold so many locks that nobody else gets any. */
export async function relieveServer({ pool }: ModuleServer, log: Log): Promise<void> {
  const { rows } = await pool.query<{ role: string; locks: number }>(
    `SELECT a.usename::text AS role, l.locks, pg_terminate_backend(a.pid)
     FROM (SELECT pid, count(*)::int AS locks FROM pg_locks GROUP BY pid HAVING count(*) > $1) l
     JOIN pg_stat_activity a ON a.pid = l.pid
     WHERE a.usename LIKE 'graft\\_%\\_r' AND pg_has_role(a.usesysid, 'USAGE')`,
    [locksMax],
  );
  for (const { role, locks } of rows)
    log.warn({ role, locks }, "a module's session was ended: it held too many locks");
}

/** What a module uses up is made free, and the work is done once more. Only for work that may be repeated. */
export async function underPressure<T>(server: ModuleServer, log: Log, work: () => Promise<T>): Promise<T> {
  for (const waitMs of waitsMs) {
    try {
      return await work();
    } catch (error) {
      if (!pressure.has((error as { code?: string }).code ?? "")) throw error;
      await relieveServer(server, log).catch(() => {});
      await delay(waitMs);
    }
  }
  return work();
}

/** Looks every two seconds, until it is told to end. */
export function watchServer(server: ModuleServer, log: Log): () => void {
  const timer = setInterval(() => void relieveServer(server, log).catch(() => {}), lookMs).unref();
  return () => clearInterval(timer);
}
