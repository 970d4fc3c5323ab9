import { type Actor, fromJson, GraftError, type HostDb, isUuid, toJson } from "../../core/index.ts";
import type { CurrentState, RegistryRoom } from "../../supply/installed/index.ts";
import { type BuildPlanDeps, buildPlan } from "./build-plan.ts";
import { buildRestorePlan } from "./build-restore-plan.ts";
import {
  assertMayGive,
  assertNothingMissing,
  carrySteps,
  describeConfigs,
  maskChanges,
  readGiven,
  receiveChanges,
  type SettingsDeps,
  sealChanges,
} from "./plan-settings.ts";
import type { PlanBody, PlanChange, Plans, PlanView } from "./types.ts";

export interface PlansDeps extends BuildPlanDeps, Pick<SettingsDeps, "settings"> {
  db: HostDb;
  registry: Pick<RegistryRoom, "current">;
  /** The operation that applied a plan, if one did. */
  operationOf(planId: string): Promise<string | null>;
}

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
        actorId: actor.userId,
        actorName: actor.name,
      },
    });
    return view(row, { body, changes, stale: false, operationId: null });
  }
  /** As it would be shown, with what its settings become. */
  async function build(current: CurrentState, changes: PlanChange[]) {
    const given = readGiven(changes);
    const body = await buildPlan(deps, current, changes);
    const carried = await carrySteps(deps, body.steps, { current, given });
    const steps = await describeConfigs(deps, body.steps, carried);
    return { body: { ...body, steps }, given, carried };
  }
  async function find(id: string) {
    const row = isUuid(id) ? await prisma.plan.findUnique({ where: { id } }) : null;
    if (row) return row;
    throw new GraftError("PLAN_NOT_FOUND", `There is no plan ${id}.`, { hint: "Make a new plan." });
  }
  return {
    draft: async (changes) => (await build(await deps.registry.current(), receiveChanges(changes))).body,
    async create(actor, sent, { leftOut = [], from } = {}): Promise<PlanView> {
      const earlier = from === undefined ? [] : fromJson<PlanChange[]>((await find(from)).changes);
      const changes = receiveChanges(sent, earlier);
      const current = await deps.registry.current();
      const [only] = changes;
      if (changes.length === 1 && only?.action === "restore") {
        const found = await deps.findSnapshot(only.snapshot);
        // Nothing but the data changes, which is no step that resolving could find.
        if (current.modules.some(({ name, digest }) => name === found.module && digest === found.digest)) {
          const body = await buildRestorePlan(deps.store, current, { module: found.module, snapshot: found });
          assertMayGive(actor, readGiven(changes), body.steps);
          return keep(actor, { current, changes, body });
        }
      }
      const { body, given, carried } = await build(current, changes);
      assertMayGive(actor, given, body.steps);
      return keep(actor, { current, changes: sealChanges(changes, carried), body: { ...body, leftOut } });
    },
    async restoreData(actor, module, snapshot) {
      const current = await deps.registry.current();
      const body = await buildRestorePlan(deps.store, current, { module, snapshot });
      return keep(actor, { current, changes: [], body });
    },
    async get(id: string): Promise<PlanView> {
      const row = await find(id);
      const [operationId, current] = await Promise.all([deps.operationOf(row.id), deps.registry.current()]);
      const body = fromJson<PlanBody>(row.body);
      const stale = operationId !== null || row.base !== current.generation;
      return view(row, { body, changes: fromJson<PlanChange[]>(row.changes), stale, operationId });
    },
    async resolveSettings(id) {
      const row = await find(id);
      const { steps } = fromJson<PlanBody>(row.body);
      const given = readGiven(fromJson<PlanChange[]>(row.changes));
      const carried = await carrySteps(deps, steps, { current: await deps.registry.current(), given });
      assertNothingMissing(steps, carried);
      return new Map([...carried].map(([module, { stored }]) => [module, stored]));
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
    changes: maskChanges(changes),
    createdAt: createdAt.toISOString(),
    createdBy: actorName,
    stale,
    operationId,
    ...body,
  };
}
