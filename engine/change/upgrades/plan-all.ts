import { type Actor, GraftError, isGraftError } from "../../core/index.ts";
import type { LeftOut, PlanChange, Plans, PlanView } from "../plan/index.ts";
import { candidates, type Outdated } from "./find-updates.ts";

/**
 * One plan for everything. Where not all of it can be had together, one module after the other is added to what works,
 * each in the newest version that fits; what does not fit is named with the resolver's reason.
 */
export async function planAll(plans: Plans, actor: Actor, outdated: Outdated[]): Promise<PlanView> {
  if (outdated.length === 0)
    throw new GraftError("CONFLICT", "Everything is up to date.", {
      hint: "No catalog offers a newer version of what is installed.",
    });
  const newest = outdated.flatMap((one) => toChange(one, one.versions[0]?.version));
  if ((await reasonAgainst(plans, newest)) === null) return plans.create(actor, newest);
  const taken: PlanChange[] = [];
  const leftOut: LeftOut[] = [];
  for (const one of outdated) {
    const { module, versions } = one;
    let reason: string | null = null;
    for (const { version } of candidates(one, "major")) {
      const wider = [...taken, ...toChange(one, version)];
      const against = await reasonAgainst(plans, wider);
      reason ??= against;
      if (against !== null) continue;
      taken.splice(0, taken.length, ...wider);
      break;
    }
    const to = versions[0]?.version ?? module.version;
    if (reason !== null)
      leftOut.push({ module: module.name, title: module.title, from: module.version, to, reason });
  }
  if (taken.length > 0) return plans.create(actor, taken, { leftOut });
  const said = leftOut.map(({ title, to, reason }) => `${title} ${to}: ${reason}`).join(" ");
  throw new GraftError("CONFLICT", `Nothing can be upgraded. ${said}`, { details: { leftOut } });
}

function toChange({ module }: Outdated, version: string | undefined): PlanChange[] {
  return version === undefined ? [] : [{ action: "upgrade", module: module.name, version: `=${version}` }];
}

/** Why there is no such plan; null when there is one. */
async function reasonAgainst(plans: Plans, changes: PlanChange[]): Promise<string | null> {
  try {
    await plans.draft(changes);
    return null;
  } catch (error) {
    if (!isGraftError(error) || error.code === "DATABASE_UNREACHABLE") throw error;
    return error.message;
  }
}
