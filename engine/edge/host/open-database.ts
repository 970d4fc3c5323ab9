import { join } from "node:path";
import pg from "pg";
import {
  createHostDb,
  type EmbeddedPostgres,
  GraftError,
  type HostDb,
  keepEmbeddedPostgres,
  type Log,
  type Settings,
} from "../../core/index.ts";
import { type ModuleServer, sameServer } from "../../module-data/index.ts";

export interface OpenDatabase {
  db: HostDb;
  /** Where the databases of modules are: a server of its own, unless the operator's one holds both. */
  modules: ModuleServer;
  /** Ends the connections, then the embedded servers. */
  close(): Promise<void>;
}

/** Starts or takes over the embedded servers, or reaches those of the settings. @throws DATABASE_UNREACHABLE */
export async function openDatabase(
  settings: Settings,
  log: Log,
  /** Of embedded servers, for as long as they run. */
  embeddedSettings: Record<string, string> = {},
): Promise<OpenDatabase> {
  const { databaseUrl, moduleDatabaseUrl, dataDir } = settings;
  const start = (name: string, own: Record<string, string>) =>
    keepEmbeddedPostgres({ log, dir: join(dataDir, name), settings: { ...own, ...embeddedSettings } });
  // Whatever a module does to its server leaves sign-in, flags and administration alone.
  const [own, theirs] = await startBoth(
    databaseUrl === undefined ? () => start("postgres", { max_connections: "100" }) : null,
    databaseUrl === undefined && moduleDatabaseUrl === undefined
      ? () => start("postgres-modules", forStrangers)
      : null,
  );
  const hostUrl = databaseUrl ?? own?.url ?? "";
  const moduleUrl = moduleDatabaseUrl ?? theirs?.url;
  if (databaseUrl !== undefined) await assertReachable("DATABASE_URL", databaseUrl);
  if (moduleDatabaseUrl !== undefined) await assertReachable("GRAFT_MODULE_DATABASE_URL", moduleDatabaseUrl);
  const db = createHostDb(hostUrl);
  const modules =
    moduleUrl === undefined ? sameServer(db) : await openModuleServer(db, moduleUrl, theirs !== null);
  return {
    db,
    modules,
    async close() {
      if (modules.pool !== db.pool) await modules.pool.end();
      await db.close();
      await Promise.all([own?.stop(), theirs?.stop()]);
    },
  };
}

/** Half a login holds a place for no longer than a whole one takes; long histories lock many tables at once. */
const forStrangers = {
  max_connections: "200",
  authentication_timeout: "5s",
  max_locks_per_transaction: "256",
};

type Start = (() => Promise<EmbeddedPostgres>) | null;

/** At once: the first start of each takes half a second. One that cannot start takes the other with it. */
async function startBoth(...starts: [Start, Start]): Promise<(EmbeddedPostgres | null)[]> {
  const started = await Promise.allSettled(starts.map((start) => start?.() ?? null));
  const failed = started.find((one) => one.status === "rejected");
  const running = started.map((one) => (one.status === "fulfilled" ? one.value : null));
  if (!failed) return running;
  await Promise.all(running.map((one) => one?.stop()));
  throw failed.reason;
}

async function openModuleServer(host: HostDb, url: string, isEmbedded: boolean): Promise<ModuleServer> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    application_name: "graft-host",
    options: "-c search_path=pg_catalog,pg_temp",
  });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  // Nobody else is on the embedded one, wherever its folder is moved.
  return { url, pool, identity: isEmbedded ? "embedded" : await identityOf(host) };
}

/** Of the host's database among all, whatever its server is called today. */
async function identityOf({ pool }: HostDb): Promise<string> {
  const { rows } = await pool.query<{ identity: string }>(
    "SELECT system_identifier || '/' || current_database() AS identity FROM pg_control_system()",
  );
  return rows[0]?.identity ?? "";
}

async function assertReachable(name: string, connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (cause) {
    throw new GraftError("DATABASE_UNREACHABLE", `Cannot connect to ${name}: ${(cause as Error).message}`, {
      hint: "Check host, port, user and password, and that the database exists.",
      retryable: true,
      cause,
    });
  } finally {
    await client.end().catch(() => {});
  }
}
