import { GraftError, isUuid } from "../../core/index.ts";
import { auditIn } from "../../people/index.ts";
import { isDatabaseUnavailable } from "../lead/is-database-unavailable.ts";
import type { Leadership } from "../lead/leader.ts";
import { awaitLead } from "../lead/without-running-operation.ts";
import type { Plans } from "../plan/index.ts";
import { assertApplicable } from "./assert-applicable.ts";
import { assertConsent } from "./assert-consent.ts";
import { beginOperation } from "./begin-operation.ts";
import { recordCancellation } from "./cancellation.ts";
import { readFailedUpgrades } from "./failed-upgrades.ts";
import { createOperationLog, type OperationLog } from "./operation-log.ts";
import { inProgress } from "./refuse.ts";
import { type RunDeps, runOperation } from "./run-operation.ts";
import type { Running } from "./running.ts";
import type { Operations, OperationView } from "./types.ts";
import { type OperationRow, viewOf } from "./view-operation.ts";
import { createOperationWatch } from "./watch-operations.ts";

export interface OperationsDeps extends RunDeps {
  plans: Plans;
  /** Runs `work` when nothing else starts or stops modules on this host. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** PostgreSQL went away under an operation, whose modules may be on hold: somebody must recover it. */
  interrupted(op?: Running): void;
}

export interface OperationsRoom extends Operations {
  openLog(view: OperationView): OperationLog;
  viewOf(row: OperationRow): OperationView;
  /** True while this host runs one. */
  busy(): boolean;
  /** Resolves when none runs here. */
  idle(): Promise<void>;
}

export function createOperations(deps: OperationsDeps): OperationsRoom {
  const watching = createOperationWatch();
  const { prisma } = deps.db;
  let current: { op: Running; done: Promise<void> } | null = null;

  const openLog = (view: OperationView) =>
    createOperationLog({ db: deps.db, log: deps.log, changed: watching.changed }, view);

  async function read(id: string): Promise<OperationView> {
    const local = watching.local(id);
    if (local) return local.finishedAt === null ? local : readRow(local);
    const row = isUuid(id) ? await prisma.operation.findUnique({ where: { id } }) : null;
    if (!row) throw new GraftError("NOT_FOUND", `There is no operation ${id}.`);
    return withDownloads(row);
  }
  async function withDownloads(row: OperationRow): Promise<OperationView> {
    const kept = await prisma.keptData.findMany({ where: { operationId: row.id, kind: "exported" } });
    return {
      ...viewOf(row),
      downloads: kept.map(({ id, module, bytes }) => ({ module, keptDataId: id, bytes: Number(bytes) })),
    };
  }
  async function run(op: Running, lead: Leadership): Promise<void> {
    let ended = false;
    try {
      await deps.inTurn(() => runOperation(deps, op, lead));
      ended = true;
    } catch (error) {
      deps.log.error({ err: error, operation: op.id }, "operation interrupted; it will be recovered");
    } finally {
      await lead.release();
      current = null;
    }
    if (ended) return;
    // After the lead is free and nothing runs here: recovery needs both.
    watching.forget(op.id);
    deps.interrupted(op);
  }

  return {
    openLog,
    viewOf,
    busy: () => current !== null,
    idle: async () => void (await current?.done),
    async apply(actor, planId, options = {}) {
      const plan = await deps.plans.get(planId);
      assertApplicable(plan, options.confirm ?? []);
      assertConsent(plan, options.consent ?? []);
      // Also when its lead was lost with a connection.
      if (current && current.op.steps.view().finishedAt === null) throw inProgress(current.op.steps.view());
      await current?.done;
      const lead = await awaitLead(deps.db);
      if (!lead) throw await beingApplied();
      try {
        if (current !== null) throw await beingApplied();
        await assertNoneLeft();
        const op = await beginOperation({ ...deps, openLog }, actor, plan);
        current = { op, done: run(op, lead) };
        return op.steps.view();
      } catch (error) {
        await lead.release();
        // It may have been recorded although the answer was lost.
        if (isDatabaseUnavailable(error)) deps.interrupted();
        throw error;
      }
    },
    async cancel(actor, id) {
      const view = await read(id);
      if (!(await recordCancellation(deps.db, view.id, actor.name)))
        throw new GraftError("CONFLICT", `${view.title} cannot be cancelled any more.`, {
          hint: "It was decided and comes to its end, or has ended. Undo it then.",
          details: { operation: view.id, status: view.status },
        });
      await auditIn(prisma, actor, {
        action: "operation.cancel",
        target: view.id,
        summary: `Cancel: ${view.title}`,
      });
      return read(id);
    },
    get: read,
    failedUpgrades: () => readFailedUpgrades(deps.db),
    async list({ limit = 50, cursor } = {}) {
      const rows = await prisma.operation.findMany({
        orderBy: [{ startedAt: "desc" }, { id: "desc" }],
        take: limit + 1,
        ...(cursor && isUuid(cursor) ? { cursor: { id: cursor }, skip: 1 } : {}),
      });
      const items = rows.slice(0, limit).map((row) => watching.local(row.id) ?? viewOf(row));
      return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
    watch: follow,
    async wait(id) {
      let last = await read(id);
      for await (const view of follow(id)) last = view;
      return last;
    },
  };

  /** What runs here knows no downloads: they are rows since its commit, so the last view reads them. */
  async function* follow(id: string, signal?: AbortSignal): AsyncIterable<OperationView> {
    for await (const view of watching.watch(id, () => read(id), signal))
      yield view.finishedAt !== null ? await readRow(view) : view;
  }

  async function beingApplied(): Promise<GraftError> {
    const row = await prisma.operation.findFirst({
      where: { finishedAt: null },
      orderBy: { startedAt: "desc" },
    });
    return inProgress(row && viewOf(row));
  }
  /** What is unfinished may yet be undone: nothing is built on it. */
  async function assertNoneLeft(): Promise<void> {
    const left = await prisma.operation.findFirst({ where: { finishedAt: null }, select: { id: true } });
    if (left === null) return;
    deps.interrupted();
    throw new GraftError(
      "OPERATION_IN_PROGRESS",
      "An earlier change was interrupted and is being recovered.",
      {
        hint: "Wait until it is done, then make a fresh plan.",
        retryable: true,
        details: { operation: left.id },
      },
    );
  }

  /** The finished view with its downloads, which are rows by then. */
  async function readRow(view: OperationView): Promise<OperationView> {
    const row = await prisma.operation.findUnique({ where: { id: view.id } });
    return row ? { ...view, downloads: (await withDownloads(row)).downloads } : view;
  }
}
