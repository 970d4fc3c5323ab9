import pg from "pg";
import { GraftError } from "../../core/index.ts";
import type { ModuleServer } from "./module-server.ts";

const { escapeIdentifier } = pg;
const versionMin = 15;

interface Server {
  version: string;
  number: number;
  role: string;
  roles: boolean;
  databases: boolean;
  /** Those that this role may close to strangers, and that are not. */
  open: string[];
}

/** Two queries at most. Each missing right is named with the statement that grants it. */
export async function checkServer(server: ModuleServer): Promise<void> {
  const found = await readServer(server);
  if (found.number < versionMin * 10_000) {
    throw new GraftError("DATABASE_TOO_OLD", `PostgreSQL ${found.version} is too old for Graft.`, {
      hint: `Use PostgreSQL ${versionMin} or newer, or unset DATABASE_URL to use the embedded one.`,
      details: { version: found.version, versionMin },
    });
  }
  const role = escapeIdentifier(found.role);
  const missing = [
    !found.roles && { right: "CREATEROLE", statement: `ALTER ROLE ${role} CREATEROLE;` },
    !found.databases && { right: "CREATEDB", statement: `ALTER ROLE ${role} CREATEDB;` },
  ].filter((entry) => entry !== false);
  if (missing.length > 0)
    throw new GraftError(
      "DATABASE_RIGHTS_MISSING",
      `The role ${found.role} lacks ${missing.map((entry) => entry.right).join(" and ")}.`,
      {
        hint: `As a superuser, run: ${missing.map((entry) => entry.statement).join(" ")}`,
        details: { missing },
      },
    );
  // A module's role may enter its own databases, and nobody else's.
  if (found.open.length > 0)
    await server.pool.query(
      found.open.map((name) => `REVOKE CONNECT ON DATABASE ${escapeIdentifier(name)} FROM PUBLIC`).join("; "),
    );
}

async function readServer({ pool }: ModuleServer): Promise<Server> {
  try {
    const { rows } = await pool.query<Server>(`
      SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
        rolname::text AS role, rolsuper OR rolcreaterole AS roles, rolsuper OR rolcreatedb AS databases,
        ARRAY(SELECT d.datname::text FROM pg_database d
          WHERE (d.datname = current_database() OR d.datname IN ('postgres', 'template1')) AND pg_has_role(d.datdba, 'USAGE')
            AND EXISTS (SELECT FROM aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
                        WHERE a.grantee = 0 AND a.privilege_type = 'CONNECT')) AS open
      FROM pg_roles WHERE rolname = current_user`);
    if (rows[0]) return rows[0];
    throw new Error("PostgreSQL returned no row");
  } catch (cause) {
    throw new GraftError(
      "DATABASE_UNREACHABLE",
      `PostgreSQL cannot be reached: ${(cause as Error).message || (cause as { code?: string }).code}`,
      { hint: "Check DATABASE_URL and that the server is running.", retryable: true, cause },
    );
  }
}
