import { GraftError, type HostDb, type Log } from "../../core/index.ts";
import type { ModuleDatabase } from "../../module-data/index.ts";
import type { Leadership } from "../lead/leader.ts";
import type { Running } from "./running.ts";

const lookMs = 500;
/** Longer than any history needs; a migration that never ends must not keep everybody else from changing anything. */
const deadlineMs = 60 * 60_000;
/** Looks without an answer, 10 s, after which the host's database is away. Counted, so that a host that stood still has not waited. */
const silentMax = 20;

export interface CancellationDeps {
  db: HostDb;
  database: Pick<ModuleDatabase, "interrupt">;
  log: Log;
}

/** @returns false when it is too late: it was decided, or has ended */
export async function recordCancellation(db: HostDb, id: string, by: string): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `UPDATE graft.operations SET cancelled_by = coalesce(cancelled_by, $2)
     WHERE id = $1 AND status = 'preparing' AND finished_at IS NULL AND error IS NULL`,
    [id, by],
  );
  return rowCount === 1;
}

/**
 * Looks whether the operation was broken off, or can be told by nobody any more whether it is: its lead is lost, or the host's database
 * does not answer. Then it ends what its modules' owners run, as often as they begin anew: on their own server that would go on.
 */
export function watchCancellation(
  { db, database, log }: CancellationDeps,
  op: Running,
  lead: Pick<Leadership, "isLost">,
): () => void {
  const endsAt = performance.now() + deadlineMs;
  let looking = false;
  let ending = false;
  let silent = 0;
  const interrupt = async () => {
    if (ending) return;
    ending = true;
    try {
      for (const { module } of [...op.journal.changes, ...op.journal.removals])
        await database.interrupt(module);
    } finally {
      ending = false;
    }
  };
  const look = async () => {
    if (op.cancelled === null && performance.now() > endsAt) {
      const by = "Graft, as it took longer than an hour";
      if (await recordCancellation(db, op.id, by)) op.cancelled = by;
    }
    op.cancelled ??= await readCancellation(db, op.id);
    silent = 0;
    if (op.cancelled !== null) await interrupt();
  };
  const warn = (what: string) => (err: unknown) => log.warn({ err, operation: op.id }, what);
  const isLost = () => lead.isLost() || silent > silentMax;
  const timer = setInterval(() => {
    silent++;
    op.leadLost ||= isLost();
    if (op.leadLost) void interrupt().catch(warn("what the modules' owners run cannot be ended"));
    if (looking) return;
    looking = true;
    void look()
      .catch(warn("whether the operation was broken off cannot be read"))
      .finally(() => {
        looking = false;
      });
  }, lookMs).unref();
  return () => {
    clearInterval(timer);
    op.leadLost ||= isLost();
  };
}

/** @throws OPERATION_CANCELLED, DATABASE_UNREACHABLE */
export function assertGoesOn({ cancelled: by, leadLost }: Running): void {
  if (leadLost)
    throw new GraftError("DATABASE_UNREACHABLE", "Graft's database went away under this change.", {
      hint: "It is recovered as soon as the database answers again.",
      retryable: true,
    });
  if (by !== null) throw cancelled(by);
}

async function readCancellation({ pool }: HostDb, id: string): Promise<string | null> {
  const { rows } = await pool.query<{ by: string | null }>(
    "SELECT cancelled_by AS by FROM graft.operations WHERE id = $1",
    [id],
  );
  return rows[0]?.by ?? null;
}

export function cancelled(by: string): GraftError {
  return new GraftError("OPERATION_CANCELLED", `It was broken off by ${by}.`, {
    hint: "Nothing was changed. Make the plan again when you want it after all.",
  });
}
