import pg from "pg";
import type { ModuleServer } from "../connections/module-server.ts";
import type { Naming } from "../connections/names.ts";
import { closeDatabase, openDatabase } from "./create-database.ts";
import { dropByName } from "./drop-database.ts";

const { escapeIdentifier, escapeLiteral } = pg;
/** From here on copying files beats writing every page to the log. */
const filesFromBytes = 32 * 1024 * 1024;

export interface CopyInput {
  module: string;
  from: number;
  to: number;
}

/**
 * A second database with everything of the first. The module's process loses its sessions on the first and gets no new one until
 * somebody opens it again: PostgreSQL copies only what nobody uses, and nothing may be written that the copy lacks.
 */
export async function copyDatabase(server: ModuleServer, naming: Naming, input: CopyInput): Promise<void> {
  const { module, from, to } = input;
  const roles = naming.roles(module);
  const [source, target] = [from, to].map((database) => naming.database({ module, database }));
  if (source === undefined || target === undefined) return;
  await dropByName(server, target);
  await closeDatabase(server, source, roles);
  await copyFiles(server, { source, target, owner: roles.ownerRole });
  await copySettings(server, source, target);
  await openDatabase(server, target, roles);
}

async function copyFiles(
  server: ModuleServer,
  { source, target, owner }: { source: string; target: string; owner: string },
): Promise<void> {
  const { rows } = await server.pool.query<{ bytes: string; version: number }>(
    `SELECT pg_database_size($1)::text AS bytes, current_setting('server_version_num')::int AS version`,
    [source],
  );
  const isLarge = Number(rows[0]?.bytes) >= filesFromBytes;
  const create = `CREATE DATABASE ${escapeIdentifier(target)} OWNER ${escapeIdentifier(owner)}
    TEMPLATE ${escapeIdentifier(source)} STRATEGY ${isLarge ? "FILE_COPY" : "WAL_LOG"} ALLOW_CONNECTIONS false`;
  const client = await server.pool.connect();
  try {
    if (isLarge && (rows[0]?.version ?? 0) >= 180_000 && (await clone(client, create))) return;
    await client.query(create);
  } finally {
    client.release();
  }
}

/** By the file system, where it shares blocks between files: any size in a moment. */
async function clone(client: pg.PoolClient, create: string): Promise<boolean> {
  try {
    await client.query("SET file_copy_method = clone");
    await client.query(create);
    return true;
  } catch (error) {
    // Built without it, or another file system.
    if (["22023", "XX000", "58030", "0A000", "58P01"].includes((error as { code?: string }).code ?? ""))
      return false;
    throw error;
  } finally {
    await client.query("RESET file_copy_method");
  }
}

/** Whose values are lists of names, each quoted where it needs to be (GUC_LIST_QUOTE in PostgreSQL). */
const lists = new Set(["search_path", "temp_tablespaces", "local_preload_libraries"]);

/** What ALTER DATABASE … SET left: it is no part of a database's files. The texts are the module's. */
async function copySettings(server: ModuleServer, source: string, target: string): Promise<void> {
  const { rows } = await server.pool.query<{ setting: string }>(
    `SELECT unnest(s.setconfig) AS setting FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
     WHERE s.setrole = 0 AND d.datname = $1`,
    [source],
  );
  for (const { setting } of rows) {
    const name = setting.slice(0, setting.indexOf("="));
    const value = setting.slice(name.length + 1);
    const texts = lists.has(name.toLowerCase()) ? namesIn(value) : [value];
    await server.pool.query(
      `ALTER DATABASE ${escapeIdentifier(target)} SET ${escapeIdentifier(name)} TO ${texts.map(escapeLiteral).join(", ")}`,
    );
  }
}

function namesIn(list: string): string[] {
  const names = list.match(/"(?:[^"]|"")*"|[^\s,]+/g) ?? [""];
  return names.map((name) => (name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name));
}
