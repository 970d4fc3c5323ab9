import { type Actor, GraftError, type HostClient } from "../../core/index.ts";
import { auditIn } from "../../people/index.ts";
import type { CheckedInput } from "./input.ts";
import { notifyExperiments } from "./lifecycle.ts";
import { type StoredExperiment, toColumns } from "./stored.ts";

export function createDraft(prisma: HostClient, actor: Actor, checked: CheckedInput) {
  return prisma.$transaction(async (tx) => {
    const made = await tx.experiment.create({ data: { ...toColumns(checked), createdBy: actor.name } });
    await auditIn(tx, actor, {
      action: "experiment.create",
      target: checked.title,
      summary: `Made the experiment ${checked.title} on ${checked.flagKey}`,
      details: { experiment: made.id, flag: checked.flagKey },
    });
    return made;
  });
}

/** @throws CONFLICT for one that has begun */
export async function updateDraft(
  prisma: HostClient,
  actor: Actor,
  { id, title, checked }: { id: string; title: string; checked: CheckedInput },
): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const { count } = await tx.experiment.updateMany({
      where: { id, status: "draft" },
      data: toColumns(checked),
    });
    if (count === 0) {
      throw new GraftError("CONFLICT", `${title} has begun, so it stays as it is.`, {
        hint: "Figures counted under one design say nothing about another. Duplicate it as a new draft.",
        details: { experiment: id },
      });
    }
    await auditIn(tx, actor, {
      action: "experiment.update",
      target: checked.title,
      summary: `Changed the experiment ${checked.title}`,
      details: { experiment: id },
    });
  });
}

/** With its figures. @throws CONFLICT for one that runs */
export async function removeExperiment(
  prisma: HostClient,
  actor: Actor,
  { id, title, flagKey }: Pick<StoredExperiment, "id" | "title" | "flagKey">,
): Promise<void> {
  await prisma.$transaction(async (tx) => {
    const { count } = await tx.experiment.deleteMany({ where: { id, status: { not: "running" } } });
    if (count === 0) throw new GraftError("CONFLICT", `${title} runs.`, { hint: "Stop it first." });
    await auditIn(tx, actor, {
      action: "experiment.remove",
      target: title,
      summary: `Deleted the experiment ${title} and its figures`,
      details: { experiment: id, flag: flagKey },
    });
    await notifyExperiments(tx);
  });
}
