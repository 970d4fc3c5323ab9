import Link from "next/link";
import { PlanButton } from "@/components/plan/plan-button";
import { Button } from "@/components/ui/button";
import { formatList } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import type { PlanView } from "@/contract/plan";

/** What stands between this plan and its being applied, and what is worth knowing before. */
export function PlanNotices({ plan }: { plan: PlanView }) {
  const titles = new Map(plan.steps.map((step) => [step.module, step.title]));
  return (
    <div className="grid gap-3 empty:hidden">
      {plan.operationId !== null && (
        <Notice
          title="This plan was applied"
          action={
            <Button asChild>
              <Link href={`/admin/operations/${plan.operationId}`}>See the operation</Link>
            </Button>
          }
        >
          It is shown as it was computed. To do the same again, make a new plan.
        </Notice>
      )}
      {plan.stale && plan.operationId === null && (
        <Notice
          tone="warning"
          live
          title="The host has changed since this plan was made"
          action={
            <PlanButton variant="primary" replace changes={plan.changes}>
              Make a fresh plan
            </PlanButton>
          }
        >
          Applying it could do something other than what it shows, so it cannot be applied any more.
        </Notice>
      )}
      {plan.blockedBy.map((block) => (
        <Notice
          key={block.module}
          tone="danger"
          title={`${titles.get(block.module) ?? block.module} is needed by ${formatList(block.neededBy)}`}
          action={
            <PlanButton
              replace
              changes={[
                ...block.neededBy.map((module) => ({ action: "uninstall", module, data: "keep" }) as const),
                ...plan.changes,
              ]}
            >
              Plan to uninstall them too
            </PlanButton>
          }
        >
          It can go once they are gone.
        </Notice>
      ))}
      {plan.leftOut.map(({ module, title, from, to, reason }) => (
        <Notice key={module} tone="warning" title={`${title} ${from} → ${to} is left out`}>
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
