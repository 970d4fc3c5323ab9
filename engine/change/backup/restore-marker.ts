import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { escapeLiteral } from "pg";
import { GraftError, type HostDb } from "../../core/index.ts";

/**
 * A restore that is not finished: a file in the data directory and, once the database is touched, a schema there whose
 * comment is the same id. The host does not start while either is there, and a second restore begins by removing what
 * the first one made. The database is never cleared on the word of the file alone: it may be another one by now.
 */
export interface RestoreMarker {
  id: string;
  /** `finishing`: everything is in place, only the marks are left. */
  phase: "working" | "finishing";
  /** The backup. */
  file: string;
  startedAt: string;
}

const fileName = "restore.json";
/** Where entries of the backup wait until they are checked. */
export const stagingName = "restore.partial";
const schema = "graft_restore";
const ours = new Set(["host.lock", fileName, `${fileName}.tmp`]);

export function newMarker(file: string): RestoreMarker {
  return { id: randomUUID(), phase: "working", file, startedAt: new Date().toISOString() };
}

export async function readMarker(dataDir: string): Promise<RestoreMarker | null> {
  const path = join(dataDir, fileName);
  if (!existsSync(path)) return null;
  return JSON.parse(await readFile(path, "utf8")) as RestoreMarker;
}

export async function writeMarker(dataDir: string, marker: RestoreMarker): Promise<void> {
  const path = join(dataDir, fileName);
  await writeFile(`${path}.tmp`, JSON.stringify(marker), { mode: 0o600, flush: true });
  await rename(`${path}.tmp`, path);
}

export async function removeMarker(dataDir: string): Promise<void> {
  await rm(join(dataDir, fileName), { force: true });
}

/** What lies in the data directory besides the lock and the mark. */
export async function contentOf(dataDir: string): Promise<string[]> {
  return (await readdir(dataDir)).filter((name) => !ours.has(name)).sort();
}

export async function markDatabase(db: HostDb, { id }: RestoreMarker): Promise<void> {
  await db.pool.query(`CREATE SCHEMA ${schema}; COMMENT ON SCHEMA ${schema} IS ${escapeLiteral(id)}`);
}

/** The id of the restore that the database is in the middle of. */
export async function markOfDatabase(db: HostDb): Promise<string | null> {
  const { rows } = await db.pool.query<{ id: string | null }>(
    "SELECT obj_description(oid, 'pg_namespace') AS id FROM pg_namespace WHERE nspname = $1",
    [schema],
  );
  return rows[0] ? (rows[0].id ?? "") : null;
}

export async function unmarkDatabase(db: HostDb): Promise<void> {
  await db.pool.query(`DROP SCHEMA IF EXISTS ${schema}`);
}

/**
 * For a host that starts: lets a restore that only lacked its last step be finished.
 * @throws RESTORE_UNFINISHED
 */
export async function assertRestored(dataDir: string, db: HostDb): Promise<void> {
  const marker = await readMarker(dataDir);
  const inDatabase = await markOfDatabase(db);
  if (marker === null && inDatabase === null) return;
  if (marker?.phase === "finishing" && (inDatabase === null || inDatabase === marker.id)) {
    await unmarkDatabase(db);
    await removeMarker(dataDir);
    return;
  }
  throw unfinished(marker, dataDir);
}

export function unfinished(marker: RestoreMarker | null, dataDir: string): GraftError {
  const message =
    marker === null
      ? "A restore into this database, begun with another data directory, is not finished."
      : `The restore of ${marker.file} was broken off; this is not yet a whole system.`;
  return new GraftError("RESTORE_UNFINISHED", message, {
    hint:
      marker === null
        ? "Finish it with that data directory, or make the database anew."
        : `Run \`graft restore ${marker.file}\` again: it begins anew. To start empty instead, remove ${dataDir} and make the database anew.`,
    details: { dataDir, ...(marker ? { file: marker.file } : {}) },
  });
}
