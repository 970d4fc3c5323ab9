import pg from "pg";
import { hostTransaction } from "../connections/host-transaction.ts";
import type { ModuleServer } from "../connections/module-server.ts";
import { runtimePassword, scramVerifier } from "../connections/passwords.ts";
import { runtimeConnectionsMax } from "../connections/runtime-limits.ts";
import type { ModuleRoles } from "../types.ts";
import { endSessionsOf } from "./end-sessions.ts";

const { escapeIdentifier, escapeLiteral } = pg;
const lockNotAvailable = "55P03";
const runtimeSettings = {
  statement_timeout: "30s",
  lock_timeout: "10s",
  idle_in_transaction_session_timeout: "60s",
  // What a process asked for ends soon after the process.
  client_connection_check_interval: "2s",
};

interface RoleState {
  owner: boolean;
  runtime: boolean;
  superuser: boolean;
  version: number;
}

/** The two roles of a module, with their limits. Idempotent. */
export async function ensureRoles(server: ModuleServer, roles: ModuleRoles, secret: Buffer): Promise<void> {
  const verifier = await scramVerifier(runtimePassword(secret, roles.runtimeRole));
  const ensure = () =>
    hostTransaction(server, async (client) => {
      await client.query("SET LOCAL lock_timeout = '3s'");
      const { rows } = await client.query<RoleState>(
        `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS owner,
         EXISTS (SELECT FROM pg_roles WHERE rolname = $2) AS runtime, rolsuper AS superuser,
         current_setting('server_version_num')::int AS version FROM pg_roles WHERE rolname = current_user`,
        [roles.ownerRole, roles.runtimeRole],
      );
      if (rows[0]) await client.query(rolesSql(roles, rows[0], verifier));
    });
  try {
    await ensure();
  } catch (error) {
    if ((error as { code?: string }).code !== lockNotAvailable) throw error;
    // A session of the module's process may hold its own role's row for as long as it likes.
    await endSessionsOf(server, [roles.runtimeRole]);
    await ensure();
  }
}

function rolesSql({ ownerRole, runtimeRole }: ModuleRoles, state: RoleState, verifier: string): string {
  const owner = escapeIdentifier(ownerRole);
  const runtime = escapeIdentifier(runtimeRole);
  // Safe to lose alone at a crash of the server: the decision, which needs it, writes it out with itself.
  const sql = ["SET LOCAL synchronous_commit = off"];
  if (!state.owner) sql.push(`CREATE ROLE ${owner} NOLOGIN CONNECTION LIMIT 8`);
  sql.push(
    state.runtime ? `ALTER ROLE ${runtime} RESET ALL` : `CREATE ROLE ${runtime}`,
    `ALTER ROLE ${runtime} LOGIN CONNECTION LIMIT ${runtimeConnectionsMax} PASSWORD ${escapeLiteral(verifier)}`,
  );
  for (const [name, value] of Object.entries(runtimeSettings))
    sql.push(`ALTER ROLE ${runtime} SET ${name} = '${value}'`);
  if (!state.superuser) sql.push(membershipSql([ownerRole, runtimeRole], state.version));
  // A snapshot holds large objects of the process too.
  sql.push(`GRANT ${runtime} TO ${owner}`);
  return sql.join(";\n");
}

/** Giving a database to a role, ending its sessions and dropping it all need membership, which an owner may have taken away. */
export function membershipSql(roles: readonly string[], version: number): string {
  const options = version >= 160_000 ? " WITH INHERIT TRUE, SET TRUE" : "";
  return `GRANT ${roles.map(escapeIdentifier).join(", ")} TO CURRENT_USER${options}`;
}

/** The statement that makes the host a member of these roles; empty where it needs none. */
export async function joinSql(client: pg.ClientBase, roles: readonly string[]): Promise<string> {
  const { rows } = await client.query<{ super: boolean; version: number }>(
    `SELECT rolsuper AS super, current_setting('server_version_num')::int AS version
     FROM pg_roles WHERE rolname = current_user`,
  );
  return rows[0]?.super ? "" : `${membershipSql(roles, rows[0]?.version ?? 0)};`;
}

export async function existingRoles(client: pg.ClientBase, roles: ModuleRoles): Promise<string[]> {
  const { rows } = await client.query<{ rolname: string }>(
    "SELECT rolname::text FROM pg_roles WHERE rolname = ANY ($1) ORDER BY rolname",
    [[roles.ownerRole, roles.runtimeRole]],
  );
  return rows.map((row) => row.rolname);
}
