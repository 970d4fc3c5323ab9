import { GraftError } from "../../core/index.ts";
import type { PlanView } from "../plan/index.ts";
import { stale } from "./refuse.ts";

/** @throws PLAN_USED, MODULE_NEEDED, PLAN_STALE, CONFIRMATION_REQUIRED unless each module whose data goes was named */
export function assertApplicable(plan: PlanView, confirm: string[]): void {
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
