import { randomUUID } from "node:crypto";
import { type Actor, fromJson, GraftError, type Problem, toJson } from "../../core/index.ts";
import { maskingRules } from "../../supply/manifest/index.ts";
import { isDatabaseUnavailable } from "../lead/is-database-unavailable.ts";
import { type Leadership, tryLead } from "../lead/leader.ts";
import { isOutdated, type Plans, type PlanView } from "../plan/index.ts";
import { keptVersions } from "../retained/kept-data.ts";
import { snapshotFile } from "../retained/snapshots.ts";
import { assertConsent } from "./assert-consent.ts";
import { readFailedUpgrades } from "./failed-upgrades.ts";
import type { OperationJournal } from "./journal.ts";
import { writeJournal } from "./journal.ts";
import { nameChange } from "./name-change.ts";
import { createOperationLog, type OperationLog } from "./operation-log.ts";
import { planSteps } from "./plan-steps.ts";
import type { OperationRow } from "./recover-operations.ts";
import { type RunDeps, runOperation } from "./run-operation.ts";
import type { Running } from "./running.ts";
import type { OperationStep, Operations, OperationView } from "./types.ts";
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

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function createOperations(deps: OperationsDeps): OperationsRoom {
  const watching = createOperationWatch();
  const { prisma } = deps.db;
  let current: { op: Running; done: Promise<void> } | null = null;

  const openLog = (view: OperationView) =>
    createOperationLog({ db: deps.db, log: deps.log, changed: watching.changed }, view);

  async function read(id: string): Promise<OperationView> {
    const local = watching.local(id);
    if (local) return local.finishedAt === null ? local : readRow(local);
    const row = uuid.test(id) ? await prisma.operation.findUnique({ where: { id } }) : null;
    if (!row) throw new GraftError("NOT_FOUND", `There is no operation ${id}.`);
    return withDownloads(row);
  }
  async function withDownloads(row: OperationRow): Promise<OperationView> {
    const view = viewOf(row);
    const files = fromJson<OperationJournal>(row.journal).removals?.flatMap(({ file }) => file ?? []) ?? [];
    if (files.length === 0) return view;
    const kept = await prisma.keptData.findMany({ where: { file: { in: files } } });
    return {
      ...view,
      downloads: kept.map(({ id, module, bytes }) => ({ module, keptDataId: id, bytes: Number(bytes) })),
    };
  }
  async function run(op: Running, lead: Leadership): Promise<void> {
    let ended = false;
    try {
      await deps.inTurn(() => runOperation(deps, op));
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
      const lead = await tryLead(deps.db);
      if (!lead) throw await beingApplied();
      try {
        if (current !== null) throw await beingApplied();
        await assertNoneLeft();
        const op = await begin(deps, actor, plan, openLog);
        current = { op, done: run(op, lead) };
        return op.steps.view();
      } catch (error) {
        await lead.release();
        // It may have been recorded although the answer was lost.
        if (isDatabaseUnavailable(error)) deps.interrupted();
        throw error;
      }
    },
    get: read,
    failedUpgrades: () => readFailedUpgrades(deps.db),
    async list({ limit = 50, cursor } = {}) {
      const rows = await prisma.operation.findMany({
        orderBy: [{ startedAt: "desc" }, { id: "desc" }],
        take: limit + 1,
        ...(cursor && uuid.test(cursor) ? { cursor: { id: cursor }, skip: 1 } : {}),
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

async function begin(
  deps: OperationsDeps,
  actor: Actor,
  plan: PlanView,
  openLog: (view: OperationView) => OperationLog,
): Promise<Running> {
  const state = await deps.registry.current();
  if (state.generation !== plan.base) throw stale(plan.base, state.generation);
  const id = randomUUID();
  const installed = new Map(state.modules.map((module) => [module.name, module]));
  const manifests = new Map(state.modules.map((module) => [module.name, module.manifest]));
  const created: string[] = [];
  for (const step of plan.steps) {
    if (step.action === "uninstall") continue;
    const { manifest } = await deps.store.getModule(step.digest);
    manifests.set(step.module, manifest);
    const isNew = step.action === "install" && !(await deps.database.exists(step.module));
    if (manifest.database && isNew) created.push(step.module);
  }
  const reason = nameChange(plan.steps);
  const fromOf = (module: string) => installed.get(module)?.digest ?? null;
  const snapshots = await snapshotFiles(deps, plan);
  const journal = writeJournal({
    snapshots,
    base: plan.base,
    reason,
    asked: plan.changes,
    steps: plan.steps,
    operationId: id,
    created,
    fromOf,
    kept: await keptVersions(deps.db),
    accepted: plan.permissionChanges.filter(({ consent }) => consent),
  });
  const steps = planSteps(journal, (module) => manifests.get(module) ?? missing(module));
  const data = { id, planId: plan.id, status: "preparing", actorId: actor.userId, actorName: actor.name };
  const row = await deps.db.prisma.operation.create({
    data: {
      ...data,
      steps: toJson(steps),
      journal: toJson(journal),
      maskedBy: maskingRules,
    },
  });
  const log = openLog(viewOf(row));
  log.set({});
  return { id, planId: plan.id, actor, journal, steps: log };
}

/** Files of the snapshots that the plan goes back to. @throws PLAN_STALE when one was deleted since */
async function snapshotFiles(deps: OperationsDeps, plan: PlanView): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const { schema } of plan.steps) {
    if (schema?.action !== "restore") continue;
    const file = await snapshotFile(deps.db, schema.snapshot);
    if (file === null) throw stale(plan.base);
    files.set(schema.snapshot, file);
  }
  return files;
}

function viewOf(row: OperationRow): OperationView {
  return {
    id: row.id,
    planId: row.planId,
    status: row.status as OperationView["status"],
    steps: row.steps as OperationStep[],
    generation: row.generation,
    error: row.error as Problem | null,
    actorName: row.actorName,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    title: (row.journal as { reason?: string }).reason ?? "",
    downloads: [],
  };
}

function assertApplicable(plan: PlanView, confirm: string[]): void {
  if (plan.operationId !== null) {
    throw new GraftError("PLAN_USED", "This plan was applied already.", {
      hint: "Look at its operation, or make a fresh plan.",
      details: { operation: plan.operationId },
    });
  }
  const [blocked] = plan.blockedBy;
  if (blocked) {
    throw new GraftError("MODULE_NEEDED", `${blocked.module} is needed by ${blocked.neededBy.join(", ")}.`, {
      hint: "Uninstall these first, or in the same plan.",
      details: { blockedBy: plan.blockedBy },
    });
  }
  if (isOutdated(plan))
    throw new GraftError(
      "PLAN_STALE",
      "An earlier version of Graft made this plan; this one goes back otherwise.",
      {
        hint: "Make the plan again and look at it.",
        retryable: true,
        details: { base: plan.base },
      },
    );
  if (plan.stale) throw stale(plan.base);
  const deletes = plan.steps
    .filter((step) => step.data === "delete" || step.data === "fresh")
    .map((step) => step.module);
  const unconfirmed = deletes.filter(
    (module) => plan.destructive.some((d) => d.module === module) && !confirm.includes(module),
  );
  if (unconfirmed.length === 0) return;
  throw new GraftError("CONFIRMATION_REQUIRED", `This plan deletes data of ${unconfirmed.join(", ")}.`, {
    hint: "Confirm by giving the name of each module whose data is deleted.",
    details: { modules: unconfirmed },
  });
}

function stale(base: number, generation?: number): GraftError {
  return new GraftError(
    "PLAN_STALE",
    `The system has changed since this plan was made on generation ${base}.`,
    {
      hint: "Make a fresh plan and look at it again.",
      retryable: true,
      details: { base, ...(generation === undefined ? {} : { generation }) },
    },
  );
}

/** Null: what is changed is no operation, but the settings of a module or kept data. */
function inProgress(operation: OperationView | null): GraftError {
  const what = operation ? `: ${operation.title}, begun by ${operation.actorName}` : "";
  return new GraftError("OPERATION_IN_PROGRESS", `Another change is being applied right now${what}.`, {
    hint: "Wait until it is done, then make a fresh plan.",
    retryable: true,
    details: operation ? { operation: operation.id } : {},
  });
}

function missing(module: string): never {
  throw new GraftError("BLOB_MISSING", `The manifest of ${module} is not in the store.`);
}
