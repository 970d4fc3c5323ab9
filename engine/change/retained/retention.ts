import { rm } from "node:fs/promises";
import { join } from "node:path";
import {
  type Actor,
  faultPoint,
  type HostDb,
  isGraftError,
  type Log,
  systemActor,
} from "../../core/index.ts";
import { auditIn } from "../../people/index.ts";
import { withoutRunningOperation } from "../lead/without-running-operation.ts";
import { type KeptDataRoom, type KeptDataRow, viewKept } from "./kept-data.ts";
import { neededByUndo } from "./needed-by-undo.ts";
import { checkRetention, readRetention, saveRetention } from "./retention-policy.ts";
import { newestFirst } from "./snapshots.ts";
import type { Expired, Retention, RetentionInput } from "./types.ts";

export interface RetentionDeps {
  db: HostDb;
  log: Log;
  dataDir: string;
  keptData: Pick<KeptDataRoom, "remove">;
}

export type RetentionRoom = Retention & {
  /** Of the snapshots of one module, by the operation that took the newest, which leads. */
  retain(module: string): Promise<void>;
};

const dayMs = 86_400_000;
/** How long a change that is going on may take before saved settings are left to be applied later. */
const waitMs = 5_000;

export function createRetention(deps: RetentionDeps): RetentionRoom {
  const { db } = deps;

  async function removeAll(actor: Actor, rows: readonly KeptDataRow[]): Promise<Expired> {
    for (const row of rows) await expire(deps, actor, row);
    if (rows.length > 0) deps.log.info({ items: rows.map(summarise) }, "retention removed data");
    return asExpired(rows);
  }
  async function applyToAll(actor: Actor): Promise<Expired> {
    const removed = await removeAll(actor, await findExpired(db, await readRetention(db)));
    await db.prisma.retentionPolicy.update({ where: { id: 1 }, data: { appliedAt: new Date() } });
    return removed;
  }
  const isDue = async () => {
    const { appliedAt } = await readRetention(db);
    // Also when the clock was set back: a time to come says nothing.
    return appliedAt === null || Math.abs(Date.now() - Date.parse(appliedAt)) >= dayMs;
  };

  return {
    get: () => readRetention(db),
    async preview(input) {
      checkRetention(input);
      return asExpired(await findExpired(db, input));
    },
    async set(actor, input) {
      await saveRetention(db, actor, input);
      const removed = await onceNothingRuns(db, waitMs, () => applyToAll(actor));
      return { policy: await readRetention(db), removed };
    },
    async applyDaily() {
      if (!(await isDue())) return null;
      // Asked again under the lead: another host may just have done it.
      return onceNothingRuns(db, 0, async () => ((await isDue()) ? applyToAll(systemActor) : null));
    },
    async retain(module) {
      const policy = { ...(await readRetention(db)), keptDays: null };
      await removeAll(systemActor, await findExpired(db, policy, module));
    },
  };
}

async function findExpired(db: HostDb, policy: RetentionInput, module?: string): Promise<KeptDataRow[]> {
  const now = new Date();
  const rows = await db.prisma.keptData.findMany({
    where: { kind: { in: ["snapshot", "kept", "exported"] } },
    orderBy: { createdAt: "asc" },
  });
  const needed = await neededByUndo(db, rows, now);
  const snapshots = await newestFirst(
    db,
    rows.filter(({ kind }) => kind === "snapshot"),
  );
  const seen = new Map<string, number>();
  const surplus = new Set<string>();
  for (const { id, module: name } of snapshots) {
    const before = seen.get(name) ?? 0;
    if (before >= policy.snapshotsPerModule) surplus.add(id);
    seen.set(name, before + 1);
  }
  const isOld = (row: KeptDataRow, days: number | null) =>
    days !== null && now.getTime() - row.createdAt.getTime() > days * dayMs;
  return rows.filter((row) => {
    if (needed.has(row.id) || (module !== undefined && row.module !== module)) return false;
    if (row.kind !== "snapshot") return isOld(row, policy.keptDays);
    return surplus.has(row.id) || isOld(row, policy.snapshotDays);
  });
}

const nouns: Record<string, string> = { snapshot: "a snapshot", exported: "the export" };

async function expire(deps: RetentionDeps, actor: Actor, row: KeptDataRow): Promise<void> {
  const { id, module, version, kind, file, createdAt } = row;
  const what = nouns[kind] ?? "the kept data";
  const why = {
    action: "data.expire",
    summary: `Retention: delete ${what} of ${module} ${version} of ${createdAt.toISOString()}`,
  };
  if (file === null || row.database !== null) return deps.keptData.remove(actor, row, why);
  // The row last: while it is there, the next look finishes what a crash left.
  await rm(join(deps.dataDir, file), { force: true });
  faultPoint("prune.file.after");
  await deps.db.prisma.$transaction(async (tx) => {
    if ((await tx.keptData.deleteMany({ where: { id } })).count > 0)
      await auditIn(tx, actor, { ...why, target: module, details: { bytes: Number(row.bytes) } });
  });
}

/** Null while a change is going on. */
async function onceNothingRuns<T>(db: HostDb, ms: number, work: () => Promise<T>): Promise<T | null> {
  try {
    return await withoutRunningOperation(db, { waitMs: ms }, work);
  } catch (error) {
    if (isGraftError(error) && error.code === "OPERATION_IN_PROGRESS") return null;
    throw error;
  }
}

function asExpired(rows: readonly KeptDataRow[]): Expired {
  return { items: rows.map(viewKept), bytes: rows.reduce((sum, { bytes }) => sum + Number(bytes), 0) };
}

const summarise = ({ module, version, kind, createdAt }: KeptDataRow) => ({
  ...{ module, version, kind, createdAt },
});
