import pg from "pg";
import { GraftError } from "../../core/index.ts";
import type { DataPlace } from "../types.ts";
import { isConnectionError } from "./connection-errors.ts";
import { loginUrl } from "./login-url.ts";
import type { ModuleServer } from "./module-server.ts";
import type { Naming } from "./names.ts";
import { randomPassword, scramVerifier } from "./passwords.ts";
import type { Relief } from "./relieve-server.ts";
import { underPressure } from "./under-pressure.ts";

const { escapeIdentifier, escapeLiteral } = pg;
const attempts = 5;

export interface SessionOptions {
  /** How long a statement waits for a lock, and others behind it. */
  lockTimeoutMs?: number;
  statementTimeoutMs?: number;
  /** Another database of the module than the place's, by its name. */
  in?: string;
  /** Commits do not wait for the disk: for a database that a crash may cost. */
  unflushed?: boolean;
}

/** Sessions that authenticated as a module's owner: the only ones that evaluate what the module defined. */
export interface OwnerConnections {
  /** The caller ends it. @throws MODULE_NOT_INSTALLED when there is no such database */
  open(place: DataPlace, options?: SessionOptions): Promise<pg.Client>;
  /** Opens, runs, ends. */
  use<T>(place: DataPlace, work: (client: pg.Client) => Promise<T>, options?: SessionOptions): Promise<T>;
}

/**
 * Each login gets a new password, and as soon as it stands the role can log in no more. One login of a module at a
 * time in this process; against another host, which would change the password in between, the login is repeated.
 */
export function createOwnerConnections(
  server: ModuleServer,
  naming: Naming,
  relief: Relief,
): OwnerConnections {
  const turns = new Map<string, Promise<unknown>>();
  const open = (place: DataPlace, options: SessionOptions = {}): Promise<pg.Client> => {
    const { module } = place;
    const logIn = () =>
      underPressure(relief, () => retried(() => tryLogIn({ server, naming }, place, options)));
    const turn = (turns.get(module) ?? Promise.resolve()).then(logIn);
    const settled = turn.catch(() => {});
    turns.set(module, settled);
    void settled.then(() => turns.get(module) === settled && turns.delete(module));
    return turn;
  };
  return {
    open,
    async use(place, work, options) {
      const client = await open(place, options);
      try {
        return await work(client);
      } finally {
        await client.end().catch(() => {});
      }
    },
  };
}

async function retried<T>(logIn: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await logIn();
    } catch (error) {
      const code = (error as { code?: string }).code;
      // 28*: another host changed the login in between; XX000: both changed the role's row at once.
      const isPassing = code?.startsWith("28") || code === "XX000" || isShutOut(error);
      if (attempt === attempts || !isPassing) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 * attempt * (1 + Math.random())));
    }
  }
}

async function tryLogIn(
  { server, naming }: { server: ModuleServer; naming: Naming },
  place: DataPlace,
  options: SessionOptions,
): Promise<pg.Client> {
  const { ownerRole } = naming.roles(place.module);
  const role = escapeIdentifier(ownerRole);
  const password = randomPassword();
  const closeDoor = () =>
    server.pool.query(`SET LOCAL synchronous_commit = off; ALTER ROLE ${role} NOLOGIN PASSWORD NULL`);
  let client: pg.Client | null = null;
  try {
    await enableLogin(server, role, await scramVerifier(password, 1));
    const database = options.in ?? naming.database(place);
    client = new pg.Client({
      connectionString: loginUrl(server.url, { user: ownerRole, password, database }),
      application_name: `graft-owner:${place.module}`,
      options: startUpOptions(options),
      connectionTimeoutMillis: 15_000,
    });
    // A connection that the server closes while idle reports itself at the next query.
    client.on("error", () => {});
    await client.connect();
    await closeDoor();
    return client;
  } catch (error) {
    await client?.end().catch(() => {});
    const { code } = error as { code?: string };
    // No such role, no such database.
    if (code === "42704") throw noData(place.module);
    if (isShutOut(error)) await letIn(server, options.in ?? naming.database(place), role);
    // The server answered, and its answer was no, or one connection alone was lost: the next query takes another.
    if (code === "3D000" || isConnectionError(error)) await closeDoor().catch(() => {});
    throw code === "3D000" ? noData(place.module) : error;
  }
}

/** A migration may take its own way in from itself, which is the host's. */
function isShutOut(error: unknown): boolean {
  const { code, message } = error as { code?: string; message: string };
  return (code === "53300" || code === "42501") && / for database /.test(message);
}

async function letIn(server: ModuleServer, name: string, role: string): Promise<void> {
  const database = escapeIdentifier(name);
  await server.pool.query(
    `ALTER DATABASE ${database} CONNECTION LIMIT -1; GRANT CONNECT ON DATABASE ${database} TO ${role}`,
  );
}

/**
 * Lets the role log in once more, in one round trip and one implicit transaction. RESET ALL undoes what a migration
 * may have set on its own role; losing any of this at a crash harms nothing.
 */
async function enableLogin(server: ModuleServer, role: string, verifier: string): Promise<void> {
  await server.pool.query(
    `SET LOCAL synchronous_commit = off; SET LOCAL lock_timeout = '10s';
     ALTER ROLE ${role} RESET ALL;
     ALTER ROLE ${role} LOGIN CONNECTION LIMIT 8 PASSWORD ${escapeLiteral(verifier)}`,
  );
}

function noData(module: string): GraftError {
  return new GraftError("MODULE_NOT_INSTALLED", `${module} has no data in this database.`, {
    details: { module },
  });
}

/** Start-up options outrank whatever a role or database sets: a session of the owner is as Prisma's on its author's machine. */
function startUpOptions(options: SessionOptions): string {
  const { lockTimeoutMs = 10_000, statementTimeoutMs = 600_000, unflushed = false } = options;
  const settings = {
    ...(unflushed && { synchronous_commit: "off" }),
    search_path: '"$user",public',
    statement_timeout: String(statementTimeoutMs),
    lock_timeout: String(lockTimeoutMs),
    idle_in_transaction_session_timeout: "600000",
    client_encoding: "UTF8",
  };
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value.replace(/[\\ ]/g, "\\$&")}`)
    .join(" ");
}
