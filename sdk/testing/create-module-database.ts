import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";

export interface ModuleTestDatabase {
  /** With the module's schema on the search path. */
  url: string;
  /** Ends every session and removes the database. */
  drop(): Promise<void>;
}

/**
 * A database of its own with every `migrations/NAME/migration.sql` run in order of name, each in its own transaction.
 * @throws naming the migration that failed; then no database is left
 */
export async function createModuleDatabase(
  postgresUrl: string,
  options: { schema: string; migrations: string },
): Promise<ModuleTestDatabase> {
  const name = `module_${randomBytes(6).toString("hex")}`;
  const url = new URL(postgresUrl);
  url.pathname = `/${name}`;
  const drop = () => run(postgresUrl, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
  await run(postgresUrl, (client) => client.query(`CREATE DATABASE ${name}`));
  try {
    await run(url.href, (client) => applyMigrations(client, options.schema, options.migrations));
  } catch (error) {
    await drop();
    throw error;
  }
  url.searchParams.set("options", `-c search_path=${options.schema}`);
  return {
    url: url.href,
    async drop() {
      await drop();
    },
  };
}

async function applyMigrations(client: pg.Client, schema: string, dir: string): Promise<void> {
  const name = client.escapeIdentifier(schema);
  await client.query(`CREATE SCHEMA ${name}`);
  await client.query(`SET search_path TO ${name}`);
  const entries = await readdir(dir, { withFileTypes: true });
  for (const entry of entries.filter((e) => e.isDirectory()).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const sql = await readFile(join(dir, entry.name, "migration.sql"), "utf8");
    // Several statements in one message are one transaction.
    await client.query(sql).catch((cause: Error) => {
      throw new Error(`Migration ${entry.name} failed: ${cause.message}`, { cause });
    });
  }
}

async function run(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
