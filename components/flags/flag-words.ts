import { plural } from "@/components/ui/format";
import type { FlagDefinition } from "@/contract/flags";
import { describeWeights, readRules } from "@/sdk/flags/index";

/** One line for the list. */
export function flagWords(definition: FlagDefinition): string {
  const fallback = definition.defaultVariant ?? "the value in the code";
  if (definition.state === "DISABLED") return "Off: the value in the code";
  const rules = readRules(definition.targeting);
  if (rules === null) return "Targeting in JSON";
  if (rules.length === 0) return `${fallback} for everyone`;
  const [only, ...more] = rules;
  if (
    only !== undefined &&
    more.length === 0 &&
    only.conditions.length === 0 &&
    only.outcome.kind === "split"
  ) {
    return describeWeights(only.outcome.weights);
  }
  return `${plural(rules.length, "rule")}, otherwise ${fallback}`;
}

/** "2 days", "5 hours 30 minutes"; how long a step has yet to wait. */
export function waitWords(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const parts = [
    plural(Math.floor(minutes / 1440), "day"),
    plural(Math.floor((minutes % 1440) / 60), "hour"),
    plural(minutes % 60, "minute"),
  ];
  return parts
    .filter((part) => !part.startsWith("0 "))
    .slice(0, 2)
    .join(" ");
}
