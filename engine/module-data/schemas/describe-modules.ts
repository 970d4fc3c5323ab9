import type { HostDb } from "../../core/index.ts";
import type { Naming } from "../connections/names.ts";
import type { SchemaFacts } from "../types.ts";

interface Row {
  schema: string;
  owner: string;
  grants: string | null;
  bytes: string;
}

/** From the catalogues and the sizes of files alone: nothing that a module defined is evaluated. */
export async function describeModules(db: HostDb, naming: Naming): Promise<SchemaFacts[]> {
  const { rows } = await db.pool.query<Row>(
    `SELECT n.nspname::text AS schema, pg_get_userbyid(n.nspowner)::text AS owner,
       shobj_description(n.nspowner, 'pg_authid') AS grants,
       (SELECT coalesce(sum(pg_table_size(c.oid)), 0) FROM pg_class c
        WHERE c.relnamespace = n.oid AND c.relkind = 'r')::text AS bytes
     FROM pg_namespace n WHERE n.nspname LIKE 'm\\_%' ORDER BY n.nspname`,
  );
  return rows.flatMap(({ schema, owner, grants, bytes }) => {
    const module = naming.moduleOf(schema);
    if (module === null || naming.names(module).ownerRole !== owner) return [];
    const { extensions = [] } = JSON.parse(grants ?? "{}") as { extensions?: string[] };
    return { module, extensions, bytes: Number(bytes) };
  });
}
