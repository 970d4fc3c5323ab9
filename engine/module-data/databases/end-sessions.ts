import pg from "pg";
import type { ModuleServer } from "../connections/module-server.ts";
import { withDatabase } from "../connections/with-database.ts";

const { escapeIdentifier, escapeLiteral } = pg;

/**
 * In the database, of whomever the host may end: not of an administrator, nor PostgreSQL's own, which leave by themselves where
 * they are in the way. What was prepared there is rolled back.
 */
export async function endSessions(server: ModuleServer, database: string): Promise<void> {
  await server.pool.query(
    `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
     WHERE datname = $1 AND pid <> pg_backend_pid() AND usesysid IS NOT NULL AND pg_has_role(usesysid, 'USAGE')`,
    [database],
  );
  await endPrepared(server, "database = $1", database);
}

/** Of these roles, in whichever database they are. */
export async function endSessionsOf(server: ModuleServer, roles: readonly string[]): Promise<void> {
  await server.pool.query(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = ANY ($1) AND pid <> pg_backend_pid()",
    [roles],
  );
  await endPrepared(server, "owner = ANY ($1)", roles);
}

/** Transactions that a session prepared outlive it with all their locks, and only who prepared them may end them. */
async function endPrepared(server: ModuleServer, which: string, value: unknown): Promise<void> {
  const { rows } = await server.pool.query<{ gid: string; owner: string; database: string }>(
    `SELECT gid, owner::text AS owner, database::text AS database FROM pg_prepared_xacts WHERE ${which}`,
    [value],
  );
  for (const [database, prepared] of Map.groupBy(rows, (row) => row.database)) {
    await server.pool.query(
      `ALTER DATABASE ${escapeIdentifier(database)} ALLOW_CONNECTIONS true CONNECTION LIMIT -1`,
    );
    await withDatabase(server, database, async (client) => {
      for (const { gid, owner } of prepared) {
        await client.query(`SET ROLE ${escapeIdentifier(owner)}`);
        await client.query(`ROLLBACK PREPARED ${escapeLiteral(gid)}`);
      }
    });
  }
}
