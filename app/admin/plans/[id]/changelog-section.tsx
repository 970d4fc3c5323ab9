import { texts } from "@/components/plan/texts";
import { DrawnText } from "@/components/ui/drawn-text";
import { Section } from "@/components/ui/section";
import type { PlanView } from "@/contract/plan";
import { drawAllMarkdown } from "@/lib/draw-markdown";

/** What the authors say of every version between the installed one and the new one. */
export async function ChangelogSection({ plan }: { plan: PlanView }) {
  const upgrades = plan.steps.filter((step) => step.changelog.some(({ text }) => text !== ""));
  if (upgrades.length === 0) return null;
  const drawn = await Promise.all(
    upgrades.map(({ module, changelog }) =>
      drawAllMarkdown(
        changelog.map(({ text }) => text),
        { module, file: "CHANGELOG.md", headingLevel: 4 },
      ),
    ),
  );
  return (
    <Section title={texts.whatIsNew}>
      <div className="grid gap-6">
        {upgrades.flatMap((step, i) =>
          step.changelog.map(({ version }, j) => (
            <article key={`${step.module} ${version}`} className="grid gap-1">
              <h3 className="font-medium">
                {step.title} <span className="tabular font-normal text-muted-foreground">{version}</span>
              </h3>
              <DrawnText text={drawn[i]?.[j] ?? { html: "", problem: null }} />
            </article>
          )),
        )}
      </div>
    </Section>
  );
}
