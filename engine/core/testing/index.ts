import { createHash, randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { createHostDb, type HostDb } from "../db.ts";

export interface TestDatabase {
  /** Logs in as a superuser of the run's own server. */
  url: string;
  db: HostDb;
  /** Ends its sessions and drops it, with the databases of its modules; call in afterAll. */
  close(): Promise<void>;
}

/** A fresh database with the host's schema (or with nothing), cloned in some 30 ms. Roles are the server's: clean up those you make. */
export async function createTestDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const serverUrl = inject("postgresUrl");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await onServer(serverUrl, `CREATE DATABASE ${name}${options.empty ? "" : " TEMPLATE template_graft"}`);
  const url = serverUrl.replace(/\/[^/]*$/, `/${name}`);
  const db = createHostDb(url);
  return {
    url,
    db,
    async close() {
      await db.close();
      await dropModules(serverUrl, name);
      await onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

/** Databases and roles of the modules that a host on this database installed. */
async function dropModules(serverUrl: string, hostDatabase: string): Promise<void> {
  const hash = createHash("sha256").update(hostDatabase).digest("hex").slice(0, 8);
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ sql: string }>(
      `SELECT format('DROP DATABASE %I WITH (FORCE)', datname) AS sql FROM pg_database WHERE datname LIKE 'm\\_%' AND datname LIKE $1
       UNION ALL SELECT format('DROP OWNED BY %1$I; DROP ROLE %1$I', rolname) FROM pg_roles WHERE starts_with(rolname, $2)`,
      [`%\\_${hash}\\_%`, `graft_${hash}_`],
    );
    for (const { sql } of rows) await client.query(sql);
  } finally {
    await client.end();
  }
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
