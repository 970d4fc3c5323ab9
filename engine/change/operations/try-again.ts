import { fromJson, type HostTx, type Problem } from "../../core/index.ts";
import type { LeftWork } from "../attention/index.ts";
import { configChannel } from "../lead/channels.ts";
import { type RecoverDeps, recoverOne, reopen } from "./recover-operations.ts";
import { contextOf } from "./run-operation.ts";
import { stepsOf } from "./steps/select-steps.ts";
import type { OperationRow } from "./view-operation.ts";

type Left<Kind extends LeftWork["kind"]> = Extract<LeftWork, { kind: Kind }>;

/** The same step of an operation that has ended. The caller leads. */
export async function takeLeftStep(deps: RecoverDeps, work: Left<"step">): Promise<void> {
  const row = await deps.db.prisma.operation.findUnique({ where: { id: work.operation } });
  if (row === null || (await isChangedSince(deps, work))) return;
  const context = contextOf(deps, reopen(deps, row));
  const { stage, from, module } = work;
  for (const step of stepsOf(context.op.journal, stage)) {
    if (step.name !== work.step || step.module !== module) continue;
    if (from === "run") await (step.redo ?? step.run)(context);
    else await step.undo[from]?.(context, fromJson<Problem>(row.error));
  }
}

/** What a later change has made of its data is not to be touched; a database that nothing names is found by the daily sweep. */
async function isChangedSince(
  { registry }: RecoverDeps,
  { module, generation }: Left<"step">,
): Promise<boolean> {
  if (module === null) return false;
  await registry.refresh();
  return (registry.get(module)?.generation ?? 0) !== generation;
}

/** From where it stood when it was set aside. The caller leads. @returns false when it was set aside once more */
export async function resumeOperation(deps: RecoverDeps, work: Left<"operation">): Promise<boolean> {
  const { operation: id, resume } = work;
  const row: OperationRow = await deps.db.prisma.operation.update({
    where: { id },
    data: { status: resume, finishedAt: null },
  });
  await recoverOne(deps, row);
  const ended = await deps.db.prisma.operation.findUnique({ where: { id }, select: { status: true } });
  if (ended?.status === "attention") return false;
  await startStopped(deps.db.prisma, id);
  return true;
}

/** Its modules, where it made no new generation of them. */
export async function startStopped(db: Pick<HostTx, "$executeRaw">, operation: string): Promise<void> {
  await db.$executeRaw`WITH started AS (
      UPDATE graft.modules SET stopped_by = NULL WHERE stopped_by = ${operation}::uuid RETURNING name
    ) SELECT pg_notify(${configChannel}, name) FROM started`;
}
