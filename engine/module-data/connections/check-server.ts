import pg from "pg";
import { GraftError, type HostDb } from "../../core/index.ts";

const { escapeIdentifier } = pg;
const versionMin = 15;

interface Server {
  version: string;
  number: number;
  role: string;
  database: string;
  roles: boolean;
  schemas: boolean;
  publicCreate: boolean;
  ownsPublic: boolean;
}

/** One connection, one query. Each missing right is named with the statement that grants it. */
export async function checkServer(db: HostDb): Promise<void> {
  const server = await readServer(db);
  if (server.number < versionMin * 10_000) {
    throw new GraftError("DATABASE_TOO_OLD", `PostgreSQL ${server.version} is too old for Graft.`, {
      hint: `Use PostgreSQL ${versionMin} or newer, or unset DATABASE_URL to use the embedded one.`,
      details: { version: server.version, versionMin },
    });
  }
  const role = escapeIdentifier(server.role);
  const database = escapeIdentifier(server.database);
  const missing = [
    !server.roles && { right: "CREATEROLE", statement: `ALTER ROLE ${role} CREATEROLE;` },
    !server.schemas && {
      right: `CREATE on the database ${server.database}`,
      statement: `GRANT CREATE ON DATABASE ${database} TO ${role};`,
    },
    // With the rights of everyone on public, one module could leave tables, or traps, for another.
    server.publicCreate &&
      !server.ownsPublic && {
        right: "a schema public in which not everyone may create",
        statement: "REVOKE CREATE ON SCHEMA public FROM PUBLIC;",
      },
  ].filter((entry) => entry !== false);
  if (missing.length === 0) return;
  throw new GraftError(
    "DATABASE_RIGHTS_MISSING",
    `The role ${server.role} lacks ${missing.map((entry) => entry.right).join(" and ")}.`,
    {
      hint: `As a superuser or the database's owner, run: ${missing.map((entry) => entry.statement).join(" ")}`,
      details: { missing },
    },
  );
}

async function readServer(db: HostDb): Promise<Server> {
  try {
    const { rows } = await db.pool.query<Server>(`
      SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
        current_user::text AS role, current_database()::text AS database,
        (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user) AS roles,
        has_database_privilege(current_database(), 'CREATE') AS schemas,
        coalesce((SELECT has_schema_privilege('public', oid, 'CREATE') FROM pg_namespace WHERE nspname = 'public'), false)
          AS "publicCreate",
        coalesce((SELECT pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = 'public'), false) AS "ownsPublic"`);
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
