import { Badge } from "@/components/ui/badge";
import { formatNumber, plural } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { ExperimentResults, ExperimentView, GoalResult } from "@/lib/experiments";
import { CourseTable } from "./course-table.tsx";
import { figureName, formatDifference, formatFigure, formatP } from "./experiment-words.ts";
import { LineChart } from "./line-chart.tsx";

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
      {results.ratio.alarm ? <RatioNotice {...props} /> : null}
      <GoalTable goal={deciding} alpha={results.alphaEach} title={`Decides: ${deciding.title}`} />
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

function VerdictNotice(props: {
  experiment: ExperimentView;
  results: ExperimentResults;
  deciding: GoalResult;
}) {
  const { verdict } = props.results;
  if (verdict.kind === "waiting") {
    return (
      <Notice title="Too early to say.">
        Nothing is called decided before every variant has {plural(verdict.usersNeeded, "user")}.
      </Notice>
    );
  }
  if (verdict.kind === "undecided") {
    return (
      <Notice title="Not decided.">
        The interval of the difference still holds 0. It narrows as more users take part; stop whenever
        waiting is no longer worth it.
      </Notice>
    );
  }
  if (verdict.kind === "control") {
    return (
      <Notice tone="success" title={`Decided: ${verdict.variant}, the control, is better.`}>
        Every other variant is worse at “{props.deciding.title}”.
      </Notice>
    );
  }
  const found = props.deciding.variants.find(({ variant }) => variant === verdict.variant);
  return (
    <Notice tone="success" title={`Decided: ${verdict.variant} is better.`}>
      {found?.low == null || found.high == null
        ? null
        : `At “${props.deciding.title}” its difference to the control is between ${formatDifference(found.low, props.deciding)} and ${formatDifference(found.high, props.deciding)}.`}
    </Notice>
  );
}

function RatioNotice({
  experiment,
  results: { ratio },
}: {
  experiment: ExperimentView;
  results: ExperimentResults;
}) {
  const counts = experiment.variants.map(
    ({ variant }, i) =>
      `${variant} ${formatNumber(ratio.users[i] ?? 0)} instead of about ${formatNumber(Math.round(ratio.expected[i] ?? 0))}`,
  );
  return (
    <Notice tone="danger" title="The shares are wrong: do not trust these figures.">
      {counts.join(", ")}. A split that works comes out so unevenly in fewer than 1 of 100 experiments
      (sequential test of the sample ratio, p {formatP(ratio.pValue)}). Usually one variant fails or leaves
      before its use is counted.
    </Notice>
  );
}

function GoalTable(props: { goal: GoalResult; alpha: number; title: string; note?: string }) {
  const { goal } = props;
  return (
    <Section title={props.title} description={props.note}>
      <Table label={goal.title}>
        <TableHeader>
          <TableRow>
            <TableHead>Variant</TableHead>
            <TableHead numeric>Users</TableHead>
            <TableHead numeric>{figureName(goal)}</TableHead>
            <TableHead numeric>Difference</TableHead>
            <TableHead numeric>{percent(1 - props.alpha)} interval</TableHead>
            <TableHead numeric>p, always valid</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {goal.variants.map((found, i) => (
            <TableRow key={found.variant}>
              <TableCell>
                <span className="font-mono text-xs">{found.variant}</span>
                {i === 0 ? <Badge className="ml-2">Control</Badge> : null}
              </TableCell>
              <TableCell label="Users" numeric className="tabular-nums">
                {formatNumber(found.users)}
              </TableCell>
              <TableCell label={figureName(goal)} numeric className="tabular-nums">
                {found.users === 0 ? "–" : formatFigure(found.mean, goal)}
              </TableCell>
              <TableCell label="Difference" numeric className="tabular-nums">
                {found.difference === null ? "–" : formatDifference(found.difference, goal)}
                {found.lift === null ? null : (
                  <span className="text-muted-foreground"> ({signedPercent(found.lift)})</span>
                )}
              </TableCell>
              <TableCell label="Interval" numeric className="whitespace-nowrap tabular-nums">
                {found.low === null || found.high === null
                  ? "–"
                  : `${formatDifference(found.low, goal)} to ${formatDifference(found.high, goal)}`}
              </TableCell>
              <TableCell label="p" numeric className="tabular-nums">
                {found.pValue === null ? "–" : formatP(found.pValue)}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
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

const percent = (value: number) => `${Number((value * 100).toFixed(2))} %`;
const signedPercent = (value: number) =>
  `${value > 0 ? "+" : value < 0 ? "−" : ""}${Math.abs(Math.round(value * 100))} %`;
