import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Digest, faultPoint, GraftError, type HostDb } from "../core/index.ts";
import type { ModuleDatabase } from "../database/index.ts";
import type { SnapshotSummary, StoredSnapshot } from "../plan/index.ts";
import type { ModuleStore } from "../store/index.ts";
import type { JournalChange, JournalRemoval } from "./journal.ts";
import type { KeptRow } from "./prepare-modules.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Of each module; an older one goes when a newer is taken. */
const keptPerModule = 5;

export interface SnapshotDeps {
  database: ModuleDatabase;
  store: ModuleStore;
  dataDir: string;
}

/** The data of a module as the version that is about to be left has it. The file is whole or not there. */
export async function takeSnapshot(deps: SnapshotDeps, change: JournalChange): Promise<KeptRow | null> {
  const { module, from, snapshot: file } = change;
  const digest = from ?? change.kept?.digest;
  if (digest === undefined || file === null) return null;
  const version = change.kept?.version ?? (await deps.store.getModule(digest)).manifest.version;
  return writeSnapshot(deps, { module, version, digest, file });
}

/** Of a module whose tables are about to go: undoing its removal brings them back. */
export async function takeLastSnapshot(deps: SnapshotDeps, removal: JournalRemoval): Promise<KeptRow | null> {
  const { module, version, digest, snapshot } = removal;
  return snapshot ? writeSnapshot(deps, { module, version, digest, file: snapshot }) : null;
}

async function writeSnapshot(
  deps: SnapshotDeps,
  { module, version, digest, file }: Pick<KeptRow, "module" | "version" | "digest"> & { file: string },
): Promise<KeptRow> {
  const path = join(deps.dataDir, file);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const { bytes, rows, tables } = await deps.database.snapshot({ module, version, digest, file: path });
  return { module, version, digest, kind: "snapshot", file, bytes, tables, rows };
}

/** The newest one taken when this version was left. */
export async function snapshotOf(
  db: HostDb,
  module: string,
  digest: string,
): Promise<SnapshotSummary | null> {
  const row = (await newestFirst(db, module)).find((snapshot) => snapshot.digest === digest);
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

export async function pruneSnapshots(db: HostDb, dataDir: string, module: string): Promise<void> {
  for (const { id, file } of (await newestFirst(db, module)).slice(keptPerModule)) {
    // The row last: while it is there, the next upgrade finishes what a crash left.
    if (file !== null) await rm(join(dataDir, file), { force: true });
    faultPoint("prune.file.after");
    await db.prisma.keptData.delete({ where: { id } });
  }
}

/** By the generation that took them: a clock that was set back makes no snapshot older than it is. */
async function newestFirst(db: HostDb, module: string) {
  const rows = await db.prisma.keptData.findMany({ where: { module, kind: "snapshot" } });
  const ids = rows.flatMap(({ file }) => operationOf(file) ?? []);
  const operations = await db.prisma.operation.findMany({
    where: { id: { in: ids } },
    select: { id: true, generation: true },
  });
  const generations = new Map(operations.map(({ id, generation }) => [id, generation ?? 0]));
  const generation = (file: string | null) => generations.get(operationOf(file) ?? "") ?? 0;
  return rows.sort(
    (a, b) => generation(b.file) - generation(a.file) || b.createdAt.getTime() - a.createdAt.getTime(),
  );
}

/** The file is named after the operation: `snapshots/MODULE-OPERATION.graft`. */
function operationOf(file: string | null): string | undefined {
  return file?.match(/-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.graft$/)?.[1];
}
