import type { ModuleServer } from "./module-server.ts";

/** What does not change while a server runs. */
export interface ServerFacts {
  superuser: boolean;
  version: number;
  /** Names of parameters that no ordinary role may set. */
  forbiddenParameters: ReadonlySet<string>;
  /** Extensions that the owner of a database may create. */
  trusted: ReadonlySet<string>;
}

/** One question per server and process. */
export function createServerFacts(server: ModuleServer): () => Promise<ServerFacts> {
  let known: Promise<ServerFacts> | undefined;
  return () => {
    known ??= readFacts(server);
    known.catch(() => {
      known = undefined;
    });
    return known;
  };
}

async function readFacts({ pool }: ModuleServer): Promise<ServerFacts> {
  const { rows } = await pool.query<{
    superuser: boolean;
    version: number;
    forbidden: string[];
    trusted: string[];
  }>(
    `SELECT rolsuper AS superuser, current_setting('server_version_num')::int AS version,
       ARRAY(SELECT name FROM pg_settings WHERE context <> 'user') AS forbidden,
       ARRAY(SELECT DISTINCT name::text FROM pg_available_extension_versions WHERE trusted) AS trusted
     FROM pg_roles WHERE rolname = current_user`,
  );
  const { superuser = false, version = 0, forbidden = [], trusted = [] } = rows[0] ?? {};
  return { superuser, version, forbiddenParameters: new Set(forbidden), trusted: new Set(trusted) };
}
