import type { PlanStep } from "@/contract/plan";
import type { PlanChange } from "@/contract/plan-change";
import { texts } from "./texts";

/** What the words of a plan say of a step. */
export type StepWords = Pick<PlanStep, "action" | "title" | "from" | "to" | "neededBy" | "data">;

/** The heading of a plan: "Install Polls 1.0.0", "Go back to generation 4", "Install 3 modules". */
export function planTitle(changes: PlanChange[], steps: StepWords[]): string {
  const rollback = changes.find((change) => change.action === "rollback");
  if (rollback) return texts.rollback(rollback.generation);
  const [restored] = changes.some((change) => change.action === "restore") ? steps : [];
  if (changes.length === 1 && restored) return texts.restore(restored.title);
  const asked = steps.filter((step) => step.neededBy === null);
  const [only] = asked;
  if (asked.length === 1 && only) return stepTitle(only);
  const actions = new Set(asked.map((step) => step.action));
  const [action] = actions;
  return actions.size === 1 && action ? manyModules[action](asked.length) : texts.changeModule(steps.length);
}

const oneModule = {
  install: texts.installModule,
  upgrade: texts.upgradeModule,
  uninstall: texts.uninstallModule,
};
const manyModules = {
  install: texts.installModules,
  upgrade: texts.upgradeModules,
  uninstall: texts.uninstallModules,
};

export function stepTitle({ action, title, from, to }: StepWords): string {
  if (action === "upgrade" && from === to) return texts.restoreSettingsOf(title);
  if (to === null || action === "uninstall") return texts.uninstallModule(title);
  return action === "install" ? texts.installVersion(title, to) : texts.upgradeToVersion(title, to);
}

/** What the confirming button says it does, naming what it destroys. */
export function confirmLabel(changes: PlanChange[], steps: StepWords[]): string {
  const deleted = steps.filter((step) => step.data === "delete").map((step) => step.title);
  if (deleted.length > 0) return texts.uninstallAndDelete(deleted);
  const rollback = changes.find((change) => change.action === "rollback");
  if (rollback) return texts.rollback(rollback.generation);
  const [first] = steps;
  if (changes.length === 1 && changes[0]?.action === "restore" && first) return texts.restore(first.title);
  if (steps.length === 1 && first) return oneModule[first.action](first.title);
  const actions = new Set(steps.map((step) => step.action));
  return actions.size === 1 && first
    ? manyModules[first.action](steps.length)
    : texts.applyChange(steps.length);
}

/** The same changes with another choice of who gets the modules they install. */
export function withAccess(
  changes: PlanChange[],
  access: Extract<PlanChange, { action: "install" }>["access"],
): PlanChange[] {
  if (access === undefined) return changes;
  return changes.map((change) => (change.action === "install" ? { ...change, access } : change));
}

/** The same changes, with or without access and settings of the modules that stay. */
export function withSettings(changes: PlanChange[], settings: boolean): PlanChange[] {
  return changes.map((change) => (change.action === "rollback" ? { ...change, settings } : change));
}

/** The same changes with another choice of what becomes of one module's data. */
export function withData(changes: PlanChange[], module: string, data: string): PlanChange[] {
  return changes.map((change) => {
    if (change.action === "rollback" && (data === "schema" || data === "snapshot"))
      return { ...change, data: { ...change.data, [module]: data } };
    if (!("module" in change) || change.module !== module) return change;
    if (change.action === "install" && (data === "reuse" || data === "fresh")) return { ...change, data };
    if (change.action === "uninstall" && (data === "keep" || data === "export" || data === "delete"))
      return { ...change, data };
    return change;
  });
}
