import { formatNumber } from "@/components/ui/format";
import type { ExperimentGoal, ExperimentView } from "@/contract/experiments";
import { describeWeights } from "@/sdk/flags/describe";
import { texts } from "./texts.ts";

export function splitWords({ variants, share }: ExperimentView): string {
  const [control] = variants;
  const weights = describeWeights(variants);
  const name = control?.variant ?? "";
  return share === 100 ? texts.splitWords(weights, name) : texts.splitWordsOfShare(share, weights, name);
}

/** Of the users that an audience names, for its words. */
export function namesIn(
  { audience }: Pick<ExperimentView, "audience">,
  userName: (id: string) => string,
): Record<string, string> {
  const users = audience.flatMap((condition) => (condition.kind === "users" ? condition.users : []));
  return Object.fromEntries(users.map((id) => [id, userName(id)]));
}

/** 0.1234 of a conversion as "12.3 %", 0.00034 as "0.034 %"; of anything else as "0.123". */
export function formatFigure(value: number, { kind }: Pick<ExperimentGoal, "kind">): string {
  return kind === "conversion" ? `${formatPoints(value)} %` : formatSize(value);
}

/** With its sign; of conversions in percentage points. */
export function formatDifference(value: number, { kind }: Pick<ExperimentGoal, "kind">): string {
  const sign = value > 0 ? "+" : value < 0 ? "−" : "";
  const size = Math.abs(value);
  return sign + (kind === "conversion" ? texts.percentagePoints(formatPoints(size)) : formatSize(size));
}

// Among many users the smallest differences count: a figure that is not 0 is never shown as 0.
const formatSize = (value: number) => formatNumber(value, { maximumSignificantDigits: 3 });

function formatPoints(share: number): string {
  const points = share * 100;
  return formatNumber(points, points < 1 ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 1 });
}

export function formatP(value: number): string {
  const digits = { minimumFractionDigits: 3, maximumFractionDigits: 3 };
  return value < 0.001 ? `< ${formatNumber(0.001, digits)}` : formatNumber(value, digits);
}

export function figureName({ kind }: Pick<ExperimentGoal, "kind">): string {
  if (kind === "conversion") return texts.reachedIt;
  return kind === "count" ? texts.timesPerUser : texts.perUser;
}

export const percent = (value: number) => `${formatNumber(value * 100, { maximumFractionDigits: 2 })} %`;
