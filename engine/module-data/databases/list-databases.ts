import type { ModuleServer } from "../connections/module-server.ts";
import type { Naming } from "../connections/names.ts";
import type { DatabaseFacts, DataPlace } from "../types.ts";

/** Databases of this host's modules, in a generation or not. */
export async function listDatabases(server: ModuleServer, naming: Naming): Promise<DataPlace[]> {
  const { rows } = await server.pool.query<{ name: string }>(
    "SELECT datname::text AS name FROM pg_database WHERE datname LIKE 'm\\_%' ORDER BY 1",
  );
  return rows.flatMap(({ name }) => naming.placeOf(name) ?? []);
}

/** What an empty database takes: the system's catalogues, some 7.5 MB. */
const emptySql = "(SELECT pg_database_size(oid) FROM pg_database WHERE datname = 'template0')";

/** As {@link listDatabases}, with their sizes: of files alone, nothing that a module defined is evaluated. */
export async function describeDatabases(server: ModuleServer, naming: Naming): Promise<DatabaseFacts[]> {
  const names = (await listDatabases(server, naming)).map(naming.database);
  if (names.length === 0) return [];
  // PostgreSQL tells a size to those who may connect, which an owner may have taken from itself.
  const { rows } = await server.pool.query<{ name: string; bytes: string }>(
    `SELECT datname::text AS name,
       greatest(CASE WHEN has_database_privilege(oid, 'CONNECT') THEN pg_database_size(oid) END - ${emptySql}, 0)::text AS bytes
     FROM pg_database WHERE datname = ANY ($1) ORDER BY 1`,
    [names],
  );
  return rows.flatMap(({ name, bytes }) => {
    const place = naming.placeOf(name);
    return place ? { ...place, bytes: Number(bytes) } : [];
  });
}
