import type { FlagDefinition } from "@/contract/flags";
import { describeWeights, readRules } from "@/sdk/flags/index";
import { texts } from "./texts.ts";

/** One line for the list. */
export function flagWords(definition: FlagDefinition): string {
  const fallback = definition.defaultVariant ?? texts.valueInCode;
  if (definition.state === "DISABLED") return texts.offSummary;
  const rules = readRules(definition.targeting);
  if (rules === null) return texts.jsonSummary;
  if (rules.length === 0) return texts.everyoneSummary(fallback);
  const [only, ...more] = rules;
  if (
    only !== undefined &&
    more.length === 0 &&
    only.conditions.length === 0 &&
    only.outcome.kind === "split"
  ) {
    return describeWeights(only.outcome.weights);
  }
  return texts.rulesSummary(rules.length, fallback);
}

/** "2 days", "5 hours 30 minutes"; how long a step has yet to wait. */
export function waitWords(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const parts = [
    { count: Math.floor(minutes / 1440), words: texts.days },
    { count: Math.floor((minutes % 1440) / 60), words: texts.hours },
    { count: minutes % 60, words: texts.minutes },
  ];
  return parts
    .filter(({ count }) => count > 0)
    .slice(0, 2)
    .map(({ count, words }) => words(count))
    .join(" ");
}
