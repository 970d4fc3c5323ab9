import { texts } from "@/components/plan/texts";
import { Prose } from "@/components/ui/prose";
import { Section } from "@/components/ui/section";
import type { PlanView } from "@/contract/plan";
import { renderMarkdown } from "@/lib/render-markdown";

/** What the authors say of every version between the installed one and the new one. */
export function ChangelogSection({ plan }: { plan: PlanView }) {
  const upgrades = plan.steps.filter((step) => step.changelog.some(({ text }) => text !== ""));
  if (upgrades.length === 0) return null;
  return (
    <Section title={texts.whatIsNew}>
      <div className="grid gap-6">
        {upgrades.flatMap((step) =>
          step.changelog.map(({ version, text }) => (
            <article key={`${step.module} ${version}`} className="grid gap-1">
              <h3 className="font-medium">
                {step.title} <span className="tabular font-normal text-muted-foreground">{version}</span>
              </h3>
              <Prose html={renderMarkdown(text, { headingLevel: 4 })} />
            </article>
          )),
        )}
      </div>
    </Section>
  );
}
