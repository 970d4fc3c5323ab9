import { type Digest, GraftError, type HostDb, isUuid } from "../../core/index.ts";
import type { SnapshotSummary, StoredSnapshot } from "../plan/index.ts";

/** The newest one taken when this version was left. */
export async function snapshotOf(
  db: HostDb,
  module: string,
  digest: string,
): Promise<SnapshotSummary | null> {
  const rows = await db.prisma.keptData.findMany({ where: { module, digest, kind: "snapshot" } });
  const [row] = await newestFirst(db, rows);
  return row ? summarise(row) : null;
}

/** The one that is this very database, which a generation named. */
export async function snapshotIn(
  db: HostDb,
  module: string,
  database: number,
): Promise<SnapshotSummary | null> {
  const row = await db.prisma.keptData.findFirst({ where: { module, database, kind: "snapshot" } });
  return row ? summarise(row) : null;
}

interface Row {
  id: string;
  createdAt: Date;
  rows: bigint;
  database: number | null;
}

const summarise = ({ id, createdAt, rows, database }: Row): SnapshotSummary => ({
  ...{ id, database, takenAt: createdAt.toISOString(), rows: Number(rows) },
});

/** @throws NOT_FOUND */
export async function findSnapshot(db: HostDb, id: string): Promise<StoredSnapshot> {
  const row = isUuid(id)
    ? await db.prisma.keptData.findUnique({ where: { id, kind: "snapshot", digest: { not: "" } } })
    : null;
  if (!row)
    throw new GraftError("NOT_FOUND", `There is no snapshot ${id}.`, {
      hint: "It was deleted, or retention removed it. Look under Data.",
    });
  return { ...summarise(row), module: row.module, digest: row.digest as Digest };
}

/** Where it is; null: it is gone. */
export async function snapshotPlace(
  db: HostDb,
  id: string,
): Promise<{ file: string | null; database: number | null } | null> {
  return db.prisma.keptData.findUnique({
    where: { id, kind: "snapshot" },
    select: { file: true, database: true },
  });
}

/** By the generation that took them: a clock that was set back makes no snapshot older than it is. */
export async function newestFirst<T extends { operationId: string | null; createdAt: Date }>(
  db: HostDb,
  rows: readonly T[],
): Promise<T[]> {
  const ids = rows.flatMap(({ operationId }) => operationId ?? []);
  const operations = await db.prisma.operation.findMany({
    where: { id: { in: ids } },
    select: { id: true, generation: true },
  });
  const generations = new Map(operations.map(({ id, generation }) => [id, generation ?? 0]));
  const generation = ({ operationId }: T) => generations.get(operationId ?? "") ?? 0;
  return rows.toSorted(
    (a, b) => generation(b) - generation(a) || b.createdAt.getTime() - a.createdAt.getTime(),
  );
}
