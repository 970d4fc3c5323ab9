import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import type { RunningGraft } from "./start-graft.ts";

/** Of the host's embedded PostgreSQL, as the user that owns it. */
export function databaseUrl(graft: Pick<RunningGraft, "dataDir">): string {
  return embeddedUrl(graft, "postgres");
}

function embeddedUrl(
  { dataDir }: Pick<RunningGraft, "dataDir">,
  name: "postgres" | "postgres-modules",
): string {
  const password = readFileSync(join(dataDir, `${name}.password`), "utf8").trim();
  const port = portOf(dataDir, name).port;
  return `postgresql://graft:${encodeURIComponent(password)}@127.0.0.1:${port}/graft`;
}

function portOf(dataDir: string, name: string): { pid: number; port: number } {
  const lines = readFileSync(join(dataDir, `${name}/postmaster.pid`), "utf8").split("\n");
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

export function postmaster({ dataDir }: Pick<RunningGraft, "dataDir">): { pid: number; port: number } {
  return portOf(dataDir, "postgres");
}

export async function queryRows<T>(
  graft: Pick<RunningGraft, "dataDir">,
  sql: string,
  values: unknown[] = [],
): Promise<T[]> {
  return query<T>(databaseUrl(graft), sql, values);
}

async function query<T>(connectionString: string, sql: string, values: unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows as T[];
  } finally {
    await client.end();
  }
}

/** Databases of modules: those in use, and those that are neither in use nor listed as kept. */
export async function moduleDatabases(
  graft: Pick<RunningGraft, "dataDir">,
): Promise<{ inUse: string[]; unlisted: string[] }> {
  const used = await queryRows<{ name: string; database: number }>(
    graft,
    "SELECT name, database FROM graft.modules WHERE database IS NOT NULL ORDER BY 1",
  );
  const kept = await queryRows<{ database: number }>(
    graft,
    "SELECT database FROM graft.kept_data WHERE database IS NOT NULL",
  );
  const there = await query<{ name: string }>(
    embeddedUrl(graft, "postgres-modules"),
    "SELECT datname AS name FROM pg_database WHERE datname ~ '^m_[a-z].*_[0-9]+$' ORDER BY 1",
  );
  const listed = new Set([...used, ...kept].map(({ database }) => database));
  return {
    inUse: used.map(({ name }) => name),
    unlisted: there.map(({ name }) => name).filter((name) => !listed.has(Number(name.split("_").at(-1)))),
  };
}
