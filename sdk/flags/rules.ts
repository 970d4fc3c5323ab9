/**
 * Targeting as a list of rules, the form people edit: the first rule whose conditions are all met answers. Written
 * and read as flagd's JSON Logic, so that nothing but the definition has to be stored.
 */

import { readRequirement, writeRequirement } from "./requirement.ts";

type Logic = null | boolean | number | string | Logic[] | { [key: string]: Logic };

export const attributeOperators = [
  "equals",
  "differs",
  "starts_with",
  "ends_with",
  "contains",
  "one_of",
  "greater",
  "at_least",
  "less",
  "at_most",
  "version_at_least",
  "version_below",
  "version_equals",
] as const;
export type AttributeOperator = (typeof attributeOperators)[number];

export type Condition =
  | { kind: "users"; users: string[]; not?: boolean }
  | { kind: "groups"; groups: string[]; not?: boolean }
  /** Another flag gives one of these variants. */
  | { kind: "flag"; flag: string; variants: string[]; not?: boolean }
  | {
      kind: "attribute";
      name: string;
      operator: AttributeOperator;
      value: string | number | boolean | string[];
    }
  /** Seconds since 1970. */
  | { kind: "after"; at: number }
  | { kind: "before"; at: number };

/** Shares of whole percents or any other whole weights, in an order that must stay for users to keep theirs. */
export type Weights = { variant: string; weight: number }[];

export type Outcome =
  | { kind: "variant"; variant: string | null }
  | { kind: "split"; weights: Weights }
  /** From `at` on (seconds since 1970) these weights, earliest first; before the first step the default variant. */
  | { kind: "rollout"; steps: { at: number; weights: Weights }[] };

export interface Rule {
  conditions: Condition[];
  outcome: Outcome;
}

const now: Logic = { var: "$flagd.timestamp" };

/** Undefined: no rules, so no targeting. */
export function writeRules(rules: readonly Rule[]): { [key: string]: Logic } | undefined {
  if (rules.length === 0) return undefined;
  return {
    if: [...rules.flatMap((rule) => [writeConditions(rule.conditions), writeOutcome(rule.outcome)]), null],
  };
}

/** Null: the targeting says something that rules cannot say. */
export function readRules(targeting: unknown): Rule[] | null {
  if (targeting === undefined || targeting === null) return [];
  if (typeof targeting === "object" && Object.keys(targeting).length === 0) return [];
  const args = argsOf(targeting, "if");
  if (args === null) {
    const outcome = readOutcome(targeting);
    return outcome === null ? null : [{ conditions: [], outcome }];
  }
  if (args.length < 2) return null;
  const rules: Rule[] = [];
  for (let i = 0; i + 1 < args.length; i += 2) {
    const conditions = readConditions(args[i]);
    const outcome = readOutcome(args[i + 1]);
    if (conditions === null || outcome === null) return null;
    rules.push({ conditions, outcome });
  }
  const last = args.length % 2 === 1 ? args.at(-1) : null;
  if (last === null) return rules;
  const outcome = readOutcome(last);
  return outcome === null ? null : [...rules, { conditions: [], outcome }];
}

function writeConditions(conditions: readonly Condition[]): Logic {
  const [only, ...more] = conditions;
  if (only === undefined) return true;
  return more.length === 0 ? writeCondition(only) : { and: conditions.map(writeCondition) };
}

function readConditions(logic: unknown): Condition[] | null {
  if (logic === true) return [];
  const all = argsOf(logic, "and") ?? [logic];
  const conditions = all.map(readCondition);
  return conditions.every((condition) => condition !== null) ? (conditions as Condition[]) : null;
}

export function writeCondition(condition: Condition): Logic {
  switch (condition.kind) {
    case "users":
      return negated(condition.not, { in: [{ var: "targetingKey" }, condition.users] });
    case "groups": {
      const any = condition.groups.map((group): Logic => ({ in: [group, { var: "groups" }] }));
      return negated(condition.not, any.length === 1 ? (any[0] as Logic) : { or: any });
    }
    case "flag":
      return negated(condition.not, writeRequirement(condition));
    case "after":
      return { ">=": [now, condition.at] };
    case "before":
      return { "<": [now, condition.at] };
    case "attribute":
      return writeAttribute(condition.name, condition.operator, condition.value);
  }
}

function negated(not: boolean | undefined, logic: Logic): Logic {
  return not === true ? { "!": [logic] } : logic;
}

const plainOperators: Partial<Record<AttributeOperator, string>> = {
  equals: "===",
  differs: "!==",
  starts_with: "starts_with",
  ends_with: "ends_with",
  one_of: "in",
  greater: ">",
  at_least: ">=",
  less: "<",
  at_most: "<=",
};
const versionOperators: Partial<Record<AttributeOperator, string>> = {
  version_at_least: ">=",
  version_below: "<",
  version_equals: "=",
};

function writeAttribute(name: string, operator: AttributeOperator, value: Logic): Logic {
  const attribute = { var: name };
  if (operator === "contains") return { in: [value, attribute] };
  const version = versionOperators[operator];
  if (version !== undefined) return { sem_ver: [attribute, version, String(value)] };
  return { [plainOperators[operator] as string]: [attribute, value] };
}

/** Null: not a condition of a rule. */
export function readCondition(logic: unknown): Condition | null {
  const inner = argsOf(logic, "!");
  if (inner !== null) {
    const condition = inner.length === 1 ? readCondition(inner[0]) : null;
    if (condition?.kind !== "users" && condition?.kind !== "groups" && condition?.kind !== "flag")
      return null;
    return condition.not === true ? null : { ...condition, not: true };
  }
  const any = argsOf(logic, "or");
  if (any !== null) {
    const groups = any.map(readGroup);
    return any.length > 1 && groups.every((group) => group !== null)
      ? { kind: "groups", groups: groups as string[] }
      : null;
  }
  const group = readGroup(logic);
  if (group !== null) return { kind: "groups", groups: [group] };
  const requirement = readRequirement(logic);
  if (requirement !== null) return { kind: "flag", ...requirement };
  return readComparison(logic);
}

function readGroup(logic: unknown): string | null {
  const args = argsOf(logic, "in");
  return args?.length === 2 && typeof args[0] === "string" && varOf(args[1]) === "groups" ? args[0] : null;
}

function readComparison(logic: unknown): Condition | null {
  if (typeof logic !== "object" || logic === null) return null;
  const [[key, args] = [], ...more] = Object.entries(logic);
  if (key === undefined || more.length > 0 || !Array.isArray(args)) return null;
  const [left, right, third] = args as unknown[];
  if (key === "in" && args.length === 2 && typeof left === "string") {
    const name = varOf(right);
    return name === null ? null : { kind: "attribute", name, operator: "contains", value: left };
  }
  const name = varOf(left);
  if (name === null) return null;
  if (name === "$flagd.timestamp") {
    if (typeof right !== "number" || args.length !== 2) return null;
    if (key === ">=") return { kind: "after", at: right };
    return key === "<" ? { kind: "before", at: right } : null;
  }
  if (
    key === "in" &&
    args.length === 2 &&
    Array.isArray(right) &&
    right.every((one) => typeof one === "string")
  ) {
    if (name === "targetingKey") return { kind: "users", users: right as string[] };
    return { kind: "attribute", name, operator: "one_of", value: right as string[] };
  }
  if (key === "sem_ver" && args.length === 3 && typeof third === "string") {
    const operator = keyOf(versionOperators, right);
    return operator === null ? null : { kind: "attribute", name, operator, value: third };
  }
  const operator = keyOf(plainOperators, key);
  if (operator === null || operator === "one_of" || args.length !== 2 || name.startsWith("$")) return null;
  if (typeof right !== "string" && typeof right !== "number" && typeof right !== "boolean") return null;
  return { kind: "attribute", name, operator, value: right };
}

function keyOf(names: Partial<Record<AttributeOperator, string>>, wanted: unknown): AttributeOperator | null {
  const found = Object.entries(names).find(([, name]) => name === wanted);
  return found === undefined ? null : (found[0] as AttributeOperator);
}

export function writeOutcome(outcome: Outcome): Logic {
  if (outcome.kind === "variant") return outcome.variant;
  if (outcome.kind === "split") return writeWeights(outcome.weights);
  const steps = [...outcome.steps].sort((a, b) => b.at - a.at);
  return {
    if: [...steps.flatMap((step): Logic[] => [{ ">=": [now, step.at] }, writeWeights(step.weights)]), null],
  };
}

function writeWeights(weights: Weights): Logic {
  return { fractional: weights.map(({ variant, weight }) => [variant, weight]) };
}

/** Null: not what a rule of the browser gives. */
export function readOutcome(logic: unknown): Outcome | null {
  if (logic === null || typeof logic === "string") return { kind: "variant", variant: logic };
  const weights = readWeights(logic);
  if (weights !== null) return { kind: "split", weights };
  const args = argsOf(logic, "if");
  if (args === null || args.length < 3 || args.length % 2 === 0 || args.at(-1) !== null) return null;
  const steps: { at: number; weights: Weights }[] = [];
  for (let i = 0; i + 1 < args.length; i += 2) {
    const from = readComparison(args[i]);
    const step = readWeights(args[i + 1]);
    if (from?.kind !== "after" || step === null) return null;
    if ((steps[0]?.at ?? Number.POSITIVE_INFINITY) <= from.at) return null;
    steps.unshift({ at: from.at, weights: step });
  }
  return { kind: "rollout", steps };
}

function readWeights(logic: unknown): Weights | null {
  const args = argsOf(logic, "fractional");
  if (args === null || args.length === 0) return null;
  const weights: Weights = [];
  for (const entry of args) {
    if (!Array.isArray(entry) || entry.length !== 2) return null;
    const [variant, weight] = entry as unknown[];
    if (typeof variant !== "string" || typeof weight !== "number" || weight < 0) return null;
    weights.push({ variant, weight });
  }
  return weights;
}

function argsOf(logic: unknown, operator: string): unknown[] | null {
  if (typeof logic !== "object" || logic === null || Array.isArray(logic)) return null;
  const keys = Object.keys(logic);
  const args = (logic as Record<string, unknown>)[operator];
  return keys.length === 1 && Array.isArray(args) ? args : null;
}

function varOf(logic: unknown): string | null {
  if (typeof logic !== "object" || logic === null || Object.keys(logic).length !== 1) return null;
  const name = (logic as Record<string, unknown>).var;
  return typeof name === "string" ? name : null;
}
