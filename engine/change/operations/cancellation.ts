import { GraftError, type HostDb, type Log } from "../../core/index.ts";
import type { ModuleDatabase } from "../../module-data/index.ts";
import type { Running } from "./running.ts";

const lookMs = 500;
/** Longer than any history needs; a migration that never ends must not keep everybody else from changing anything. */
const deadlineMs = 60 * 60_000;

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

/** Looks whether the operation was broken off, and then ends what its modules' owners run, as often as they begin anew. */
export function watchCancellation({ db, database, log }: CancellationDeps, op: Running): () => void {
  const endsAt = performance.now() + deadlineMs;
  let looking = false;
  const look = async () => {
    if (op.cancelled === null && performance.now() > endsAt) {
      const by = "Graft, as it took longer than an hour";
      if (await recordCancellation(db, op.id, by)) op.cancelled = by;
    }
    op.cancelled ??= await readCancellation(db, op.id);
    if (op.cancelled === null) return;
    for (const { module } of [...op.journal.changes, ...op.journal.removals])
      await database.interrupt(module);
  };
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    void look()
      .catch((err) =>
        log.warn({ err, operation: op.id }, "whether the operation was broken off cannot be read"),
      )
      .finally(() => {
        looking = false;
      });
  }, lookMs).unref();
  return () => clearInterval(timer);
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
