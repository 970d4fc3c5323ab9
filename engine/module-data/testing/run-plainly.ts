import { randomBytes } from "node:crypto";
import pg from "pg";
import { loginUrl, onDatabase } from "../connections/login-url.ts";
import type { MigrationFile } from "../types.ts";
import { connected, fingerprintAt, module, type World } from "./worlds.ts";

export interface PlainRun {
  extensions?: readonly string[];
  /** Written once so many files have run. */
  rows?: string | undefined;
  rowsAfter?: number;
}

/**
 * What the files make when nothing of Graft runs them: one new connection for each, in order, in a database of an owner who is no
 * superuser. @returns its fingerprint, in which the owner is called as the module's
 */
export async function runPlainly(
  { owner, modules }: World,
  files: readonly MigrationFile[],
  { extensions = [], rows, rowsAfter = 0 }: PlainRun = {},
): Promise<string[]> {
  const name = `plain_${randomBytes(6).toString("hex")}`;
  const { pool } = owner.db;
  await pool.query(`CREATE ROLE ${name} LOGIN PASSWORD '${name}'`);
  await pool.query(`CREATE DATABASE ${name} OWNER ${name} TEMPLATE template0`);
  try {
    const url = loginUrl(owner.url, { user: name, password: name, database: name });
    const run = (sql: string) => connected(url, (client) => client.query(sql));
    const untrusted = await connected(onDatabase(owner.url, name), (admin) =>
      createUntrusted(admin, extensions),
    );
    const made = files.map(({ sql }) => sql).join("\n");
    for (const one of extensions)
      if (!untrusted.includes(one) && !made.includes(one))
        await run(`CREATE EXTENSION ${pg.escapeIdentifier(one)} SCHEMA public`);
    for (const [i, { sql }] of files.entries()) {
      if (i === rowsAfter && rows !== undefined) await run(rows);
      // Prisma takes a byte order mark for no part of the SQL.
      await run(sql.replace(/^\uFEFF/, ""));
    }
    const lines = await fingerprintAt(onDatabase(owner.url, name));
    const { ownerRole } = modules.roles(module);
    return withoutLedger(lines.map((line) => line.replaceAll(name, ownerRole)));
  } finally {
    await pool.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await pool.query(`DROP ROLE ${name}`);
  }
}

async function createUntrusted(admin: pg.Client, names: readonly string[]): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT a.name FROM pg_available_extensions a JOIN pg_available_extension_versions v
       ON v.name = a.name AND v.version = a.default_version WHERE NOT v.trusted AND a.name = ANY ($1)`,
    [names],
  );
  for (const { name } of rows)
    await admin.query(`CREATE EXTENSION ${pg.escapeIdentifier(name)} SCHEMA public`);
  return rows.map(({ name }) => name);
}

/** Without Prisma's own table, and what Graft gives the runtime role: neither is of the module's files. */
export function withoutLedger(lines: readonly string[]): string[] {
  return lines
    .filter((line) => !line.includes("_prisma_migrations"))
    .map((line) => line.replace(/"graft_\w+_r=[^"]*", |, "graft_\w+_r=[^"]*"/g, ""));
}

/** Rows as counts alone: of histories whose rows hold the moment at which they were written. */
export function countedRows(lines: readonly string[]): string[] {
  return lines.map((line) => line.replace(/^(rows .* \d+) [0-9a-f]*$/, "$1"));
}
