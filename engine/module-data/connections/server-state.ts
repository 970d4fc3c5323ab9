import type pg from "pg";
import type { ModuleDatabaseNames } from "../types.ts";
import { extensionsSchema } from "./names.ts";

export interface ServerState {
  hasOwner: boolean;
  hasRuntime: boolean;
  /** Null: the schema does not exist. */
  schemaOwner: string | null;
  isSuperuser: boolean;
  versionNumber: number;
  hasExtensionsSchema: boolean;
  publicIsOpen: boolean;
  anyoneMayConnect: boolean;
  /** Installed extensions and where they live. */
  extensions: Record<string, string>;
}

/** One look at everything that preparing a module depends on. */
export async function readServerState(
  client: pg.PoolClient,
  names: ModuleDatabaseNames,
): Promise<ServerState> {
  const { rows } = await client.query<{ state: ServerState }>(stateSql, [
    names.ownerRole,
    names.runtimeRole,
    names.schema,
  ]);
  if (!rows[0]) throw new Error("PostgreSQL returned no state");
  return rows[0].state;
}

const stateSql = `
  SELECT json_build_object(
    'hasOwner', EXISTS (SELECT FROM pg_roles WHERE rolname = $1),
    'hasRuntime', EXISTS (SELECT FROM pg_roles WHERE rolname = $2),
    'schemaOwner', (SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = $3),
    'isSuperuser', (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
    'versionNumber', current_setting('server_version_num')::int,
    'hasExtensionsSchema', EXISTS (SELECT FROM pg_namespace WHERE nspname = '${extensionsSchema}'),
    'publicIsOpen', coalesce((SELECT has_schema_privilege('public', oid, 'CREATE') OR has_schema_privilege('public', oid, 'USAGE')
                              FROM pg_namespace WHERE nspname = 'public'), false),
    'anyoneMayConnect', has_database_privilege('public', current_database(), 'CONNECT'),
    'extensions', (SELECT coalesce(json_object_agg(e.extname, n.nspname), '{}')
                   FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace)
  ) AS state`;
