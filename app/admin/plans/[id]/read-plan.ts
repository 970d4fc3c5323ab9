import type { GraphModule } from "@/components/plan/dependency-graph";
import type { LossView } from "@/components/plan/loss-list";
import type { PlanView } from "@/contract/plan";
import type { InstalledModule } from "@/engine/supply/installed/index.ts";
import { moduleFileUrl } from "@/lib/navigation";

/** The plan's modules, and those that stay but are needed by one of them. */
export function graphOf(plan: PlanView, installed: readonly InstalledModule[]): GraphModule[] {
  const changed = plan.steps.map((step) => ({
    name: step.module,
    title: step.title,
    icon: step.icon === null ? null : moduleFileUrl(step.digest, step.icon),
    version: [...new Set([step.from, step.to])].filter((version) => version !== null).join(" → "),
    change: step.settings && step.from === step.to ? ("settings" as const) : step.action,
    needs: step.needs,
  }));
  const names = new Set(changed.map((module) => module.name));
  const rest = new Set(changed.flatMap((module) => module.needs).filter((name) => !names.has(name)));
  const staying = installed
    .filter((module) => rest.has(module.name))
    .map((module) => ({
      name: module.name,
      title: module.title,
      icon: module.manifest.icon === undefined ? null : moduleFileUrl(module.digest, module.manifest.icon),
      version: module.version,
      change: "unchanged" as const,
      needs: [],
    }));
  return [...changed, ...staying];
}

export function lossesOf(plan: PlanView): LossView[] {
  return plan.destructive.map((loss) => {
    const step = plan.steps.find((candidate) => candidate.module === loss.module);
    const { data } = step ?? {};
    const how = data === "export" || data === "delete" || data === "fresh" ? data : "migration";
    return { ...loss, title: step?.title ?? loss.module, how };
  });
}

/** Modules whose data would be gone without a copy: their names have to be typed. */
export function typedNames(plan: PlanView): string[] {
  return lossesOf(plan)
    .filter((loss) => loss.how !== "export")
    .map((loss) => loss.module);
}

/** Modules whose settings have to be given first. */
export function askingOf(plan: PlanView): { module: string; title: string }[] {
  return plan.steps
    .filter(({ config }) => (config?.missing.length ?? 0) > 0)
    .map(({ module, title }) => ({ module, title }));
}

/** Modules that may do more than before, with how much more: somebody has to accept it. */
export function consentsOf(plan: PlanView): { module: string; title: string; count: number }[] {
  const asking = plan.permissionChanges.filter(({ consent }) => consent);
  return [...new Set(asking.map(({ module }) => module))].map((module) => ({
    module,
    title: plan.steps.find((step) => step.module === module)?.title ?? module,
    count: asking.filter((right) => right.module === module).length,
  }));
}
