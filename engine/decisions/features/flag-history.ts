import type { AccessSetting } from "../../../contract/access.ts";
import type { FlagChange, FlagInput } from "../../../contract/flags.ts";
import { type Actor, fromJson, type HostDb, type HostTx, type Page, toJson } from "../../core/index.ts";
import { accessKey, targetOf } from "../access/access-definition.ts";
import type { AccessTarget } from "../types.ts";

const historyMax = 200;

/** What a change found and left, in its transaction; null: nothing was there. Answers its id. */
export async function recordChange(
  tx: HostTx,
  actor: Actor,
  change: Pick<FlagChange, "key" | "summary" | "before" | "after"> & { generation?: number },
): Promise<string> {
  const { key, summary, before, after, generation = null } = change;
  const { id } = await tx.flagChange.create({
    data: {
      key,
      actorId: actor.userId,
      actorName: actor.name,
      summary,
      generation,
      ...(before === null ? {} : { before: toJson(before) }),
      ...(after === null ? {} : { after: toJson(after) }),
    },
    select: { id: true },
  });
  return id;
}

export function recordAccessChange(
  tx: HostTx,
  actor: Actor,
  target: AccessTarget,
  change: {
    summary: string;
    before: AccessSetting | null;
    after: AccessSetting | null;
    /** That it came or went with. */
    generation?: number;
  },
): Promise<string> {
  return recordChange(tx, actor, { key: accessKey(target), ...change });
}

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
