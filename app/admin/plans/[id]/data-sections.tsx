import { DataChoice, uninstallOptions } from "@/components/plan/data-choice";
import { texts } from "@/components/plan/texts";
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
          <Section key={step.module} title={texts.dataOf(step.title)}>
            <DataChoice
              key={plan.id}
              plan={plan.id}
              label={texts.dataOf(step.title)}
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
          title={texts.dataKeptFromVersion(step.title, kept.version)}
          description={texts.keptDataAmount(kept, <Time value={kept.keptAt} />)}
        >
          <DataChoice
            key={plan.id}
            plan={plan.id}
            label={texts.dataKeptFrom(step.title)}
            changes={plan.changes}
            module={step.module}
            value={step.data ?? "reuse"}
            options={[
              {
                value: "reuse",
                title: texts.reuseData,
                description: texts.reuseDataDescription,
              },
              { value: "fresh", title: texts.startEmpty, description: texts.startEmptyDescription },
            ]}
          />
        </Section>
      );
    });
}
