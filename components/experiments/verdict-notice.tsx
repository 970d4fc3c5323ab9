import { formatNumber, plural } from "@/components/ui/format";
import { Notice } from "@/components/ui/notice";
import type { ExperimentResults, ExperimentView, GoalResult } from "@/contract/experiments";
import { formatDifference, formatP } from "./experiment-words.ts";

interface VerdictProps {
  experiment: ExperimentView;
  results: ExperimentResults;
  deciding: GoalResult;
}

/** What the figures say; of shares that are wrong they say nothing. */
export function VerdictNotice(props: VerdictProps) {
  const { verdict, ratio } = props.results;
  if (ratio.alarm) return <RatioNotice {...props} />;
  const running = props.experiment.status === "running";
  if (verdict.kind === "waiting") {
    const needed = plural(verdict.usersNeeded, "user");
    return running ? (
      <Notice title="Too early to say.">Nothing is called decided before every variant has {needed}.</Notice>
    ) : (
      <Notice title="Ended too early to say.">Not every variant came to have {needed}.</Notice>
    );
  }
  if (verdict.kind === "undecided") {
    return running ? (
      <Notice title="Not decided.">
        The interval of the difference still holds 0. It narrows as more users take part; stop whenever
        waiting is no longer worth it.
      </Notice>
    ) : (
      <Notice title="Ended without a decision.">The interval of the difference still held 0.</Notice>
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

function RatioNotice({ experiment, results: { ratio } }: VerdictProps) {
  const counts = experiment.variants.map(
    ({ variant }, i) =>
      `${variant} ${formatNumber(ratio.users[i] ?? 0)} instead of about ${formatNumber(Math.round(ratio.expected[i] ?? 0))}`,
  );
  return (
    <Notice tone="danger" title="The shares are wrong: do not trust these figures.">
      <p>Users counted: {counts.join(", ")}. Nothing is decided by such figures.</p>
      <p className="mt-2">
        A split that works comes out so unevenly in fewer than 1 of 100 experiments (sequential test of the
        sample ratio, p {formatP(ratio.pValue)}). Usually one variant fails or leaves before its use is
        counted.{" "}
        {experiment.status === "running"
          ? "Stop the experiment, mend that, and run a duplicate."
          : "Mend that, and run a duplicate."}
      </p>
    </Notice>
  );
}
