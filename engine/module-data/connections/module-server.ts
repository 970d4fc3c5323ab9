import pg from "pg";

/** The PostgreSQL server that holds the databases of modules, as the host logs in there. */
export interface ModuleServer {
  url: string;
  /** On the database of `url`; never on a module's. */
  pool: pg.Pool;
  /** What tells this host from others on that server; its names carry a hash of it. */
  identity: string;
}

/** The host's own server, which its database's name tells apart from others there. */
export function sameServer({ url, pool }: { url: string; pool: pg.Pool }): ModuleServer {
  return { url, pool, identity: new pg.Client({ connectionString: url }).database ?? "postgres" };
}
