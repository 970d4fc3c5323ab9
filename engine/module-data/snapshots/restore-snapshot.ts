import { randomBytes } from "node:crypto";
import pg from "pg";
import { GraftError } from "../../core/index.ts";
import { isConnectionError } from "../connections/connection-errors.ts";
import { loadRows } from "./load-rows.ts";
import { rebuildTable } from "./rebuild-table.ts";
import { attempt, leaveUnchecked, type Restoring, runStatements } from "./run-statements.ts";
import { createSearchPaths, parseSearchPath, searchPathOf } from "./search-paths.ts";
import type { Setting, SnapshotHeader, SnapshotRoles, TableSum } from "./snapshot-format.ts";
import { readGeneratedColumns, sumGeneratedColumns } from "./structure/generated-columns.ts";
import type { Structure } from "./structure/read-structure.ts";
import { resetDefaultRightsSql } from "./structure/rights.sql.ts";
import { qualified } from "./structure/rows.ts";
import type { Statement } from "./structure/types.ts";
import { sessionSql } from "./write-snapshot.ts";

const { escapeIdentifier, escapeLiteral } = pg;

export interface RestoreSnapshotInput {
  file: string;
  /** As they are called here. */
  roles: SnapshotRoles;
}

export interface RestoreResult {
  rows: number;
  tables: number;
  /** What the rows do not satisfy any more: constraints that stand as NOT VALID, what could not be made, by name. */
  notValid: string[];
}

/**
 * Puts a snapshot into an empty database that nobody uses yet, on a connection of its owner's whose session is changed.
 * Not in one transaction: after a throw the database is to be dropped. What was written is safe when this returns.
 * @throws DIGEST_MISMATCH when the file is damaged
 */
export async function restoreSnapshot(
  client: pg.Client,
  { file, roles }: RestoreSnapshotInput,
): Promise<RestoreResult> {
  const restoring: Restoring = { client, paths: createSearchPaths(client), notValid: [] };
  let path: string[] = [];
  let structure: Structure = { before: [], after: [], rights: [] };
  const begin = async (header: SnapshotHeader) => {
    structure = withRoles(header, roles);
    path = searchPathOf(header.settings);
    await client.query(restoreSessionSql);
    await restoring.paths.use(header.settings);
    await applySettings(restoring, header.settings);
    await resetDefaultRights(client);
    await runStatements(restoring, structure.before);
  };
  try {
    const { end, dropped } = await loadRows(restoring, file, {
      begin,
      checks: () => structure.before.filter(({ undo }) => undo),
    });
    for (const check of dropped) await leaveUnchecked(restoring, check);
    await recomputeGenerated(restoring, end.sums, path);
    await runStatements(restoring, structure.after);
    await finish(restoring, structure.rights, end.sequences);
    return { rows: end.rows, tables: end.tables, notValid: restoring.notValid };
  } catch (cause) {
    throw isPostgresError(cause) || isConnectionError(cause) ? cause : damaged(file, cause);
  }
}

/**
 * A function that read a table which had no rows yet gave another value: it is asked again. One that was replaced since
 * gives what it gives today, and that is said; nothing but the column's expression can write its values.
 */
async function recomputeGenerated({ client, notValid }: Restoring, sums: TableSum[], path: string[]) {
  const wanted = new Map(sums.map((sum) => [qualified(sum), sum.generated]));
  for (const table of await readGeneratedColumns(client)) {
    const name = qualified(table);
    const differs = async () => {
      await client.query(`BEGIN; ${sessionSql}`);
      const sum = await sumGeneratedColumns(client, table, path);
      await client.query("COMMIT");
      return wanted.get(name) !== undefined && sum !== wanted.get(name);
    };
    if (!table.calls || !(await differs())) continue;
    await rebuildTable(client, name, "").catch(() => client.query("ROLLBACK"));
    if (await differs()) notValid.push(`${name} (generated values)`);
  }
}

/** Policies and rights name roles, and roles are called after their database. */
export function withRoles({ structure, roles }: SnapshotHeader, to: SnapshotRoles): Structure {
  const renamed = (sql: string) =>
    sql.replaceAll(roles.ownerRole, to.ownerRole).replaceAll(roles.runtimeRole, to.runtimeRole);
  const inStatement = (statement: Statement) =>
    statement.sql.startsWith("CREATE POLICY ") ? { ...statement, sql: renamed(statement.sql) } : statement;
  return {
    before: structure.before,
    after: structure.after.map(inStatement),
    rights: structure.rights.map(renamed),
  };
}

/** As pg_restore; a power cut drops a database that is not named yet, so only the last commit waits for the disk. */
const restoreSessionSql = `SET synchronous_commit = off; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET xmloption = content;
  SET lc_monetary = 'C'; SET maintenance_work_mem = '128MB'; SET check_function_bodies = off; SET client_min_messages = warning`;

async function applySettings({ client, notValid }: Restoring, settings: Setting[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>("SELECT pg_catalog.current_database() AS name");
  const database = escapeIdentifier(rows[0]?.name ?? "");
  for (const { name, value } of settings) {
    const to =
      name === "search_path"
        ? parseSearchPath(value).map(escapeIdentifier).join(", ") || "''"
        : escapeLiteral(value);
    const parts = name.split(".").map(escapeIdentifier).join(".");
    if (await attempt(client, `ALTER DATABASE ${database} SET ${parts} = ${to}`))
      notValid.push(`setting ${name}`);
  }
}

async function resetDefaultRights(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ sql: string }>(resetDefaultRightsSql);
  for (const { sql } of rows) await client.query(sql);
}

/** A grant to a role that this server does not have is nothing to miss. */
const undefinedObject = "42704";

async function finish(restoring: Restoring, rights: string[], sequences: string[]): Promise<void> {
  const { client, notValid } = restoring;
  await runStatements(
    restoring,
    sequences.map((sql) => ({ name: sql, sql })),
  );
  if (await attempt(client, rights.join(";\n")))
    for (const sql of rights) {
      const error = (await attempt(client, sql)) as { code?: string } | null;
      if (error && error.code !== undefinedObject) notValid.push(sql);
    }
  const flushed = `graft_flushed_${randomBytes(8).toString("hex")}`;
  await client.query(`SET synchronous_commit = on; CREATE SCHEMA ${flushed}; DROP SCHEMA ${flushed}`);
}

function isPostgresError(error: unknown): boolean {
  return typeof (error as { severity?: unknown }).severity === "string";
}

export function damaged(file: string, cause: unknown): GraftError {
  const reason = (cause as Error).message;
  return new GraftError("DIGEST_MISMATCH", `The snapshot ${file} cannot be restored: ${reason}.`, {
    hint: "Nothing was changed. Restore another snapshot or a backup.",
    details: { file, reason },
    cause,
  });
}
