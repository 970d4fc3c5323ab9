import { Notice } from "@/components/ui/notice";
import type { ExperimentResults, ExperimentView, GoalResult } from "@/contract/experiments";
import { formatDifference, formatP } from "./experiment-words.ts";
import { texts } from "./texts.ts";

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
    return running ? (
      <Notice title={texts.tooEarly}>{texts.tooEarlyHint(verdict.usersNeeded)}</Notice>
    ) : (
      <Notice title={texts.endedTooEarly}>{texts.endedTooEarlyHint(verdict.usersNeeded)}</Notice>
    );
  }
  if (verdict.kind === "undecided") {
    return running ? (
      <Notice title={texts.undecided}>{texts.undecidedHint}</Notice>
    ) : (
      <Notice title={texts.endedUndecided}>{texts.endedUndecidedHint}</Notice>
    );
  }
  if (verdict.kind === "control") {
    return (
      <Notice tone="success" title={texts.controlWins(verdict.variant)}>
        {texts.controlWinsHint(props.deciding.title)}
      </Notice>
    );
  }
  const found = props.deciding.variants.find(({ variant }) => variant === verdict.variant);
  return (
    <Notice tone="success" title={texts.variantWins(verdict.variant)}>
      {found?.low == null || found.high == null
        ? null
        : texts.variantWinsHint(
            props.deciding.title,
            formatDifference(found.low, props.deciding),
            formatDifference(found.high, props.deciding),
          )}
    </Notice>
  );
}

function RatioNotice({ experiment, results: { ratio } }: VerdictProps) {
  const counts = experiment.variants.map(({ variant }, i) =>
    texts.countInsteadOf(variant, ratio.users[i] ?? 0, Math.round(ratio.expected[i] ?? 0)),
  );
  const p = formatP(ratio.pValue);
  return (
    <Notice tone="danger" title={texts.sharesWrong}>
      <p>{texts.sharesWrongCounts(counts.join(", "))}</p>
      <p className="mt-2">
        {experiment.status === "running" ? texts.sharesWrongRunning(p) : texts.sharesWrongEnded(p)}
      </p>
    </Notice>
  );
}
