import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { createHostDb, type HostDb } from "../db.ts";

export interface TestDatabase {
  /** Logs in as a superuser of the run's own server. */
  url: string;
  db: HostDb;
  /** Ends its sessions and drops it; call in afterAll. */
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
      await onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
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
