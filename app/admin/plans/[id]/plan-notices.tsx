import Link from "next/link";
import { PlanButton } from "@/components/plan/plan-button";
import { texts } from "@/components/plan/texts";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { PlanView } from "@/contract/plan";

/** What stands between this plan and its being applied, and what is worth knowing before. */
export function PlanNotices({ plan }: { plan: PlanView }) {
  const titles = new Map(plan.steps.map((step) => [step.module, step.title]));
  return (
    <div className="grid gap-3 empty:hidden">
      {plan.operationId !== null && (
        <Notice
          title={texts.alreadyApplied}
          action={
            <Button asChild>
              <Link href={`/admin/operations/${plan.operationId}`}>{texts.seeOperation}</Link>
            </Button>
          }
        >
          {texts.alreadyAppliedExplanation}
        </Notice>
      )}
      {plan.stale && plan.operationId === null && (
        <Notice
          tone="warning"
          live
          title={texts.stale}
          action={
            <PlanButton variant="primary" replace from={plan.id} changes={plan.changes}>
              {texts.createNewPlan}
            </PlanButton>
          }
        >
          {texts.staleExplanation}
        </Notice>
      )}
      {plan.blockedBy.map((block) => (
        <Notice
          key={block.module}
          tone="danger"
          title={texts.blocked(titles.get(block.module) ?? block.module, block.neededBy)}
          action={
            <PlanButton
              replace
              from={plan.id}
              changes={[
                ...block.neededBy.map((module) => ({ action: "uninstall", module, data: "keep" }) as const),
                ...plan.changes,
              ]}
            >
              {texts.planUninstallOfDependents}
            </PlanButton>
          }
        >
          {texts.blockedExplanation}
        </Notice>
      ))}
      {plan.leftOut.map(({ module, title, from, to, reason }) => (
        <Notice key={module} tone="warning" title={texts.leftOut(title, from, to)}>
          {reason}
        </Notice>
      ))}
      {plan.warnings.map((warning) => (
        <Notice key={`${warning.module}${warning.text}`} title={titles.get(warning.module) ?? warning.module}>
          {warning.text}
        </Notice>
      ))}
    </div>
  );
}
