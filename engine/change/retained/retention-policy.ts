import { type Actor, GraftError, type HostDb } from "../../core/index.ts";
import { auditIn } from "../../people/index.ts";
import type { RetentionInput, RetentionView } from "./types.ts";

/** A hundred years: longer is for ever. */
const daysMax = 36_500;
const snapshotsMax = 100;

export async function readRetention(db: HostDb): Promise<RetentionView> {
  const {
    id: _,
    updatedAt,
    appliedAt,
    ...row
  } = await db.prisma.retentionPolicy.findUniqueOrThrow({
    where: { id: 1 },
  });
  return {
    ...row,
    updatedAt: updatedAt?.toISOString() ?? null,
    appliedAt: appliedAt?.toISOString() ?? null,
  };
}

/** It is due to be applied afterwards. @throws INVALID_INPUT with a message for each field */
export async function saveRetention(db: HostDb, actor: Actor, input: RetentionInput): Promise<void> {
  checkRetention(input);
  const { snapshotsPerModule, snapshotDays, keptDays } = input;
  const data = { snapshotsPerModule, snapshotDays, keptDays };
  await db.prisma.$transaction(async (tx) => {
    await tx.retentionPolicy.update({
      where: { id: 1 },
      data: { ...data, appliedAt: null, updatedAt: new Date(), updatedBy: actor.name },
    });
    await auditIn(tx, actor, {
      action: "data.retention",
      target: "data",
      summary: `Retention: ${snapshotsPerModule} snapshots of a module, ${forHow(snapshotDays)}; kept data ${forHow(keptDays)}`,
      details: data,
    });
  });
}

/** @throws INVALID_INPUT with a message for each field */
export function checkRetention({ snapshotsPerModule, snapshotDays, keptDays }: RetentionInput): void {
  const fieldErrors: Record<string, string[]> = {};
  const within = (value: number, max: number) => Number.isInteger(value) && value >= 1 && value <= max;
  if (!within(snapshotsPerModule, snapshotsMax))
    fieldErrors.snapshotsPerModule = [`Give a number of snapshots from 1 to ${snapshotsMax}.`];
  const days = `Give a number of days from 1 to ${daysMax}, or none for ever.`;
  if (snapshotDays !== null && !within(snapshotDays, daysMax)) fieldErrors.snapshotDays = [days];
  if (keptDays !== null && !within(keptDays, daysMax)) fieldErrors.keptDays = [days];
  const messages = [...new Set(Object.values(fieldErrors).flat())];
  if (messages.length === 0) return;
  throw new GraftError("INVALID_INPUT", messages.join(" "), { details: { fieldErrors } });
}

function forHow(days: number | null): string {
  return days === null ? "for ever" : `for ${days === 1 ? "1 day" : `${days} days`}`;
}
