import pg from "pg";
import { GraftError } from "../../core/index.ts";
import { hostTransaction } from "../connections/host-transaction.ts";
import type { ModuleServer } from "../connections/module-server.ts";
import type { Naming } from "../connections/names.ts";
import type { DataPlace, ModuleRoles } from "../types.ts";
import { endSessions, endSessionsOf } from "./end-sessions.ts";
import { listDatabases } from "./list-databases.ts";
import { revokeElsewhere } from "./revoke-elsewhere.ts";
import { existingRoles, joinSql } from "./roles.ts";

const { escapeIdentifier } = pg;
const dependentObjects = "2BP01";
const wrongObjectType = "42809";
const objectInUse = "55006";
/** An administrator's session, or one of PostgreSQL's own, which no ordinary role may end. */
const mayNotEnd = "42501";

/** The database with its sessions, then the module's roles when it was its last. Idempotent; nothing of the module's is evaluated. */
export async function dropDatabase(server: ModuleServer, naming: Naming, place: DataPlace): Promise<void> {
  await dropByName(server, naming.database(place));
  const left = await listDatabases(server, naming);
  if (!left.some(({ module }) => module === place.module)) await dropRoles(server, naming, place.module);
}

/** Whatever its owner made of it. Idempotent. */
export async function dropByName(server: ModuleServer, name: string): Promise<void> {
  const database = escapeIdentifier(name);
  const drop = `DROP DATABASE IF EXISTS ${database}`;
  try {
    await server.pool.query(`${drop} WITH (FORCE)`);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === wrongObjectType) await server.pool.query(`ALTER DATABASE ${database} IS_TEMPLATE false`);
    else if (code !== objectInUse && code !== mayNotEnd) throw error;
    await endSessions(server, name);
    // Without FORCE PostgreSQL waits five seconds for those who leave by themselves.
    await server.pool.query(drop);
  }
}

/** @throws CONFLICT when a role owns something in a database that is no module's of this host */
async function dropRoles(server: ModuleServer, naming: Naming, module: string): Promise<void> {
  const roles = naming.roles(module);
  // First the sessions: one of them may hold its own role's row, which the next statement needs.
  await endSessionsOf(server, [roles.ownerRole, roles.runtimeRole]);
  try {
    await dropOwned(server, roles);
  } catch (cause) {
    if ((cause as { code?: string }).code !== dependentObjects) throw cause;
    await revokeElsewhere(server, naming, roles);
    await dropOwned(server, roles).catch((error) => {
      throw explain(module, roles, error);
    });
  }
}

async function dropOwned(server: ModuleServer, roles: ModuleRoles): Promise<void> {
  await hostTransaction(server, async (client) => {
    const existing = await existingRoles(client, roles);
    if (existing.length === 0) return;
    const list = existing.map(escapeIdentifier).join(", ");
    // What a session left in the database that the host itself is connected to.
    await client.query(`${await joinSql(client, existing)} DROP OWNED BY ${list} CASCADE; DROP ROLE ${list}`);
  });
}

function explain(module: string, roles: ModuleRoles, cause: unknown): unknown {
  const { code, message, detail } = cause as { code?: string; message: string; detail?: string };
  if (code !== dependentObjects) return cause;
  const list = [roles.ownerRole, roles.runtimeRole].map(escapeIdentifier).join(", ");
  return new GraftError("CONFLICT", `A role of ${module} cannot be dropped: ${message}.`, {
    hint: `Connect to the database that is named as its owner and run: DROP OWNED BY ${list} CASCADE;`,
    details: { module, detail },
    cause,
  });
}
