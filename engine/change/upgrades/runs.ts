import { fromJson, type HostDb, toJson } from "../../core/index.ts";
import { viewWindow } from "./policy.ts";
import type { RunItem, RunView } from "./types.ts";
import type { Window } from "./window.ts";

/** Windows that are remembered. */
const runsKept = 60;

/** Opens the row of a window, or goes on with it. @returns what was looked at the last time, and with what result */
export async function openRun(
  db: HostDb,
  { start, end }: Window,
): Promise<{ checked: string; items: RunItem[] }> {
  const row = await db.prisma.upgradeRun.upsert({
    where: { windowStart: start },
    create: { windowStart: start, windowEnd: end },
    update: { windowEnd: end },
  });
  return { checked: row.checked, items: fromJson<RunItem[]>(row.items) };
}

export async function writeRun(
  db: HostDb,
  { start }: Window,
  { items, finished }: { items: RunItem[]; finished: { checked: string } | null },
): Promise<void> {
  await db.prisma.upgradeRun.update({
    where: { windowStart: start },
    data: {
      items: toJson(items),
      finishedAt: finished && new Date(),
      ...(finished && { checked: finished.checked }),
    },
  });
  if (!finished) return;
  const old = await db.prisma.upgradeRun.findMany({
    orderBy: { windowStart: "desc" },
    skip: runsKept,
    select: { windowStart: true },
  });
  if (old.length > 0)
    await db.prisma.upgradeRun.deleteMany({
      where: { windowStart: { in: old.map((run) => run.windowStart) } },
    });
}

export async function readRuns(db: HostDb, limit: number): Promise<RunView[]> {
  const rows = await db.prisma.upgradeRun.findMany({ orderBy: { windowStart: "desc" }, take: limit });
  return rows.map(({ windowStart, windowEnd, startedAt, finishedAt, items }) => ({
    window: viewWindow({ start: windowStart, end: windowEnd }),
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    items: fromJson<RunItem[]>(items),
  }));
}

/** What is said of an upgrade again replaces what was said before; that it was tried stays. */
export function withItem(items: RunItem[], item: RunItem): RunItem[] {
  const before = items.find((one) => one.module === item.module && one.to === item.to);
  if (before && before.outcome !== "left-out" && item.outcome === "left-out") return items;
  return [...items.filter((one) => one !== before), item];
}
