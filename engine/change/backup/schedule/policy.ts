import type { BackupScheduleInput } from "../../../../contract/backup.ts";
import { type Actor, GraftError, type HostDb } from "../../../core/index.ts";
import { auditIn } from "../../../people/index.ts";
import { isTimeZone } from "../../upgrades/index.ts";

export interface BackupPolicy extends Required<BackupScheduleInput> {
  updatedAt: Date | null;
  updatedBy: string | null;
}

export async function readPolicy({ prisma }: Pick<HostDb, "prisma">): Promise<BackupPolicy> {
  const { id: _, ...policy } = await prisma.backupPolicy.findUniqueOrThrow({ where: { id: 1 } });
  return policy;
}

/** @throws INVALID_INPUT, CONFLICT when somebody changed it since it was read */
export async function savePolicy(db: HostDb, actor: Actor, input: BackupScheduleInput): Promise<void> {
  const { enabled, at, timeZone, days, weeks, months, revision } = input;
  if (!isTimeZone(timeZone))
    throw new GraftError("INVALID_INPUT", "The schedule of backups is not valid.", {
      details: {
        fieldErrors: {
          timeZone: [`There is no time zone ${JSON.stringify(timeZone)}. Europe/Vienna is one.`],
        },
      },
    });
  await db.prisma.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM graft.backup_policy WHERE id = 1 FOR UPDATE`;
    const before = await tx.backupPolicy.findUniqueOrThrow({ where: { id: 1 } });
    if (revision !== undefined && revision !== before.revision)
      throw new GraftError(
        "CONFLICT",
        `${before.updatedBy ?? "Somebody"} changed the schedule of backups meanwhile.`,
        { hint: "Reload to see it, then save again.", details: { revision: before.revision } },
      );
    await tx.backupPolicy.update({
      where: { id: 1 },
      data: {
        ...{ enabled, at, timeZone, days, weeks, months },
        ...{ revision: { increment: 1 }, updatedAt: new Date(), updatedBy: actor.name },
      },
    });
    await auditIn(tx, actor, {
      action: "backup.schedule",
      target: "backups",
      summary: enabled
        ? `Scheduled backups: daily ${at} (${timeZone}), keeping ${days} days, ${weeks} weeks, ${months} months`
        : "Scheduled backups are off",
      details: { ...input },
    });
  });
}
