import { totalsOf } from "./reweigh.ts";
import type { AttributeOperator, Condition, Weights } from "./rules.ts";

export const operatorWords: Record<AttributeOperator, string> = {
  equals: "is",
  differs: "is not",
  starts_with: "starts with",
  ends_with: "ends with",
  contains: "contains",
  one_of: "is one of",
  greater: "is more than",
  at_least: "is at least",
  less: "is less than",
  at_most: "is at most",
  version_at_least: "is version or later",
  version_below: "is a version before",
  version_equals: "is version",
};

export interface Words {
  /** The name of a user by id. */
  userName(id: string): string;
  /** Date and time for people, from seconds since 1970. */
  dateTime(at: number): string;
}

/** "in staff or sales", "e-mail ends with @example.org", "from 1 March 2027 on". */
export function describeCondition(condition: Condition, words: Words): string {
  switch (condition.kind) {
    case "users":
      return `${condition.not ? "anybody but" : ""} ${orList(condition.users.map(words.userName))}`.trim();
    case "groups":
      return `${condition.not ? "not " : ""}in ${orList(condition.groups)}`;
    case "flag":
      return `the flag ${condition.flag} ${condition.not ? "does not give" : "gives"} ${orList(condition.variants)}`;
    case "after":
      return `from ${words.dateTime(condition.at)} on`;
    case "before":
      return `until ${words.dateTime(condition.at)}`;
    case "attribute": {
      const value = Array.isArray(condition.value) ? orList(condition.value) : String(condition.value);
      return `${condition.name} ${operatorWords[condition.operator]} ${value}`;
    }
  }
}

export function describeWeights(weights: Weights): string {
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  return totalsOf(weights)
    .filter(({ weight }) => weight > 0)
    .map(({ variant, weight }) => `${variant} ${percent(weight, total)}`)
    .join(", ");
}

function percent(weight: number, total: number): string {
  return `${Number(((weight / total) * 100).toFixed(1))} %`;
}

function orList(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? "nobody";
  return `${items.slice(0, -1).join(", ")} or ${items.at(-1)}`;
}
