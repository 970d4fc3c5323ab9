import pg from "pg";
import { ownSchema } from "../databases/own-tables.sql.ts";
import type { ModuleRoles } from "../types.ts";

/** The host's own policy on tables with row security; no part of the module's structure. */
export const runtimePolicy = "graft_runtime";

/**
 * What the process of the module may do, whatever its migrations granted or revoked: every row, every routine, no structure, and of
 * the ledger only the sight. Where row security is on and not forced, an owner would see every row, and on its author's
 * machine the module's login is the owner: the runtime role gets a policy that says so. In the caller's transaction, on
 * the owner's connection; deferred constraints and triggers fire here, where failing is cheap, not at the commit.
 */
export function sealSql({ runtimeRole }: ModuleRoles): string {
  const role = pg.escapeIdentifier(runtimeRole);
  const mine = (owner: string) => `pg_catalog.pg_has_role(${owner}, 'USAGE')`;
  return `SET CONSTRAINTS ALL IMMEDIATE;
    DO $graft$ DECLARE statement text; BEGIN
      FOR statement IN
        SELECT pg_catalog.format(s.sql, n.nspname) FROM pg_catalog.pg_namespace n CROSS JOIN (VALUES
          ('GRANT USAGE ON SCHEMA %I TO ${role}'),
          ('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO ${role}'),
          ('GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA %I TO ${role}'),
          ('GRANT EXECUTE ON ALL ROUTINES IN SCHEMA %I TO ${role}')) s(sql)
        WHERE ${ownSchema("n")}
        UNION ALL
        SELECT pg_catalog.format('CREATE POLICY ${runtimePolicy} ON %s TO ${role} USING (true) WITH CHECK (true)', c.oid::pg_catalog.regclass)
        FROM pg_catalog.pg_class c WHERE c.relkind IN ('r', 'p') AND c.relrowsecurity AND NOT c.relforcerowsecurity AND ${mine("c.relowner")}
          AND NOT EXISTS (SELECT FROM pg_catalog.pg_policy p WHERE p.polrelid = c.oid AND p.polname = '${runtimePolicy}')
        UNION ALL
        SELECT pg_catalog.format('DROP POLICY ${runtimePolicy} ON %s', c.oid::pg_catalog.regclass)
        FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
        WHERE p.polname = '${runtimePolicy}' AND ${mine("c.relowner")} AND (c.relforcerowsecurity OR NOT c.relrowsecurity)
      LOOP
        -- What an extension made may be somebody else's.
        BEGIN EXECUTE statement; EXCEPTION WHEN insufficient_privilege THEN NULL; END;
      END LOOP;
      IF pg_catalog.to_regclass('public._prisma_migrations') IS NOT NULL THEN
        REVOKE ALL ON public._prisma_migrations FROM ${role};
        GRANT SELECT ON public._prisma_migrations TO ${role};
      END IF;
    END $graft$`;
}
