import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Digest, GraftError, type HostDb } from "../core/index.ts";
import type { ModuleDatabase } from "../database/index.ts";
import type { SnapshotSummary, StoredSnapshot } from "../plan/index.ts";
import type { ModuleStore } from "../store/index.ts";
import type { JournalChange, JournalRemoval } from "./journal.ts";
import type { KeptRow } from "./prepare-modules.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface SnapshotDeps {
  database: ModuleDatabase;
  store: ModuleStore;
  dataDir: string;
}

/** The data of a module as the version that is about to be left has it. The file is whole or not there. */
export async function takeSnapshot(deps: SnapshotDeps, change: JournalChange): Promise<KeptRow | null> {
  const { module, from, snapshot: file, snapshotReason: reason } = change;
  const digest = from ?? change.kept?.digest;
  if (digest === undefined || file === null) return null;
  const version = change.kept?.version ?? (await deps.store.getModule(digest)).manifest.version;
  return writeSnapshot(deps, { module, version, digest, file }, reason);
}

/** Of a module whose tables are about to go: undoing its removal brings them back. */
export async function takeLastSnapshot(deps: SnapshotDeps, removal: JournalRemoval): Promise<KeptRow | null> {
  const { module, version, digest, snapshot, snapshotReason: reason } = removal;
  return snapshot ? writeSnapshot(deps, { module, version, digest, file: snapshot }, reason) : null;
}

async function writeSnapshot(
  deps: SnapshotDeps,
  { module, version, digest, file }: Pick<KeptRow, "module" | "version" | "digest"> & { file: string },
  reason: string | undefined,
): Promise<KeptRow> {
  const path = join(deps.dataDir, file);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const { bytes, rows, tables } = await deps.database.snapshot({ module, version, digest, file: path });
  return { module, version, digest, kind: "snapshot", file, bytes, tables, rows, ...(reason && { reason }) };
}

/** The newest one taken when this version was left. */
export async function snapshotOf(
  db: HostDb,
  module: string,
  digest: string,
): Promise<SnapshotSummary | null> {
  const rows = await db.prisma.keptData.findMany({ where: { module, digest, kind: "snapshot" } });
  const [row] = await newestFirst(db, rows);
  return row ? { id: row.id, takenAt: row.createdAt.toISOString(), rows: Number(row.rows) } : null;
}

/** @throws NOT_FOUND */
export async function findSnapshot(db: HostDb, id: string): Promise<StoredSnapshot> {
  const row = uuid.test(id)
    ? await db.prisma.keptData.findUnique({ where: { id, kind: "snapshot", digest: { not: "" } } })
    : null;
  if (!row)
    throw new GraftError("NOT_FOUND", `There is no snapshot ${id}.`, {
      hint: "It was deleted, or retention removed it. Look under Data.",
    });
  const { module, digest, rows, createdAt } = row;
  return { id, module, digest: digest as Digest, rows: Number(rows), takenAt: createdAt.toISOString() };
}

export async function snapshotFile(db: HostDb, id: string): Promise<string | null> {
  return (await db.prisma.keptData.findUnique({ where: { id } }))?.file ?? null;
}

/** By the generation that took them: a clock that was set back makes no snapshot older than it is. */
export async function newestFirst<T extends { file: string | null; createdAt: Date }>(
  db: HostDb,
  rows: readonly T[],
): Promise<T[]> {
  const ids = rows.flatMap(({ file }) => operationOf(file) ?? []);
  const operations = await db.prisma.operation.findMany({
    where: { id: { in: ids } },
    select: { id: true, generation: true },
  });
  const generations = new Map(operations.map(({ id, generation }) => [id, generation ?? 0]));
  const generation = (file: string | null) => generations.get(operationOf(file) ?? "") ?? 0;
  return rows.toSorted(
    (a, b) => generation(b.file) - generation(a.file) || b.createdAt.getTime() - a.createdAt.getTime(),
  );
}

/** The file is named after the operation: `snapshots/MODULE-OPERATION.graft`. */
export function operationOf(file: string | null): string | undefined {
  return file?.match(/-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.graft$/)?.[1];
}
