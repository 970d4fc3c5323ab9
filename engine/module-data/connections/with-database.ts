import pg from "pg";
import { onDatabase } from "./login-url.ts";
import type { ModuleServer } from "./module-server.ts";

/**
 * The host's own login in a module's database, for what only it may do there and for nothing that evaluates what the module
 * defined. Start-up options outrank what the module set on its database.
 */
export async function withDatabase<T>(
  server: ModuleServer,
  database: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: onDatabase(server.url, database),
    application_name: "graft-host",
    options:
      "-c search_path=pg_catalog,pg_temp -c default_transaction_read_only=off -c statement_timeout=60000 -c lock_timeout=10000",
    connectionTimeoutMillis: 15_000,
  });
  client.on("error", () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}
