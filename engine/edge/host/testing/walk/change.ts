import type { OperationView } from "../../../../change/operations/index.ts";
import type { PlanChange, PlanView } from "../../../../change/plan/index.ts";
import { type ErrorCode, isGraftError, systemActor } from "../../../../core/index.ts";
import { type Model, type Outcome, promised, takenBack } from "./model.ts";
import type { World } from "./world.ts";

/** Why a plan may be refused when it is made. Anything else is a defect. */
const refusals = new Set<ErrorCode>([
  "CONFLICT",
  "MODULE_ALREADY_INSTALLED",
  "MODULE_NOT_INSTALLED",
  "DEPENDENCY_CONFLICT",
  "DEPENDENCY_MISSING",
  "MIGRATION_HISTORY_DIVERGED",
]);

/** Null: refused, for a reason a person could have. */
export async function makePlan(world: World, changes: PlanChange[]): Promise<PlanView | null> {
  try {
    return await world.host.engine.plans.create(systemActor, changes);
  } catch (error) {
    if (isGraftError(error) && refusals.has(error.code)) return null;
    throw error;
  }
}

export async function applyPlan(world: World, plan: PlanView): Promise<OperationView> {
  const { operations } = world.host.engine.install;
  const confirm = plan.steps.map((step) => step.module);
  const begun = await operations.apply(systemActor, plan.id, { confirm });
  return operations.wait(begun.id);
}

/** The code a call was refused with. @throws when it was not, or with another */
export async function refusal(call: Promise<unknown>, allowed: ErrorCode[]): Promise<ErrorCode> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (isGraftError(error) && allowed.includes(error.code)) return error.code;
  throw new Error(`was to be refused with ${allowed.join(" or ")}`, { cause: error });
}

/** Plans and applies; what the plan promised is what the operation must have done, or nothing. */
export async function change(world: World, model: Model, changes: PlanChange[]): Promise<Outcome> {
  const what = JSON.stringify(changes);
  const plan = await makePlan(world, changes);
  if (plan === null) return { model, what: `${what}: no plan`, changed: false };
  if (plan.blockedBy.length > 0) {
    const code = await refusal(applyPlan(world, plan), ["MODULE_NEEDED"]);
    return { model, what: `${what}: ${code}`, changed: false };
  }
  const { status, error } = await applyPlan(world, plan);
  const after = await noteSnapshots(world, model, outcomeOf(model, plan, status));
  return { model: after, what: `${what}: ${status} ${error?.code ?? ""}`, changed: status !== "failed" };
}

export function outcomeOf(model: Model, plan: PlanView, status: OperationView["status"]): Model {
  if (status === "succeeded") return promised(model, plan);
  if (status === "reverted") return takenBack(model, plan);
  if (status === "failed") return model;
  throw new Error(`the operation ended as ${status}`);
}

/** A snapshot that is new holds what the module had before the change. */
export async function noteSnapshots(world: World, before: Model, after: Model): Promise<Model> {
  const { rows } = await world.database.db.pool.query<{ id: string; module: string }>(
    "SELECT id, module FROM graft.kept_data WHERE kind = 'snapshot'",
  );
  const snapshots = Object.fromEntries(
    rows.map(({ id, module }) => [id, before.snapshots[id] ?? before.data[module] ?? []]),
  );
  return { ...after, snapshots };
}
