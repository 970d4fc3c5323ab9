import { randomBytes } from "node:crypto";
import pg from "pg";
import type { ModuleServer } from "../connections/module-server.ts";
import type { Naming, UnownedKind } from "../connections/names.ts";
import type { DataPlace, ModuleRoles } from "../types.ts";
import { dropByName } from "./drop-database.ts";
import { endSessions } from "./end-sessions.ts";

const { escapeIdentifier } = pg;

/** What a database administrator prepared for modules, with extensions that PostgreSQL does not trust. */
export const preparedTemplate = "graft_modules";
const emptyTemplate = "template0";

/**
 * An empty database of the module's: a spare one, which takes a renaming, or a new one. What was there under its number, made
 * by a change that was broken off, goes first.
 */
export async function createDatabase(server: ModuleServer, naming: Naming, place: DataPlace): Promise<void> {
  const name = naming.database(place);
  const roles = naming.roles(place.module);
  await dropByName(server, name);
  const template = await templateOf(server);
  // What an administrator adds to a template of theirs is in no database that was made before.
  const spare = template === emptyTemplate && (await takeSpare(server, naming, name));
  if (!spare) await createClosed(server, name, template);
  await server.pool.query(
    `ALTER DATABASE ${escapeIdentifier(name)} OWNER TO ${escapeIdentifier(roles.ownerRole)}`,
  );
  await openDatabase(server, name, roles);
}

/** Nobody but the host may enter until it is opened. */
export async function createClosed(server: ModuleServer, name: string, template: string): Promise<void> {
  const database = escapeIdentifier(name);
  await server.pool.query(
    `CREATE DATABASE ${database} TEMPLATE ${escapeIdentifier(template)} ALLOW_CONNECTIONS false`,
  );
}

/** Lets the owner and the runtime role in, and nobody else, whatever a migration made of the database. */
export async function openDatabase(server: ModuleServer, name: string, roles: ModuleRoles): Promise<void> {
  const database = escapeIdentifier(name);
  const owner = escapeIdentifier(roles.ownerRole);
  await server.pool.query(
    `${await revokeAll(server, name)} GRANT ALL ON DATABASE ${database} TO ${owner};
     GRANT CONNECT, TEMPORARY ON DATABASE ${database} TO ${escapeIdentifier(roles.runtimeRole)};
     ALTER DATABASE ${database} ALLOW_CONNECTIONS true CONNECTION LIMIT -1`,
  );
}

/** Sessions of the module's process that begin from now on; or they write again. */
export async function limitToReading(
  server: ModuleServer,
  name: string,
  { roles, readOnly }: { roles: ModuleRoles; readOnly: boolean },
): Promise<void> {
  await server.pool.query(
    `ALTER ROLE ${escapeIdentifier(roles.runtimeRole)} IN DATABASE ${escapeIdentifier(name)}
     ${readOnly ? "SET default_transaction_read_only = on" : "RESET default_transaction_read_only"}`,
  );
}

/** Ends the sessions of the module's process; it gets no new one. Its owner, so the host, still may. */
export async function closeDatabase(server: ModuleServer, name: string, roles: ModuleRoles): Promise<void> {
  const database = escapeIdentifier(name);
  await server.pool.query(
    `${await revokeAll(server, name)} GRANT ALL ON DATABASE ${database} TO ${escapeIdentifier(roles.ownerRole)}`,
  );
  await endSessions(server, name);
}

/** From everybody who was given any right, with what they gave on. */
async function revokeAll(server: ModuleServer, name: string): Promise<string> {
  const { rows } = await server.pool.query<{ grantee: string | null }>(
    `SELECT DISTINCT r.rolname::text AS grantee FROM pg_database d
     CROSS JOIN LATERAL aclexplode(d.datacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
     WHERE d.datname = $1 AND a.grantee <> d.datdba`,
    [name],
  );
  const named = rows.flatMap(({ grantee }) => (grantee === null ? [] : escapeIdentifier(grantee)));
  return `REVOKE ALL ON DATABASE ${escapeIdentifier(name)} FROM ${["PUBLIC", ...named].join(", ")} CASCADE;`;
}

async function takeSpare(server: ModuleServer, naming: Naming, name: string): Promise<boolean> {
  for (const spare of await listUnowned(server, naming, "spare")) {
    try {
      await server.pool.query(
        `ALTER DATABASE ${escapeIdentifier(spare)} RENAME TO ${escapeIdentifier(name)}`,
      );
      return true;
    } catch (error) {
      // Another host of this database took it.
      if ((error as { code?: string }).code !== "3D000") throw error;
    }
  }
  return false;
}

/** One empty database in store, so that an install does not wait for its making. */
export async function keepSpare(server: ModuleServer, naming: Naming): Promise<void> {
  if ((await templateOf(server)) !== emptyTemplate) return;
  if ((await listUnowned(server, naming, "spare")).length > 0) return;
  await createClosed(server, naming.unowned("spare", randomBytes(6).toString("hex")), emptyTemplate);
}

export async function listUnowned(
  server: ModuleServer,
  naming: Naming,
  kind: UnownedKind,
): Promise<string[]> {
  const { rows } = await server.pool.query<{ name: string }>(
    "SELECT datname::text AS name FROM pg_database WHERE datname LIKE 'm\\_\\_%' ORDER BY 1",
  );
  return rows.flatMap(({ name }) => (naming.stampOf(kind, name) === null ? [] : name));
}

/** Untouched by whatever somebody put into `template1`, unless an administrator prepared another for modules. */
export async function templateOf(server: ModuleServer): Promise<string> {
  const { rows } = await server.pool.query("SELECT FROM pg_database WHERE datname = $1 AND datistemplate", [
    preparedTemplate,
  ]);
  return rows.length > 0 ? preparedTemplate : emptyTemplate;
}
