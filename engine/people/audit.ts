import type { AuditQuery, AuditView } from "../../contract/audit.ts";
import type { Actor, HostDb, HostTx, Page, Prisma } from "../core/index.ts";
import { escapeLike, pageSize } from "./paging.ts";
import type { AuditInput } from "./types.ts";

/** Writes an audit entry inside the transaction that makes the change: there is never one without the other. */
export async function auditIn(tx: HostTx, actor: Actor, entry: AuditInput): Promise<void> {
  await tx.auditEntry.create({
    data: {
      actorId: actor.userId,
      actorName: actor.name,
      via: actor.via,
      action: entry.action,
      target: entry.target,
      summary: entry.summary,
      details: (entry.details ?? {}) as Prisma.InputJsonObject,
      planId: entry.planId ?? null,
      operationId: entry.operationId ?? null,
      ip: actor.ip ?? null,
    },
  });
}

/** Newest first. */
export async function listAudit(db: HostDb, query: AuditQuery = {}): Promise<Page<AuditView>> {
  const take = pageSize(query.limit);
  const conditions: Prisma.AuditEntryWhereInput[] = [];
  if (query.action) conditions.push({ action: { startsWith: escapeLike(query.action) } });
  if (query.target) conditions.push({ target: query.target });
  if (query.actorId) conditions.push({ actorId: query.actorId });
  if (query.cursor && /^\d{1,18}$/.test(query.cursor)) conditions.push({ id: { lt: BigInt(query.cursor) } });
  if (query.query) {
    const contains = { contains: escapeLike(query.query), mode: "insensitive" as const };
    conditions.push({ OR: [{ summary: contains }, { actorName: contains }, { target: contains }] });
  }
  const rows = await db.prisma.auditEntry.findMany({
    where: { AND: conditions },
    orderBy: { id: "desc" },
    take: take + 1,
  });
  const items = rows.slice(0, take).map((row) => ({
    id: String(row.id),
    at: row.at.toISOString(),
    actorId: row.actorId,
    actorName: row.actorName,
    via: row.via,
    action: row.action,
    target: row.target,
    summary: row.summary,
    details: row.details as Record<string, unknown>,
    planId: row.planId,
    operationId: row.operationId,
    ip: row.ip,
  }));
  return { items, nextCursor: rows.length > take ? (items.at(-1)?.id ?? null) : null };
}
