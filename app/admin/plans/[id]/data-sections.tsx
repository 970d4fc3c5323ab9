import { DataChoice, uninstallOptions } from "@/components/plan/data-choice";
import { formatBytes, plural } from "@/components/ui/format";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { PlanView } from "@/contract/plan";

/** What becomes of data: kept data of a module that returns, tables of one that leaves. */
export function DataSections({ plan }: { plan: PlanView }) {
  const asked = new Set(plan.changes.flatMap((change) => ("module" in change ? [change.module] : [])));
  return plan.steps
    .filter((step) => asked.has(step.module) && step.data !== null)
    .map((step) => {
      const kept = plan.keptData.find((candidate) => candidate.module === step.module);
      if (step.action === "uninstall") {
        return (
          <Section key={step.module} title={`Data of ${step.title}`}>
            <DataChoice
              key={plan.id}
              label={`Data of ${step.title}`}
              changes={plan.changes}
              module={step.module}
              value={step.data ?? "keep"}
              options={uninstallOptions}
            />
          </Section>
        );
      }
      if (!kept) return null;
      return (
        <Section
          key={step.module}
          title={`Data kept from ${step.title} ${kept.version}`}
          description={
            <>
              {plural(kept.tables, "table")}, {plural(kept.rows, "row")}, {formatBytes(kept.bytes)}, kept{" "}
              <Time value={kept.keptAt} />.
            </>
          }
        >
          <DataChoice
            key={plan.id}
            label={`Data kept from ${step.title}`}
            changes={plan.changes}
            module={step.module}
            value={step.data ?? "reuse"}
            options={[
              {
                value: "reuse",
                title: "Bring it back",
                description: "The module goes on where it left off.",
              },
              { value: "fresh", title: "Start empty", description: "The kept data is deleted for good." },
            ]}
          />
        </Section>
      );
    });
}
