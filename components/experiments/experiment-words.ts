import { formatList, formatNumber } from "@/components/ui/format";
import type { ExperimentGoal, ExperimentView } from "@/lib/experiments";
import { describeCondition, describeWeights } from "@/sdk/flags/describe";
import { splitAudience } from "./draft.ts";

export function splitWords({ variants, share }: ExperimentView): string {
  const [control] = variants;
  const all = `${describeWeights(variants)}; ${control?.variant} is the control`;
  return share === 100 ? all : `${share} % of the audience: ${all}`;
}

export function audienceWords({ audience }: ExperimentView, userName: (id: string) => string): string {
  if (audience.length === 0) return "Everyone";
  const words = conditionWords(audience, userName);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What the form has no fields for. */
export function keptWords({ audience }: ExperimentView, userName: (id: string) => string): string {
  return conditionWords(splitAudience(audience).kept, userName);
}

function conditionWords(audience: ExperimentView["audience"], userName: (id: string) => string): string {
  const moment = (at: number) => new Date(at * 1000).toISOString().slice(0, 16).replace("T", " ");
  return formatList(audience.map((condition) => describeCondition(condition, { userName, moment })));
}

/** 0.1234 of a conversion as "12.3 %", of anything else as "0.123". */
export function formatFigure(value: number, { kind }: Pick<ExperimentGoal, "kind">): string {
  if (kind === "conversion") return `${formatNumber(Number((value * 100).toFixed(1)))} %`;
  return formatNumber(Number(value.toPrecision(3)));
}

/** With its sign; of conversions in percentage points. */
export function formatDifference(value: number, { kind }: Pick<ExperimentGoal, "kind">): string {
  const sign = value > 0 ? "+" : value < 0 ? "−" : "";
  const size = Math.abs(value);
  if (kind === "conversion") return `${sign}${formatNumber(Number((size * 100).toFixed(1)))} pp`;
  return `${sign}${formatNumber(Number(size.toPrecision(3)))}`;
}

export function formatP(value: number): string {
  return value < 0.001 ? "< 0.001" : value.toFixed(3);
}

export function figureName({ kind }: Pick<ExperimentGoal, "kind">): string {
  if (kind === "conversion") return "Reached it";
  return kind === "count" ? "Times per user" : "Per user";
}

export const percent = (value: number) => `${Number((value * 100).toFixed(2))} %`;
