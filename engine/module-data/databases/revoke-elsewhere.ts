import pg from "pg";
import type { ModuleServer } from "../connections/module-server.ts";
import type { Naming } from "../connections/names.ts";
import { withDatabase } from "../connections/with-database.ts";
import type { ModuleRoles } from "../types.ts";
import { existingRoles, joinSql } from "./roles.ts";

const { escapeIdentifier, escapeLiteral } = pg;

/**
 * What another module's migrations gave these roles in its own database, unasked: rights, and policies that name them. A role
 * cannot be dropped while anything names it. Runs catalogue functions alone, and nothing that the other module defined.
 */
export async function revokeElsewhere(
  server: ModuleServer,
  naming: Naming,
  roles: ModuleRoles,
): Promise<void> {
  const { rows } = await server.pool.query<{ name: string }>(
    `SELECT DISTINCT d.datname::text AS name FROM pg_shdepend s
     JOIN pg_database d ON d.oid = s.dbid OR (s.classid = 'pg_database'::regclass AND d.oid = s.objid)
     JOIN pg_roles r ON r.oid = s.refobjid AND s.refclassid = 'pg_authid'::regclass WHERE r.rolname = ANY ($1)`,
    [[roles.ownerRole, roles.runtimeRole]],
  );
  for (const { name } of rows) {
    const place = naming.placeOf(name);
    if (place === null) continue;
    const other = naming.roles(place.module);
    await withDatabase(server, name, async (client) => {
      const existing = await existingRoles(client, roles);
      await client.query(await joinSql(client, [...existing, other.ownerRole]));
      await client.query(
        `SET ROLE ${escapeIdentifier(other.ownerRole)}; ${revokeSql(existing, other.runtimeRole)}; RESET ROLE`,
      );
      await client.query(`DROP OWNED BY ${existing.map(escapeIdentifier).join(", ")} CASCADE`);
    });
  }
}

/**
 * As the owner: DROP OWNED BY revokes as whichever member of a role may, and takes one with the grant option, which its own
 * right was not given by.
 */
function revokeSql(roles: readonly string[], runtimeRole: string): string {
  const from = roles.map(escapeIdentifier).join(", ");
  const givers = [...roles, runtimeRole].map(escapeIdentifier).join(", ");
  return `DO $graft$ DECLARE object text; BEGIN
      FOR object IN
        SELECT DISTINCT format('%s %s', CASE WHEN o.type IN ('function', 'procedure', 'aggregate') THEN 'ROUTINE'
          WHEN o.type IN ('table', 'view', 'materialized view', 'foreign table', 'sequence') THEN 'TABLE' ELSE upper(o.type) END, o.identity)
        FROM pg_shdepend s JOIN pg_roles r ON r.oid = s.refobjid AND s.refclassid = 'pg_authid'::regclass
        CROSS JOIN LATERAL pg_identify_object(s.classid, s.objid, 0) o
        JOIN pg_database d ON d.datname = current_database()
        WHERE s.deptype = 'a' AND (s.dbid = d.oid OR (s.classid = 'pg_database'::regclass AND s.objid = d.oid))
          AND r.rolname IN (${roles.map(escapeLiteral).join(", ")})
      LOOP
        -- What cannot be taken back here is told by the DROP ROLE that follows.
        BEGIN
          EXECUTE 'REVOKE GRANT OPTION FOR ALL ON ' || object || ' FROM ${givers.replaceAll("'", "''")} CASCADE';
          EXECUTE 'REVOKE ALL ON ' || object || ' FROM ${from.replaceAll("'", "''")} CASCADE';
        EXCEPTION WHEN OTHERS THEN NULL; END;
      END LOOP;
    END $graft$`;
}
