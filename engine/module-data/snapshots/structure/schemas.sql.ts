import { notOfExtension, ownSchema } from "./scope.sql.ts";
import { ranks } from "./types.ts";

/** Schemas and extensions. `public` is in every new database, so what is told of it is where it differs from that. */
export const schemasSql = `
SELECT 'pg_namespace'::regclass::oid || '/' || n.oid AS key, ${ranks.schema} AS rank, format('%I', n.nspname) AS name, true AS "beforeRows",
  format('CREATE SCHEMA IF NOT EXISTS %I', n.nspname) AS sql
FROM pg_namespace n WHERE ${ownSchema} AND ${notOfExtension("pg_namespace", "n.oid")} AND n.nspname <> 'public'
UNION ALL
SELECT 'public/', ${ranks.schema}, 'public', true, 'DROP SCHEMA IF EXISTS public'
WHERE NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'public')
UNION ALL
SELECT 'public/owner', ${ranks.schema}, 'public', true, format('ALTER SCHEMA public OWNER TO %I', pg_get_userbyid(n.nspowner))
FROM pg_namespace n WHERE n.nspname = 'public' AND n.nspowner = current_user::regrole
UNION ALL
SELECT 'pg_extension'::regclass::oid || '/' || x.oid, ${ranks.extension}, format('%I', x.extname), true,
  format('CREATE EXTENSION IF NOT EXISTS %I SCHEMA %I', x.extname, n.nspname)
FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace WHERE x.extname <> 'plpgsql'`;

export interface InstalledExtension {
  name: string;
  schema: string;
}

export const extensionsSql = `
SELECT x.extname::text AS name, n.nspname::text AS schema FROM pg_catalog.pg_extension x JOIN pg_catalog.pg_namespace n ON n.oid = x.extnamespace
WHERE x.extname <> 'plpgsql' ORDER BY 1`;

/** Settings of the database itself, for every role: its search path above all. */
export const settingsSql = `
SELECT split_part(setting, '=', 1) AS name, substr(setting, strpos(setting, '=') + 1) AS value
FROM pg_catalog.pg_db_role_setting s CROSS JOIN unnest(s.setconfig) setting
WHERE s.setrole = 0 AND s.setdatabase = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()) ORDER BY 1`;
