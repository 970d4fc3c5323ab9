import pg from "pg";
import type { HostDb } from "../../core/index.ts";
import { hostTransaction } from "../connections/host-transaction.ts";
import type { Naming } from "../connections/names.ts";
import type { ModuleDatabaseNames } from "../types.ts";

const { escapeIdentifier } = pg;

/** Sessions, schema, roles, in this order. Nothing of the module's is evaluated on the way. */
export async function drop(db: HostDb, naming: Naming, module: string): Promise<void> {
  const names = naming.names(module);
  await closeDoor(db, names);
  await hostTransaction(db, async (client) => {
    const roles = await existingRoles(client, names);
    const sql = [`DROP SCHEMA IF EXISTS ${escapeIdentifier(names.schema)} CASCADE`];
    if (roles.length > 0) {
      const list = roles.map(escapeIdentifier).join(", ");
      // Temporary or large objects and rights that a session left outside the schema.
      sql.push(`DROP OWNED BY ${list} CASCADE`, `DROP ROLE ${list}`);
    }
    await client.query(sql.join(";\n"));
  });
}

async function existingRoles(client: pg.PoolClient, names: ModuleDatabaseNames): Promise<string[]> {
  const { rows } = await client.query<{ rolname: string }>(
    "SELECT rolname::text FROM pg_roles WHERE rolname = ANY ($1) ORDER BY rolname",
    [[names.ownerRole, names.runtimeRole]],
  );
  return rows.map((row) => row.rolname);
}

/** No new session, then no old one. */
async function closeDoor(db: HostDb, names: ModuleDatabaseNames): Promise<void> {
  await hostTransaction(db, async (client) => {
    const roles = await existingRoles(client, names);
    if (roles.length === 0) return;
    const { rows } = await client.query<{ super: boolean; version: number }>(
      `SELECT rolsuper AS super, current_setting('server_version_num')::int AS version
       FROM pg_roles WHERE rolname = current_user`,
    );
    const sql = roles.map((role) => `ALTER ROLE ${escapeIdentifier(role)} NOLOGIN`);
    // Again, because on PostgreSQL 15 an owner may have taken the host's membership away.
    if (rows[0]?.super === false) {
      const options = rows[0].version >= 160_000 ? " WITH INHERIT TRUE, SET TRUE" : "";
      sql.push(`GRANT ${roles.map(escapeIdentifier).join(", ")} TO CURRENT_USER${options}`);
    }
    await client.query(sql.join(";\n"));
  });
  await db.pool.query(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = ANY ($1) AND pid <> pg_backend_pid()",
    [[names.ownerRole, names.runtimeRole]],
  );
}
