import pg from "pg";
import { GraftError, type HostDb } from "../../core/index.ts";
import { isConnectionError } from "./connection-errors.ts";
import { loginUrl } from "./login-url.ts";
import { extensionsSchema, type Naming } from "./names.ts";
import { randomPassword, scramVerifier } from "./passwords.ts";

const { escapeIdentifier, escapeLiteral } = pg;
const attempts = 5;

export interface SessionOptions {
  /** How long a statement waits for a lock, and others behind it. */
  lockTimeoutMs?: number;
}

/** Sessions that authenticated as a module's owner: the only ones that evaluate what the module defined. */
export interface OwnerConnections {
  /** The caller ends it. @throws MODULE_NOT_INSTALLED when the module has no schema */
  open(module: string, options?: SessionOptions): Promise<pg.Client>;
  /** Opens, runs, ends. */
  use<T>(module: string, work: (client: pg.Client) => Promise<T>): Promise<T>;
}

/**
 * Each login gets a new password, and as soon as it stands the role can log in no more. One login of a module at a
 * time in this process; against another host, which would change the password in between, the login is repeated.
 */
export function createOwnerConnections(db: HostDb, naming: Naming): OwnerConnections {
  const turns = new Map<string, Promise<unknown>>();
  const open = (module: string, options: SessionOptions = {}): Promise<pg.Client> => {
    const turn = (turns.get(module) ?? Promise.resolve()).then(() => logIn(db, naming, module, options));
    const settled = turn.catch(() => {});
    turns.set(module, settled);
    void settled.then(() => turns.get(module) === settled && turns.delete(module));
    return turn;
  };
  return {
    open,
    async use(module, work) {
      const client = await open(module);
      try {
        return await work(client);
      } finally {
        await client.end().catch(() => {});
      }
    },
  };
}

async function logIn(
  db: HostDb,
  naming: Naming,
  module: string,
  options: SessionOptions,
): Promise<pg.Client> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryLogIn(db, naming, module, options);
    } catch (error) {
      const code = (error as { code?: string }).code;
      // 28*: another host changed the login in between; XX000: both changed the role's row at once.
      if (attempt === attempts || !(code?.startsWith("28") || code === "XX000")) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 * attempt * (1 + Math.random())));
    }
  }
}

async function tryLogIn(
  db: HostDb,
  naming: Naming,
  module: string,
  { lockTimeoutMs = 10_000 }: SessionOptions,
): Promise<pg.Client> {
  const { ownerRole } = naming.names(module);
  const role = escapeIdentifier(ownerRole);
  const password = randomPassword();
  const closeDoor = () =>
    db.pool.query(`SET LOCAL synchronous_commit = off; ALTER ROLE ${role} NOLOGIN PASSWORD NULL`);
  let client: pg.Client | null = null;
  try {
    const path = await enableLogin(db, naming, module, await scramVerifier(password, 1));
    client = new pg.Client({
      connectionString: loginUrl(db.url, ownerRole, password),
      application_name: `graft-owner:${module}`,
      options: startUpOptions(path, lockTimeoutMs),
      connectionTimeoutMillis: 15_000,
    });
    // A connection that the server closes while idle reports itself at the next query.
    client.on("error", () => {});
    await client.connect();
    await closeDoor();
    return client;
  } catch (error) {
    await client?.end().catch(() => {});
    // Perhaps one connection alone was lost, with or without its answer; the next query takes another.
    if (isConnectionError(error)) await closeDoor().catch(() => {});
    throw error;
  }
}

/**
 * Lets the role log in once more, in one round trip and one implicit transaction. RESET ALL undoes what a migration
 * may have set on its own role; losing any of this at a crash harms nothing.
 * @returns the search path
 */
async function enableLogin(db: HostDb, naming: Naming, module: string, verifier: string): Promise<string[]> {
  const { schema, ownerRole } = naming.names(module);
  const role = escapeIdentifier(ownerRole);
  try {
    const results = (await db.pool.query(
      `SET LOCAL synchronous_commit = off; SET LOCAL lock_timeout = '10s';
       ALTER ROLE ${role} RESET ALL;
       ALTER ROLE ${role} IN DATABASE ${escapeIdentifier(naming.database)} RESET ALL;
       ALTER ROLE ${role} LOGIN CONNECTION LIMIT 8 PASSWORD ${escapeLiteral(verifier)};
       ${extensionHomesSql(ownerRole, schema)}`,
    )) as unknown as pg.QueryResult<{ homes: string[] }>[];
    const homes = results.at(-1)?.rows[0]?.homes;
    if (homes) return [schema, extensionsSchema, ...homes];
  } catch (error) {
    const undefinedObject = (error as { code?: string }).code === "42704";
    if (!undefinedObject) throw error;
  }
  throw new GraftError("MODULE_NOT_INSTALLED", `${module} has no data in this database.`, {
    details: { module },
  });
}

/** Other schemas that hold extensions this role was given. One row when the schema exists, else none. */
function extensionHomesSql(ownerRole: string, schema: string): string {
  return `SELECT ARRAY(
    SELECT DISTINCT n.nspname::text FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
    WHERE n.nspname NOT IN ('pg_catalog', 'graft', '${extensionsSchema}')
      AND has_schema_privilege(${escapeLiteral(ownerRole)}, n.oid, 'USAGE')) AS homes
  FROM pg_namespace s WHERE s.nspname = ${escapeLiteral(schema)}`;
}

/** Start-up options outrank whatever a role or database sets. pg_temp last, so that nothing temporary shadows a table. */
function startUpOptions(path: string[], lockTimeoutMs: number): string {
  const settings = {
    search_path: [...path.map((name) => escapeIdentifier(name)), "pg_temp"].join(","),
    statement_timeout: "600000",
    lock_timeout: String(lockTimeoutMs),
    idle_in_transaction_session_timeout: "600000",
    client_encoding: "UTF8",
  };
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value.replace(/[\\ ]/g, "\\$&")}`)
    .join(" ");
}
