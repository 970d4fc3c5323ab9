import { type Actor, isGraftError } from "../../core/index.ts";
import type { Install } from "../install/index.ts";
import type { FailedUpgrade } from "../operations/types.ts";
import type { Plans } from "../plan/index.ts";
import { candidates, type Outdated } from "./find-updates.ts";
import { reasonToLeave } from "./judge-plan.ts";
import type { Policy } from "./policy.ts";
import type { RunItem } from "./types.ts";

export const automaticActor: Actor = {
  userId: null,
  name: "Automatic upgrades",
  role: "administrator",
  via: "system",
};

export interface UpgradeOneDeps {
  plans: Plans;
  operations: Install["operations"];
}

/** Somebody else is changing the host, or changed it meanwhile: to be tried again in the same window. */
export const busy = Symbol("busy");

/**
 * Takes one module to the newest version that may be taken without asking anybody. One plan for each module, so that
 * one that fails takes no other back with it.
 * @returns what became of it: of the newest version within the level, and of an older one where that was taken instead
 */
export async function upgradeOne(
  deps: UpgradeOneDeps,
  outdated: Outdated,
  { policy, failed }: { policy: Pick<Policy, "level" | "excluded">; failed: readonly FailedUpgrade[] },
): Promise<RunItem[] | typeof busy> {
  const items: RunItem[] = [];
  for (const { version, digest } of candidates(outdated, policy.level)) {
    const item = itemOf(outdated, version);
    if (policy.excluded.includes(item.module))
      return [item({ outcome: "left-out", reason: `Automatic upgrades are off for ${item.title}.` })];
    const before = failed.find((one) => one.module === item.module && one.digest === digest);
    if (before) {
      const reason = `It was tried before and did not stay: ${before.reason} The next version is tried again.`;
      items.push(item({ outcome: "left-out", reason, operationId: before.operationId }));
      continue;
    }
    const result = await tryVersion(deps, { module: outdated.module.name, version }, policy);
    if (result === busy) return busy;
    items.push(item(result));
    if (result.outcome !== "left-out") break;
  }
  return items;
}

type Result = Pick<RunItem, "outcome" | "reason"> & { operationId?: string };

function itemOf({ module }: Outdated, to: string) {
  const named = { module: module.name, title: module.title, from: module.version, to };
  return Object.assign(
    (result: Result): RunItem => ({ operationId: null, ...named, ...result, at: new Date().toISOString() }),
    named,
  );
}

async function tryVersion(
  { plans, operations }: UpgradeOneDeps,
  { module, version }: { module: string; version: string },
  policy: Pick<Policy, "level" | "excluded">,
): Promise<Result | typeof busy> {
  const changes = [{ action: "upgrade" as const, module, version: `=${version}` }];
  try {
    const reason = reasonToLeave(await plans.draft(changes), policy);
    if (reason !== null) return { outcome: "left-out", reason };
    const plan = await plans.create(automaticActor, changes);
    // The plan that is applied is judged, not only the draft: a catalog may have changed in between.
    const changed = reasonToLeave(plan, policy);
    if (changed !== null) return { outcome: "left-out", reason: changed };
    const { id } = await operations.apply(automaticActor, plan.id);
    const { status, error } = await operations.wait(id);
    if (status === "succeeded") return { outcome: "upgraded", reason: null, operationId: id };
    const outcome = status === "reverted" ? "reverted" : "failed";
    return { outcome, reason: error?.detail ?? null, operationId: id };
  } catch (error) {
    if (!isGraftError(error)) throw error;
    if (error.code === "OPERATION_IN_PROGRESS" || error.code === "PLAN_STALE") return busy;
    if (error.code === "DATABASE_UNREACHABLE") throw error;
    return { outcome: "left-out", reason: error.message };
  }
}
