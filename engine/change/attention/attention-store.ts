import { fromJson, type HostDb, type Problem, toJson } from "../../core/index.ts";
import type { AttentionEntry, AttentionView, LeftOver, LeftWork } from "./types.ts";

const firstRetrySeconds = 5;
const lastRetrySeconds = 600;

/** The same work is the same entry, however often it fails. */
function keyOf(work: LeftWork): string {
  if (work.kind === "step")
    return ["step", work.operation, work.stage, work.from, work.step, work.module ?? ""].join(" ");
  if (work.kind === "operation") return `operation ${work.operation}`;
  return work.kind === "deletion" ? `deletion ${work.keptData}` : `database ${work.module} ${work.database}`;
}

/** Written down to be tried again, each time after twice as long; an operation waits for a person. */
export async function recordLeftOver({ pool }: HostDb, left: LeftOver): Promise<void> {
  const waits = left.work.kind !== "operation";
  await pool.query(
    `INSERT INTO graft.attention (id, key, title, modules, work, problem, next_at)
     VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, CASE WHEN $6 THEN now() + make_interval(secs => $7) END)
     ON CONFLICT (key) DO UPDATE SET problem = excluded.problem, work = excluded.work,
       attempts = attention.attempts + 1, tried_at = now(),
       next_at = CASE WHEN $6 THEN now() + make_interval(secs => least($7 * 2 ^ attention.attempts, $8)) END`,
    [
      ...[keyOf(left.work), left.title, left.modules, toJson(left.work), toJson(left.problem)],
      ...[waits, firstRetrySeconds, lastRetrySeconds],
    ],
  );
}

/** It waits for its time, so nobody else need try. */
export async function isLeftOver({ prisma }: HostDb, work: LeftWork): Promise<boolean> {
  return (await prisma.attention.count({ where: { key: keyOf(work) } })) > 0;
}

export async function settle({ prisma }: HostDb, id: string): Promise<void> {
  await prisma.attention.deleteMany({ where: { id } });
}

export async function findEntry({ prisma }: HostDb, id: string): Promise<AttentionEntry | null> {
  const row = await prisma.attention.findUnique({ where: { id } });
  return row && entryOf(row);
}

/** Those whose time has come. */
export async function dueEntries({ prisma }: HostDb): Promise<AttentionEntry[]> {
  const rows = await prisma.attention.findMany({
    where: { nextAt: { lte: new Date() } },
    orderBy: { createdAt: "asc" },
  });
  return rows.map(entryOf);
}

export async function listAttention({ prisma }: HostDb): Promise<AttentionView[]> {
  const rows = await prisma.attention.findMany({ orderBy: { createdAt: "asc" } });
  const views = rows.map(viewOf);
  return views.sort((a, b) => Number(b.kind === "stopped") - Number(a.kind === "stopped"));
}

export async function countAttention({ prisma }: HostDb): Promise<number> {
  return prisma.attention.count();
}

type Row = Awaited<ReturnType<HostDb["prisma"]["attention"]["findMany"]>>[number];

function entryOf({ id, title, modules, work, problem }: Row): AttentionEntry {
  return { id, title, modules, work: fromJson<LeftWork>(work), problem: fromJson<Problem>(problem) };
}

function viewOf(row: Row): AttentionView {
  const work = fromJson<LeftWork>(row.work);
  return {
    id: row.id,
    kind: work.kind === "operation" ? "stopped" : "cleanup",
    title: row.title,
    modules: row.modules,
    operation: "operation" in work ? work.operation : null,
    problem: fromJson<Problem>(row.problem),
    attempts: row.attempts,
    since: row.createdAt.toISOString(),
    triedAt: row.triedAt.toISOString(),
    nextAt: row.nextAt?.toISOString() ?? null,
  };
}
