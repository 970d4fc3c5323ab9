import { createHash } from "node:crypto";
import type pg from "pg";
import { GraftError } from "../../core/index.ts";
import type { MigrationFile } from "../types.ts";

export interface LedgerRow {
  name: string;
  checksum: string;
  finished: boolean;
}

/** Migrations that were applied and not marked as rolled back, oldest first. */
export async function readLedger(client: pg.Client): Promise<LedgerRow[]> {
  const table = "public._prisma_migrations";
  const { rows } = await client.query<{ exists: boolean }>(
    "SELECT pg_catalog.to_regclass($1) IS NOT NULL AS exists",
    [table],
  );
  if (!rows[0]?.exists) return [];
  const ledger = await client.query<LedgerRow>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished FROM ${table}
     WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name`,
  );
  return ledger.rows;
}

/** Prisma applies folders in the order of their names. */
export function inOrder(migrations: MigrationFile[]): MigrationFile[] {
  return [...migrations].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Line ends and a byte order mark do not make another migration: Git and editors change them, and so does Prisma's check. */
function isOf(checksum: string, sql: string): boolean {
  const lf = sql.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
  const crlf = lf.replaceAll("\n", "\r\n");
  return [sql, lf, crlf, `\uFEFF${lf}`, `\uFEFF${crlf}`].some(
    (text) => createHash("sha256").update(text).digest("hex") === checksum,
  );
}

/** @throws MIGRATION_HISTORY_DIVERGED when the data was not made by a beginning of these migrations */
export function checkHistory(module: string, migrations: MigrationFile[], ledger: LedgerRow[]): void {
  const files = new Map(migrations.map((file) => [file.name, file]));
  const names = (rows: LedgerRow[]) => rows.map((row) => row.name);
  const unknown = names(ledger.filter((row) => !files.has(row.name)));
  const unfinished = names(ledger.filter((row) => !row.finished));
  const edited = names(
    ledger.filter((row) => {
      const file = files.get(row.name);
      return file && !isOf(row.checksum, file.sql);
    }),
  );
  if (unknown.length + edited.length + unfinished.length === 0) return;
  const parts = [
    unknown.length > 0 && `the database has ${unknown.join(", ")}, which this version does not`,
    edited.length > 0 && `${edited.join(", ")} changed after being applied`,
    unfinished.length > 0 && `${unfinished.join(", ")} did not finish`,
  ].filter(Boolean);
  throw new GraftError(
    "MIGRATION_HISTORY_DIVERGED",
    `The data of ${module} has another history: ${parts.join("; ")}.`,
    {
      hint: "Install the version the data was made by or a later one, or start with fresh data.",
      details: { module, unknown, edited, unfinished },
    },
  );
}
