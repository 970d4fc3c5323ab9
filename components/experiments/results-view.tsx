import { formatNumber, plural } from "@/components/ui/format";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { ExperimentResults, ExperimentView, GoalResult } from "@/contract/experiments";
import { CourseTable } from "./course-table.tsx";
import { formatDifference, percent } from "./experiment-words.ts";
import { GoalTable } from "./goal-table.tsx";
import { LineChart } from "./line-chart.tsx";
import { VerdictNotice } from "./verdict-notice.tsx";

// From there on the last figures are shown while newer ones are counted (docs/experiments.md).
const largeUsers = 50_000;

/** The verdict in words, the figures, and how they came about. */
export function ResultsView(props: { experiment: ExperimentView; results: ExperimentResults }) {
  const { experiment, results } = props;
  const [deciding, ...further] = results.goals;
  if (deciding === undefined) return null;
  const others = experiment.variants.slice(1);
  const times = results.timeline.map(({ at }) => at);
  const series = (variant: string, read: (found: GoalResult["variants"][number]) => number | null) =>
    results.timeline.map(({ variants }) => {
      const found = variants.find((one) => one.variant === variant);
      return found === undefined ? null : read(found);
    });
  return (
    <div className="grid min-w-0 gap-8">
      <VerdictNotice {...props} deciding={deciding} />
      <GoalTable
        goal={deciding}
        alpha={results.alphaEach}
        title={`Decides: ${deciding.title}`}
        note={<CountedAt {...props} />}
      />
      {others.map(({ variant }) => (
        <Section
          key={variant}
          title={
            <>
              Difference of <span className="font-mono text-[0.8125rem]">{variant}</span> to the control
            </>
          }
          description={`${deciding.title}, with its ${percent(1 - results.alphaEach)} interval; above the line at 0 is more than the control.`}
        >
          <LineChart
            label={`Difference of ${variant} to the control over time, with its interval`}
            times={times}
            zero
            format={(value) => formatDifference(value, deciding)}
            lines={[
              {
                name: variant,
                values: series(variant, (one) => one.difference),
                low: series(variant, (one) => one.low),
                high: series(variant, (one) => one.high),
              },
            ]}
          />
        </Section>
      ))}
      <Section title="Users" description={usersWords(results)}>
        <LineChart
          label="Users in each variant over time"
          whole
          times={times}
          format={(value) => formatNumber(Math.round(value))}
          lines={experiment.variants.map(({ variant }) => ({
            name: variant,
            values: series(variant, ({ users }) => users),
          }))}
        />
        <CourseTable results={results} goal={deciding} />
      </Section>
      {further.map((goal) => (
        <GoalTable
          key={`${goal.module}.${goal.goal}`}
          goal={goal}
          alpha={results.alphaEach}
          title={goal.title}
          note="Informs, does not decide."
        />
      ))}
      <HowItDecides {...props} />
    </div>
  );
}

function CountedAt({ experiment, results }: { experiment: ExperimentView; results: ExperimentResults }) {
  const at = <Time value={results.at} />;
  if (experiment.status !== "running") return <>Counted until it ended, {at}.</>;
  if (results.users + results.crossed < largeUsers) return <>Counted {at}.</>;
  return <>Counted {at}: with so many users figures are up to a minute old while newer ones are counted.</>;
}

function HowItDecides({ experiment, results }: { experiment: ExperimentView; results: ExperimentResults }) {
  return (
    <Section title="How it decides">
      <p className="max-w-prose text-muted-foreground">
        May be looked at any day: the intervals are asymptotic confidence sequences (Waudby-Smith and others,
        2024), which hold at every look at once. A variant is called better when its interval leaves 0 out on
        the good side. If there were no difference at all, that would happen in at most{" "}
        {percent(experiment.alpha)} of experiments, however often you look
        {results.goals[0] !== undefined && experiment.variants.length > 2
          ? `; with ${experiment.variants.length} variants each comparison has ${percent(results.alphaEach)} of that`
          : ""}
        . The intervals are narrowest at {plural(experiment.tunedFor ?? 0, "user")}, which was set at the
        start.
      </p>
    </Section>
  );
}

function usersWords({ crossed, users }: ExperimentResults): string {
  const words = `${plural(users, "user")} used a variant; each counts once, from the first use.`;
  if (crossed === 0) return words;
  return `${words} ${plural(crossed, "user")} used more than one variant and ${crossed === 1 ? "counts" : "count"} for none.`;
}
