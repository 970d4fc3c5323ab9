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

export interface OpenDatabase {
  db: HostDb;
  /** Null: a server of the operator's own. */
  embedded: EmbeddedPostgres | null;
}

/** Starts or takes over the embedded PostgreSQL, or reaches the one of DATABASE_URL. @throws DATABASE_UNREACHABLE */
export async function openDatabase(
  settings: Settings,
  log: Log,
  /** Of the embedded server, for as long as it runs. */
  embeddedSettings: Record<string, string> = {},
): Promise<OpenDatabase> {
  if (settings.databaseUrl === undefined) {
    const embedded = await keepEmbeddedPostgres({
      log,
      dir: join(settings.dataDir, "postgres"),
      settings: { max_connections: "200", ...embeddedSettings },
    });
    log.info({ takenOver: embedded.takenOver }, "embedded PostgreSQL is up");
    return { db: createHostDb(embedded.url), embedded };
  }
  const client = new pg.Client({ connectionString: settings.databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (cause) {
    throw new GraftError(
      "DATABASE_UNREACHABLE",
      `Cannot connect to DATABASE_URL: ${(cause as Error).message}`,
      {
        hint: "Check host, port, user and password, and that the database exists.",
        retryable: true,
        cause,
      },
    );
  } finally {
    await client.end().catch(() => {});
  }
  return { db: createHostDb(settings.databaseUrl), embedded: null };
}
