import type pg from "pg";
import type { HostDb } from "../../core/index.ts";

/** One moment of the whole database, held open so that sessions of any role can read as of it. */
export interface DatabaseSnapshot {
  /** For `SET TRANSACTION SNAPSHOT`. */
  id: string;
  /** The host's own session as of this moment. */
  client: pg.PoolClient;
  /** @param broken something failed while it was read: the session ends, whatever it is still sending */
  close(broken?: boolean): Promise<void>;
}

export async function openSnapshot(db: HostDb): Promise<DatabaseSnapshot> {
  const client = await db.pool.connect();
  let failure: Error | undefined;
  const onError = (error: Error) => {
    failure = error;
  };
  client.on("error", onError);
  const close = async (broken = false) => {
    if (!failure && !broken) await client.query("ROLLBACK").catch(onError);
    client.release(broken || failure);
    client.off("error", onError);
  };
  try {
    // It idles while modules are read, for as long as that takes.
    await client.query(
      "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL statement_timeout = 0",
    );
    const { rows } = await client.query<{ id: string }>("SELECT pg_export_snapshot() AS id");
    if (!rows[0]) throw new Error("PostgreSQL exported no snapshot");
    return { id: rows[0].id, client, close };
  } catch (error) {
    await close(true);
    throw error;
  }
}
