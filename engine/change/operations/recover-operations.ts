import { type Actor, faultPoint, GraftError, type Problem, type Role } from "../../core/index.ts";
import type { UnfinishedStatus } from "../attention/index.ts";
import { isDatabaseUnavailable } from "../lead/is-database-unavailable.ts";
import { tryLead } from "../lead/leader.ts";
import { decideAgainst } from "./decision.ts";
import { readJournal } from "./journal/journal.ts";
import type { OperationLog } from "./operation-log.ts";
import { activate, contextOf } from "./run-operation.ts";
import type { Running } from "./running.ts";
import { setAside, setAsideUnread } from "./set-aside.ts";
import type { RunDeps, StepContext } from "./steps/step.ts";
import { redoStage } from "./steps/take-steps.ts";
import type { OperationView } from "./types.ts";
import { abort, finishTakeBack, takeBack } from "./undo-operation.ts";
import type { OperationRow } from "./view-operation.ts";

export interface RecoverDeps extends RunDeps {
  openLog(view: OperationView): OperationLog;
  viewOf(row: OperationRow): OperationView;
  /** How often this host has failed to bring each to its end. */
  tries: Map<string, number>;
}

/** What a busy PostgreSQL or a lock has refused may go well a moment later. */
const triesMax = 3;

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
    const left = await unfinished(deps);
    const toActivate: StepContext[] = [];
    for (const row of left) {
      const context = await readOrSetAside(deps, row);
      if (context && (await orSetAside(deps, context, () => recover(context, row)))) toActivate.push(context);
    }
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

/** One that was set aside, once more. The caller leads. */
export async function recoverOne(deps: RecoverDeps, row: OperationRow): Promise<void> {
  const context = await readOrSetAside(deps, row);
  if (context === null) return;
  // Somebody waits for the answer.
  deps.tries.set(row.id, triesMax - 1);
  context.op.current = (await deps.registry.current()).generation;
  const isCommitted = await orSetAside(deps, context, () => recover(context, row));
  await deps.registry.refresh();
  await deps.afterCommit();
  if (isCommitted) await orSetAside(deps, context, () => activate(context, redoStage));
}

async function activateAll(deps: RecoverDeps, contexts: readonly StepContext[]): Promise<void> {
  for (const context of contexts) {
    faultPoint("recover.settle.before");
    await orSetAside(deps, context, () => activate(context, redoStage));
  }
}

/**
 * One operation that can be brought to no end keeps neither the others nor the host's start waiting.
 * @returns what `work` did; undefined: it is tried again at the next look, was set aside, or another host has ended it
 * @throws when PostgreSQL went away, of which nothing can be said
 */
async function orSetAside<T>(
  { tries }: RecoverDeps,
  context: StepContext,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (isDatabaseUnavailable(error)) throw error;
    const { id } = context.op;
    const tried = (tries.get(id) ?? 0) + 1;
    tries.set(id, tried);
    if (tried < triesMax) {
      context.log.warn({ err: error, operation: id, tried }, "an operation will be recovered again");
      return undefined;
    }
    tries.delete(id);
    const row = await context.db.prisma.operation.findUnique({ where: { id } });
    if (row?.finishedAt === null) await setAside(context, row.status as UnfinishedStatus, error);
    return undefined;
  }
}

async function readOrSetAside(deps: RecoverDeps, row: OperationRow): Promise<StepContext | null> {
  try {
    return contextOf(deps, reopen(deps, row));
  } catch (error) {
    const { id, status, title } = deps.viewOf(row);
    await setAsideUnread(deps, { id, status: status as UnfinishedStatus, title }, error);
    return null;
  }
}

/** @returns whether it is committed and wants to be activated */
async function recover(context: StepContext, row: OperationRow): Promise<boolean> {
  const saved = row.error as Problem | null;
  if (row.status === "committing") return rollForward(context);
  if (row.status === "applied") return true;
  if (row.status === "preparing") {
    const why = interrupted(
      "Graft or its database stopped while this change was prepared; nothing was changed.",
    );
    if (await decideAgainst(context.db, row.id, why)) await abort(context, saved ?? why);
  } else if (row.status === "reverting") await takeBack(context, problemError(saved));
  else await finishTakeBack(context, saved ?? interrupted("It did not become healthy."));
  return false;
}

async function unfinished(deps: RecoverDeps): Promise<OperationRow[]> {
  const open = {
    status: { in: ["preparing", "committing", "applied", "reverting", "reverted"] },
    finishedAt: null,
  };
  return deps.db.prisma.operation.findMany({ where: open, orderBy: { startedAt: "asc" } });
}

export function reopen(deps: RecoverDeps, row: OperationRow): Running {
  const actor: Actor = {
    userId: row.actorId,
    name: row.actorName,
    role: "administrator" satisfies Role,
    via: "system",
  };
  const steps = deps.openLog(deps.viewOf(row));
  const journal = readJournal(row.journal);
  return { id: row.id, planId: row.planId, actor, journal, steps, cancelled: null, leadLost: false };
}

/** The decision was made: whatever is missing is done again. What cannot be done any more is undone. */
async function rollForward(context: StepContext): Promise<boolean> {
  try {
    faultPoint("recover.go-on.before");
    await redoStage(context, "prepare");
    faultPoint("recover.data.after");
    await redoStage(context, "commit");
    return true;
  } catch (error) {
    const { id } = context.op;
    // PostgreSQL away: nothing is known. Committed, though the answer was lost: what there is must stay.
    if (isDatabaseUnavailable(error) || !(await isCommitting(context, id))) throw error;
    context.log.error({ err: error, operation: id }, "a decided operation cannot be finished");
    const reason = (error as Error).message;
    await abort(context, interrupted(`Graft stopped during this change and could not finish it: ${reason}`));
    return false;
  }
}

async function isCommitting({ db }: StepContext, id: string): Promise<boolean> {
  const row = await db.prisma.operation.findUnique({
    where: { id },
    select: { status: true, finishedAt: true },
  });
  return row?.status === "committing" && row.finishedAt === null;
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
