import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { createMigrationAdapter } from "../migrations/migration-adapter.ts";
import { noFilter, toMigrationList, withSchemaEngine } from "../migrations/schema-engine.ts";
import type { MigrationFile } from "../types.ts";

/**
 * Brings schema `graft` up to date with the folders in `dir`, in one transaction, with the engine that also migrates
 * modules. @returns the names applied now. A failure leaves the schema as it was.
 * @param only these, for a schema as an older Graft had it
 */
export async function migrateHost(url: string, dir: string, only?: readonly string[]): Promise<string[]> {
  const migrations = (await readFolders(dir)).filter(({ name }) => only?.includes(name) ?? true);
  // As a start-up option: what a script sets is reset after it.
  const options = "-c search_path=graft,pg_temp";
  const client = new pg.Client({ connectionString: url, application_name: "graft-migrate", options });
  // A connection that ends is reported by the query that needs it.
  client.on("error", () => {});
  await client.connect();
  try {
    await createSchema(client);
    // Hosts that start together migrate one after the other. Not by an advisory lock, which any module's role can take
    // and keep: a comment locks the schema, and only its owner may write one.
    await client.query("BEGIN; COMMENT ON SCHEMA graft IS 'The host''s own tables'");
    const scripts = migrations.map(({ name, sql }) => ({ name, source: sql, sql, statements: [] }));
    const adapter = createMigrationAdapter(client, { schema: "graft", scripts, oneTransaction: true });
    const applied = await withSchemaEngine(adapter.factory, (engine) =>
      engine.applyMigrations({ migrationsList: toMigrationList(migrations), filters: noFilter }),
    ).catch((error) => {
      throw adapter.firstError()?.error ?? error;
    });
    await adapter.finish();
    await client.query("COMMIT");
    return applied.appliedMigrationNames;
  } finally {
    await client.end();
  }
}

async function createSchema(client: pg.Client): Promise<void> {
  try {
    await client.query("CREATE SCHEMA IF NOT EXISTS graft");
  } catch (error) {
    // Another host creates it at this moment: PostgreSQL reports the collision in spite of IF NOT EXISTS.
    const code = (error as { code?: string }).code;
    if (code !== "23505" && code !== "42P06") throw error;
  }
}

/** The names of the folders in `dir`, in the order in which they are applied. */
export async function hostMigrations(dir: string): Promise<string[]> {
  return (await readFolders(dir)).map(({ name }) => name);
}

async function readFolders(dir: string): Promise<MigrationFile[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names
      .sort()
      .map(async (name) => ({ name, sql: await readFile(join(dir, name, "migration.sql"), "utf8") })),
  );
}
