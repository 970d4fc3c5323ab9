import type { PlanView } from "@/contract/plan";
import type { PlanChange } from "@/contract/plan-change";
import { getEngine } from "@/lib/engine";

/** The changes that lead back to what was before; data stays. Null where there is nothing to go back to. */
export async function undoChanges(plan: PlanView, generation: number): Promise<PlanChange[] | null> {
  const { parent } = await getEngine().install.generations.get(generation);
  // What it gave back to modules that stay, undoing it gives back once more.
  const settings = plan.settingsBack?.chosen ?? false;
  if (parent !== null && parent > 0)
    return [{ action: "rollback", generation: parent, ...(settings && { settings }) }];
  // Before the first generation there was nothing: undoing it is removing what it brought.
  const installs = plan.steps.filter((step) => step.action === "install");
  return installs.length === 0
    ? null
    : installs.map((step) => ({ action: "uninstall", module: step.module, data: "keep" }));
}
