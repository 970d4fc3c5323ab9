import type { FlagChange, FlagInput } from "../../../contract/flags.ts";
import { fromJson, type HostDb, type Page } from "../../core/index.ts";
import { targetOf } from "../access/access-definition.ts";
import type { AccessSetting } from "../types.ts";

const historyMax = 200;

/** Newest first. */
export async function readHistory(
  db: HostDb,
  query: { key?: string; limit?: number; cursor?: string } = {},
): Promise<Page<FlagChange>> {
  const take = Math.min(query.limit ?? 50, historyMax);
  const rows = await db.prisma.flagChange.findMany({
    where: {
      ...(query.key === undefined ? {} : { key: query.key }),
      ...(query.cursor === undefined ? {} : { id: { lt: query.cursor } }),
    },
    orderBy: { id: "desc" },
    take: take + 1,
  });
  const items = rows.slice(0, take).map((row) => ({
    id: row.id,
    key: row.key,
    kind: targetOf(row.key) === null ? ("flag" as const) : ("access" as const),
    at: row.at.toISOString(),
    actorName: row.actorName,
    summary: row.summary,
    before: fromJson<FlagInput | AccessSetting | null>(row.before),
    after: fromJson<FlagInput | AccessSetting | null>(row.after),
    generation: row.generation,
  }));
  return { items, nextCursor: rows.length > take ? (items.at(-1)?.id ?? null) : null };
}
