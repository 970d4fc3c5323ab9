import { createHash } from "node:crypto";
import pg from "pg";
import type { ModuleDatabaseNames } from "../types.ts";

/** Where granted extensions live; on the search path of every module. */
export const extensionsSchema = "extensions";
const schemaPrefix = "m_";

export interface Naming {
  database: string;
  names(module: string): ModuleDatabaseNames;
  moduleOf(schema: string): string | null;
}

/**
 * Roles belong to the whole server, so their names carry a hash of the database's name, which is unique there:
 * two hosts can share a server without meeting. Module names have at most 40 characters, so none reaches PostgreSQL's
 * limit of 63 bytes.
 */
export function createNaming(url: string): Naming {
  const database = new pg.Client({ connectionString: url }).database ?? "postgres";
  const hash = createHash("sha256").update(database).digest("hex").slice(0, 8);
  return {
    database,
    names(module) {
      const base = module.replaceAll("-", "_");
      return {
        schema: `${schemaPrefix}${base}`,
        ownerRole: `graft_${hash}_${base}_o`,
        runtimeRole: `graft_${hash}_${base}_r`,
      };
    },
    moduleOf: (schema) =>
      schema.startsWith(schemaPrefix) ? schema.slice(schemaPrefix.length).replaceAll("_", "-") : null,
  };
}
