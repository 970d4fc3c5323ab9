import Link from "next/link";
import { opensFor, readModule } from "@/app/admin/read-modules";
import { ModuleStateLabel } from "@/components/module/module-state";
import { texts } from "@/components/operation/texts";
import { PlanButton } from "@/components/plan/plan-button";
import { Button } from "@/components/ui/button";
import { formatBytes } from "@/components/ui/format";
import { Download, Undo2 } from "@/components/ui/icons";
import { ModuleIcon } from "@/components/ui/module-icon";
import type { OperationView } from "@/contract/operation";
import { getEngine } from "@/lib/engine";
import { requireRole } from "@/lib/session";
import { undoChanges } from "./undo-changes";

/** What one can do now: open it, give it to groups, take it back; after a failure, look at the plan again. */
export async function OperationResult({ operation }: { operation: OperationView }) {
  const viewer = await requireRole("operator");
  const { flags, plans, registry } = getEngine();
  const plan = await plans.get(operation.planId);
  if (operation.status !== "succeeded") {
    return (
      <div className="flex flex-wrap gap-2">
        <PlanButton variant="primary" from={plan.id} changes={plan.changes}>
          {texts.createNewPlan}
        </PlanButton>
      </div>
    );
  }
  const touched = new Set(plan.steps.filter((step) => step.to !== null).map((step) => step.module));
  const modules = registry
    .list()
    .filter((module) => touched.has(module.name))
    .map((module) => ({
      ...readModule(module),
      opens: opensFor(viewer, module),
      // What only other modules use needs nobody to have it.
      unseen:
        module.manifest.pages.length + module.manifest.widgets.length > 0 &&
        (flags.getAccess(module.name)?.mode ?? "nobody") === "nobody",
    }));
  const undo =
    operation.generation === registry.generation() ? await undoChanges(plan, operation.generation) : null;
  return (
    <div className="grid gap-4">
      {modules.map((module) => (
        <div key={module.name} className="flex flex-wrap items-center gap-4 rounded-lg border p-4">
          <ModuleIcon src={module.icon} title={module.title} />
          <div className="grid min-w-40 flex-1 gap-0.5">
            <span className="font-semibold">{module.title}</span>
            <span className="flex flex-wrap items-center gap-x-2">
              <ModuleStateLabel state={module.state} />
              {module.latencyMs !== null && (
                <span className="tabular text-muted-foreground">{texts.respondsIn(module.latencyMs)}</span>
              )}
              {module.unseen && <span className="text-muted-foreground">{texts.nobodyHasAccess}</span>}
            </span>
          </div>
          <div className="flex flex-wrap gap-2">
            {module.opens !== null && (
              <Button asChild variant="primary">
                <Link href={module.opens}>{texts.open}</Link>
              </Button>
            )}
            <Button asChild variant={module.unseen ? "primary" : "outline"}>
              <Link href={`/admin/modules/${module.name}?tab=access`}>{texts.giveAccess}</Link>
            </Button>
          </div>
        </div>
      ))}
      {operation.downloads.map((download) => (
        <div
          key={download.keptDataId}
          className="flex items-center justify-between gap-4 rounded-lg border p-4"
        >
          <span>
            {texts.dataOf(
              <strong className="font-semibold">{download.module}</strong>,
              <span className="text-muted-foreground">{formatBytes(download.bytes)}</span>,
            )}
          </span>
          <Button asChild variant="primary">
            <a href={`/admin/data/${download.keptDataId}/download`} download>
              <Download aria-hidden />
              {texts.download}
            </a>
          </Button>
        </div>
      ))}
      <div className="flex flex-wrap gap-2">
        {undo && (
          <PlanButton changes={undo}>
            <Undo2 aria-hidden />
            {texts.undo}
          </PlanButton>
        )}
        <Button asChild variant="ghost">
          <Link href={`/admin/plans/${plan.id}`}>{texts.seePlan}</Link>
        </Button>
      </div>
    </div>
  );
}
