import { GraftError, type HostDb, isUuid } from "../../core/index.ts";
import { auditIn } from "../../people/index.ts";
import {
  type Attention,
  type AttentionEntry,
  dueEntries,
  findEntry,
  type LeftWork,
  listAttention,
  reasonOf,
  recordLeftOver,
  settle,
} from "../attention/index.ts";
import { isDatabaseUnavailable } from "../lead/is-database-unavailable.ts";
import { withoutRunningOperation } from "../lead/without-running-operation.ts";
import type { RecoverDeps } from "./recover-operations.ts";
import { resumeOperation, startStopped, takeLeftStep } from "./try-again.ts";

const lookMs = 5_000;

export interface AttentionDeps extends RecoverDeps {
  /** Runs `work` when nothing else starts or stops modules on this host. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Ends the deletion of kept data that was begun. */
  finishDeletion(keptData: string): Promise<void>;
}

export interface AttentionRoom extends Attention {
  /** Tries again from now on what waits for its time. */
  start(): void;
  close(): Promise<void>;
}

/** What could not be finished, taken back or cleaned up, tried again while no change is going on. */
export function createAttention(deps: AttentionDeps): AttentionRoom {
  const { db, log, inTurn } = deps;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;
  let closed = false;

  const attempts: {
    [Kind in LeftWork["kind"]]: (work: Extract<LeftWork, { kind: Kind }>) => Promise<unknown>;
  } = {
    step: (work) => takeLeftStep(deps, work),
    operation: (work) => resumeOperation(deps, work),
    deletion: (work) => deps.finishDeletion(work.keptData),
    database: ({ module, database }) => deps.database.drop({ module, database }),
  };
  /** The caller leads. */
  async function attempt(entry: AttentionEntry): Promise<void> {
    try {
      // One that was set aside once more has said so itself.
      if ((await (attempts[entry.work.kind] as (work: LeftWork) => Promise<unknown>)(entry.work)) === false)
        return;
    } catch (error) {
      if (isDatabaseUnavailable(error)) throw error;
      log.warn({ err: error, entry: entry.title }, "what needs attention could not be settled");
      return recordLeftOver(db, { ...entry, problem: reasonOf(deps.toProblem, error) });
    }
    await settle(db, entry.id);
  }
  async function look(): Promise<void> {
    await settleChanged(db);
    if ((await dueEntries(db)).length === 0) return;
    await inTurn(() =>
      withoutRunningOperation(db, { waitMs: 0 }, async () => {
        for (const entry of await dueEntries(db)) if (!closed) await attempt(entry);
      }),
    );
  }
  async function find(id: string): Promise<AttentionEntry> {
    const entry = isUuid(id) ? await findEntry(db, id) : null;
    if (entry === null) throw new GraftError("NOT_FOUND", "This needs no attention any more.");
    return entry;
  }

  return {
    async list() {
      await settleChanged(db);
      return listAttention(db);
    },
    async retry(actor, id) {
      const entry = await find(id);
      const summary = `Try again: ${entry.title}`;
      await auditIn(db.prisma, actor, { action: "attention.retry", target: id, summary });
      await inTurn(() => withoutRunningOperation(db, { waitMs: 1_000 }, () => attempt(entry)));
      return (await listAttention(db)).find((view) => view.id === id) ?? null;
    },
    async dismiss(actor, id) {
      const entry = await find(id);
      const summary = `Leave as it is: ${entry.title}`;
      await db.prisma.$transaction(async (tx) => {
        await tx.attention.deleteMany({ where: { id } });
        if (entry.work.kind === "operation") await startStopped(tx, entry.work.operation);
        await auditIn(tx, actor, { action: "attention.dismiss", target: id, summary });
      });
    },
    start() {
      timer ??= setInterval(() => {
        looking ??= look()
          .catch((err) => log.debug({ err }, "what needs attention waits for the change that is going on"))
          .finally(() => {
            looking = null;
          });
      }, lookMs).unref();
    },
    async close() {
      closed = true;
      clearInterval(timer);
      await looking;
    },
  };
}

/** What a later change of its modules, or a recovery, has made an end of. */
async function settleChanged({ pool }: HostDb): Promise<void> {
  await pool.query(
    `DELETE FROM graft.attention a WHERE work->>'kind' = 'operation' AND (
       modules <> '{}' AND NOT EXISTS (SELECT FROM graft.modules m WHERE m.stopped_by = (a.work->>'operation')::uuid)
       OR EXISTS (SELECT FROM graft.operations o
         WHERE o.id = (a.work->>'operation')::uuid AND o.finished_at IS NOT NULL AND o.status <> 'attention'))`,
  );
}
