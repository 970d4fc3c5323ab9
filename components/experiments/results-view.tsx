import { formatNumber } from "@/components/ui/format";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import type { ExperimentResults, ExperimentView, GoalResult } from "@/contract/experiments";
import { CourseTable } from "./course-table.tsx";
import { formatDifference, percent } from "./experiment-words.ts";
import { GoalTable } from "./goal-table.tsx";
import { LineChart } from "./line-chart.tsx";
import { texts } from "./texts.ts";
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
        title={texts.decides(deciding.title)}
        note={<CountedAt {...props} />}
      />
      {others.map(({ variant }) => (
        <Section
          key={variant}
          title={texts.differenceOf(<span className="font-mono text-[0.8125rem]">{variant}</span>)}
          description={texts.differenceExplained(deciding.title, percent(1 - results.alphaEach))}
        >
          <LineChart
            label={texts.differenceChart(variant)}
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
      <Section title={texts.users} description={usersWords(results)}>
        <LineChart
          label={texts.usersChart}
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
          note={texts.informs}
        />
      ))}
      <HowItDecides {...props} />
    </div>
  );
}

function CountedAt({ experiment, results }: { experiment: ExperimentView; results: ExperimentResults }) {
  const at = <Time value={results.at} />;
  if (experiment.status !== "running") return texts.countedUntilEnd(at);
  if (results.users + results.crossed < largeUsers) return texts.counted(at);
  return texts.countedLarge(at);
}

function HowItDecides({ experiment, results }: { experiment: ExperimentView; results: ExperimentResults }) {
  const variants = experiment.variants.length;
  const figures = { alpha: percent(experiment.alpha), tunedFor: experiment.tunedFor ?? 0 };
  return (
    <Section title={texts.howItDecides}>
      <p className="max-w-prose text-muted-foreground">
        {results.goals[0] !== undefined && variants > 2
          ? texts.howItDecidesMany({ ...figures, variants, alphaEach: percent(results.alphaEach) })
          : texts.howItDecidesDetails(figures)}
      </p>
    </Section>
  );
}

function usersWords({ crossed, users }: ExperimentResults): string {
  return crossed === 0 ? texts.usersCounted(users) : texts.usersCountedWithout(users, crossed);
}
