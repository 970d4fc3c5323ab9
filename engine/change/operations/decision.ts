import { GraftError, type HostDb, type Json, type Problem } from "../../core/index.ts";

/** @throws CONFLICT when another host, which thought this one dead, has begun to undo it */
export async function recordDecision(
  db: HostDb,
  id: string,
  journal: { [key: string]: Json },
): Promise<void> {
  const { rowCount } = await db.pool.query(
    `UPDATE graft.operations SET status = 'committing', journal = $2
     WHERE id = $1 AND status = 'preparing' AND finished_at IS NULL AND error IS NULL AND cancelled_by IS NULL`,
    [id, journal],
  );
  if (rowCount === 0)
    throw new GraftError("CONFLICT", "Another host has taken this change over, or somebody broke it off.");
}

/** After this it can no longer be decided. False when it was, though the answer may have been lost, or has ended. */
export async function decideAgainst(db: HostDb, id: string, why: Problem): Promise<boolean> {
  const { rowCount } = await db.pool.query(
    `UPDATE graft.operations SET error = coalesce(error, $2::jsonb)
     WHERE id = $1 AND status = 'preparing' AND finished_at IS NULL`,
    [id, JSON.stringify(why)],
  );
  return rowCount === 1;
}
