import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import type { RunningGraft } from "./start-graft.ts";

/** Of the embedded PostgreSQL, as the user that owns it. */
export function databaseUrl(graft: Pick<RunningGraft, "dataDir">): string {
  const password = readFileSync(join(graft.dataDir, "postgres.password"), "utf8").trim();
  const port = postmaster(graft).port;
  return `postgresql://graft:${encodeURIComponent(password)}@127.0.0.1:${port}/graft`;
}

export function postmaster(graft: Pick<RunningGraft, "dataDir">): { pid: number; port: number } {
  const lines = readFileSync(join(graft.dataDir, "postgres/postmaster.pid"), "utf8").split("\n");
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

export async function queryRows<T>(
  graft: Pick<RunningGraft, "dataDir">,
  sql: string,
  values: unknown[] = [],
): Promise<T[]> {
  const client = new Client({ connectionString: databaseUrl(graft) });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows as T[];
  } finally {
    await client.end();
  }
}

/** Schemas and roles of modules: all of them, or those of one. */
export async function moduleTraces(
  graft: Pick<RunningGraft, "dataDir">,
  module?: string,
): Promise<{ schemas: string[]; roles: string[] }> {
  const like = module === undefined ? "m\\_%" : `m\\_${module.replaceAll("-", "\\_")}%`;
  const schemas = await queryRows<{ name: string }>(
    graft,
    "SELECT nspname AS name FROM pg_namespace WHERE nspname LIKE $1 ORDER BY 1",
    [like],
  );
  const roles = await queryRows<{ name: string }>(
    graft,
    "SELECT rolname AS name FROM pg_roles WHERE rolname LIKE $1 ORDER BY 1",
    [module === undefined ? "%" : `%${module.replaceAll("-", "\\_")}%`],
  );
  return {
    schemas: schemas.map((row) => row.name),
    roles: roles.map((row) => row.name).filter((name) => !name.startsWith("pg_") && name !== "graft"),
  };
}
