import { type Actor, fromJson, GraftError, type HostDb, toJson } from "../../core/index.ts";
import type { CurrentState, RegistryRoom } from "../../supply/installed/index.ts";
import { maskingRules } from "../../supply/manifest/index.ts";
import { type BuildPlanDeps, buildPlan } from "./build-plan.ts";
import { buildRestorePlan } from "./build-restore-plan.ts";
import type { PlanBody, PlanChange, Plans, PlanView } from "./types.ts";

export interface PlansDeps extends BuildPlanDeps {
  db: HostDb;
  registry: Pick<RegistryRoom, "current">;
  /** The operation that applied a plan, if one did. */
  operationOf(planId: string): Promise<string | null>;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Plans are rows: whichever host computed one, any host can show and apply it. */
export function createPlans(deps: PlansDeps): Plans {
  const { prisma } = deps.db;
  async function keep(
    actor: Actor,
    plan: { current: CurrentState; changes: PlanChange[]; body: PlanBody },
  ): Promise<PlanView> {
    const { current, changes, body } = plan;
    const row = await prisma.plan.create({
      data: {
        base: current.generation,
        changes: toJson(changes),
        body: toJson(body),
        maskedBy: maskingRules,
        actorId: actor.userId,
        actorName: actor.name,
      },
    });
    return view(row, { body, changes, stale: false, operationId: null });
  }
  return {
    draft: async (changes) => buildPlan(deps, await deps.registry.current(), changes),
    async create(actor: Actor, changes: PlanChange[], { leftOut = [] } = {}): Promise<PlanView> {
      const current = await deps.registry.current();
      const [only] = changes;
      if (changes.length === 1 && only?.action === "restore") {
        const found = await deps.findSnapshot(only.snapshot);
        // Nothing but the data changes, which is no step that resolving could find.
        if (current.modules.some(({ name, digest }) => name === found.module && digest === found.digest)) {
          const body = await buildRestorePlan(deps.store, current, found.module, found);
          return keep(actor, { current, changes, body });
        }
      }
      const body = { ...(await buildPlan(deps, current, changes)), leftOut };
      return keep(actor, { current, changes, body });
    },
    async restoreData(actor, module, snapshot) {
      const current = await deps.registry.current();
      const body = await buildRestorePlan(deps.store, current, module, snapshot);
      return keep(actor, { current, changes: [], body });
    },
    async get(id: string): Promise<PlanView> {
      const row = uuid.test(id) ? await prisma.plan.findUnique({ where: { id } }) : null;
      if (!row)
        throw new GraftError("PLAN_NOT_FOUND", `There is no plan ${id}.`, { hint: "Make a new plan." });
      const [operationId, current] = await Promise.all([deps.operationOf(row.id), deps.registry.current()]);
      const body = fromJson<PlanBody>(row.body);
      const stale = operationId !== null || row.base !== current.generation;
      return view(row, { body, changes: fromJson<PlanChange[]>(row.changes), stale, operationId });
    },
  };
}

interface PlanRow {
  id: string;
  base: number;
  createdAt: Date;
  actorName: string;
}

function view(
  row: PlanRow,
  plan: Pick<PlanView, "changes" | "stale" | "operationId"> & { body: PlanBody },
): PlanView {
  const { body, changes, stale, operationId } = plan;
  const { id, base, createdAt, actorName } = row;
  return {
    id,
    base,
    changes,
    createdAt: createdAt.toISOString(),
    createdBy: actorName,
    stale,
    operationId,
    ...body,
  };
}
