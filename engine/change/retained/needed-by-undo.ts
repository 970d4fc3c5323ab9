import type { HostDb } from "../../core/index.ts";
import type { KeptDataRow } from "./kept-data.ts";
import { newestFirst } from "./snapshots.ts";

/** An uploaded file belongs to no operation until its restore begins. */
const uploadMs = 60 * 60 * 1000;

/**
 * What going back from the current generation to the one before uses: the snapshots that the last change took, the
 * newest of each version it left, and the kept data of what it removed.
 */
export async function neededByUndo(
  db: HostDb,
  rows: readonly KeptDataRow[],
  now: Date,
): Promise<Set<string>> {
  const { generation } = await db.prisma.hostState.findUniqueOrThrow({ where: { id: 1 } });
  const current = await db.prisma.generation.findUnique({ where: { number: generation } });
  const before =
    current?.parent == null
      ? null
      : await db.prisma.generation.findUnique({ where: { number: current.parent } });
  const needed = new Set<string>();
  const snapshots = await newestFirst(
    db,
    rows.filter(({ kind }) => kind === "snapshot"),
  );
  const uploadedAfter = new Date(now.getTime() - uploadMs);
  for (const { id, operationId, createdAt } of snapshots) {
    if (operationId === null ? createdAt > uploadedAfter : operationId === current?.operationId)
      needed.add(id);
  }
  const present = modulesOf(current?.modules);
  for (const [module, digest] of modulesOf(before?.modules)) {
    if (present.get(module) === digest) continue;
    const snapshot = snapshots.find((row) => row.module === module && row.digest === digest);
    if (snapshot) needed.add(snapshot.id);
    if (present.has(module)) continue;
    for (const row of rows) if (row.kind === "kept" && row.module === module) needed.add(row.id);
  }
  return needed;
}

function modulesOf(modules: unknown): Map<string, string> {
  const list = (modules ?? []) as { name: string; digest: string }[];
  return new Map(list.map(({ name, digest }) => [name, digest]));
}
