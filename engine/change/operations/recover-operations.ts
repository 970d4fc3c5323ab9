import { type Actor, faultPoint, GraftError, type Problem, type Role } from "../../core/index.ts";
import { isDatabaseUnavailable } from "../lead/is-database-unavailable.ts";
import { tryLead } from "../lead/leader.ts";
import type { KeptRow } from "../retained/kept-row.ts";
import { decideAgainst } from "./decide.ts";
import { createdByOperation, type JournalChange, type OperationJournal } from "./journal.ts";
import type { OperationLog } from "./operation-log.ts";
import type { StepName } from "./plan-steps.ts";
import { changeSchema, dropPrepared, prepareModule } from "./prepare-modules.ts";
import { activate, commitHost, type RunDeps, restoreSnapshots, revertOperation } from "./run-operation.ts";
import type { Running } from "./running.ts";
import type { OperationView } from "./types.ts";

export interface RecoverDeps extends RunDeps {
  openLog(view: OperationView): OperationLog;
  viewOf(row: OperationRow): OperationView;
}

export interface OperationRow {
  id: string;
  planId: string;
  status: string;
  steps: unknown;
  error: unknown;
  journal: unknown;
  generation: number | null;
  actorId: string | null;
  actorName: string;
  startedAt: Date;
  finishedAt: Date | null;
}

/** Null: another host leads, and its operation is its own. */
export type Recovery = {
  /** How many operations were left unfinished. */
  found: number;
  /** Settles them, once processes may be started, and gives the lead back. */
  activate(): Promise<void>;
} | null;

/**
 * Finishes or takes back what a host left behind when it died, or when PostgreSQL went away under it.
 * @throws when PostgreSQL is away; what is unfinished stays so, to be recovered again
 */
export async function recoverOperations(deps: RecoverDeps): Promise<Recovery> {
  if ((await unfinished(deps)).length === 0) return { found: 0, activate: async () => {} };
  const lead = await tryLead(deps.db, { waitMs: 0 });
  if (!lead) return null;
  faultPoint("recover.lead.after");
  try {
    // Read again under the lock: the leader may just have finished.
    const left = (await unfinished(deps)).map((row) => ({ row, op: reopen(deps, row) }));
    const toActivate: Running[] = [];
    for (const { row, op } of left) if (await recover(deps, op, row)) toActivate.push(op);
    if (left.length > 0) {
      await deps.registry.refresh();
      await deps.afterCommit();
    }
    return { found: left.length, activate: () => activateAll(deps, toActivate).finally(lead.release) };
  } catch (error) {
    await lead.release();
    throw error;
  }
}

async function activateAll(deps: RecoverDeps, ops: readonly Running[]): Promise<void> {
  for (const op of ops) {
    faultPoint("recover.settle.before");
    await activate(deps, withSteps(op));
  }
}

/** @returns whether it is committed and wants to be settled */
async function recover(deps: RecoverDeps, op: Running, row: OperationRow): Promise<boolean> {
  if (row.status === "committing") return rollForward(deps, op);
  if (row.status === "applied") return true;
  if (row.status === "preparing") {
    const why = interrupted("Graft stopped while it prepared this change; nothing was changed.");
    if (await decideAgainst(deps.db, op.id, why)) await abort(deps, op, (row.error as Problem | null) ?? why);
  } else if (row.status === "reverting") await revertOperation(deps, op, problemError(row.error));
  else await finishTakeBack(deps, op);
  return false;
}

/** The registry was put back already; what remains is what the operation had made. */
async function finishTakeBack(deps: RecoverDeps, op: Running): Promise<void> {
  faultPoint("recover.finish-take-back.before");
  for (const module of createdByOperation(op.journal).toReversed()) await deps.database.drop(module);
  await op.steps.finish("reverted");
}

async function unfinished(deps: RecoverDeps): Promise<OperationRow[]> {
  const open = {
    status: { in: ["preparing", "committing", "applied", "reverting", "reverted"] },
    finishedAt: null,
  };
  return deps.db.prisma.operation.findMany({ where: open, orderBy: { startedAt: "asc" } });
}

function reopen(deps: RecoverDeps, row: OperationRow): Running {
  const actor: Actor = {
    userId: row.actorId,
    name: row.actorName,
    role: "administrator" satisfies Role,
    via: "system",
  };
  const journal = row.journal as OperationJournal & { kept?: KeptRow[] };
  return { id: row.id, planId: row.planId, actor, journal, steps: deps.openLog(deps.viewOf(row)) };
}

/** The decision was made: apply again whatever is missing. What cannot be applied any more is taken apart. */
async function rollForward(deps: RecoverDeps, op: Running): Promise<boolean> {
  try {
    faultPoint("recover.go-on.before");
    for (const change of op.journal.changes) await finishData(deps, change);
    faultPoint("recover.data.after");
    await commitHost(deps, op, (op.journal as { kept?: KeptRow[] }).kept ?? []);
    return true;
  } catch (error) {
    // PostgreSQL away: nothing is known. Committed, though the answer was lost: what there is must stay.
    if (isDatabaseUnavailable(error) || !(await isCommitting(deps, op.id))) throw error;
    deps.log.error({ err: error, operation: op.id }, "a decided operation cannot be finished");
    // Some modules' data may be committed already.
    await restoreSnapshots(deps, op.journal.changes);
    const reason = (error as Error).message;
    await abort(deps, op, interrupted(`Graft stopped during this change and could not finish it: ${reason}`));
    return false;
  }
}

async function isCommitting({ db }: RecoverDeps, id: string): Promise<boolean> {
  const row = await db.prisma.operation.findUnique({
    where: { id },
    select: { status: true, finishedAt: true },
  });
  return row?.status === "committing" && row.finishedAt === null;
}

async function finishData(deps: RecoverDeps, change: JournalChange): Promise<void> {
  const { manifest } = await deps.store.getModule(change.digest);
  if (!manifest.database) return;
  await prepareModule(deps, change, manifest.database.extensions);
  if (change.schema !== "keep") await (await changeSchema(deps, change)).commit();
  faultPoint("recover.module.after");
}

async function abort(deps: RecoverDeps, op: Running, why: Problem): Promise<void> {
  faultPoint("recover.take-apart.before");
  await dropPrepared(deps, op.journal);
  faultPoint("recover.drop.after");
  await op.steps.finish("failed", why);
}

function interrupted(detail: string): Problem {
  return {
    type: "https://graft.dev/errors#internal",
    title: "INTERNAL",
    status: 500,
    code: "INTERNAL",
    detail,
    hint: "Make the plan again.",
    retryable: true,
  };
}

/** What made the dead host take the change back. */
function problemError(saved: unknown): Error {
  const { code, detail, hint, details } = (saved ?? {}) as Partial<Problem>;
  const init = { ...(hint === undefined ? {} : { hint }), ...(details === undefined ? {} : { details }) };
  return new GraftError(code ?? "MODULE_UNHEALTHY", detail ?? "It did not become healthy.", init);
}

/** Steps the dead host had begun begin anew. */
function withSteps(op: Running): Running {
  for (const step of op.steps.view().steps) {
    if (step.status === "running" || step.status === "failed") {
      const { title, module } = step;
      const name = step.name as StepName;
      op.steps.add({ name, title, module });
    }
  }
  return op;
}
