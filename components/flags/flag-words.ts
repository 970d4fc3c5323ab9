import type { FlagDefinition } from "@/lib/flags";
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
  return `${rules.length} ${rules.length === 1 ? "rule" : "rules"}, otherwise ${fallback}`;
}
