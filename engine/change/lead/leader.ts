import type { HostDb } from "../../core/index.ts";

export interface Leadership {
  /** Its connection has ended: somebody else may lead by now. */
  isLost(): boolean;
  release(): Promise<void>;
}

/** PostgreSQL: lock_not_available. */
const taken = "55P03";

/** Rows of `graft.lead`. */
const duties = { operations: 1, upgrades: 2, backups: 3 };

/**
 * The right to change the installed set, or to run automatic upgrades or scheduled backups: one holder per database, whichever host it is
 * on. It is the lock of a row, not an advisory one, because any module's role can hold those for ever. It ends with the
 * connection, and so with a host that dies. Null when somebody else leads, and still does after `waitMs`: an operation
 * that has had its last word lets go a moment later, and who saw it end may begin the next.
 */
export async function tryLead(
  db: HostDb,
  { waitMs = 1_000, duty = "operations" }: { waitMs?: number; duty?: keyof typeof duties } = {},
): Promise<Leadership | null> {
  const client = await db.pool.connect();
  let broken = false;
  const onError = () => {
    broken = true;
  };
  client.on("error", onError);
  const end = async () => {
    if (!broken) await client.query("ROLLBACK").catch(onError);
    client.off("error", onError);
    client.release(broken);
  };
  try {
    // The role may have a limit on idle transactions; this one lasts as long as the operation.
    await client.query("BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0");
    await client.query(`SET LOCAL lock_timeout = ${Math.max(1, waitMs)}`);
    // Without parameters: the portal of a query with any would stay open in this transaction and hold a snapshot, for
    // which CREATE INDEX CONCURRENTLY waits.
    await client.query(`SELECT id FROM graft.lead WHERE id = ${duties[duty]} FOR UPDATE`);
  } catch (error) {
    await end();
    if ((error as { code?: string }).code === taken) return null;
    throw error;
  }
  let released = false;
  return {
    isLost: () => broken,
    async release() {
      if (released) return;
      released = true;
      await end();
    },
  };
}
