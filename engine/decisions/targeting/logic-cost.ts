import { contextListMax } from "./context-lists.ts";

/** Of one evaluation, in operators that are applied. */
export const logicStepsMax = 100_000;
const iterations = new Set(["map", "filter", "reduce", "all", "none", "some", "every"]);

/**
 * How many operators one evaluation may apply, iterations multiplied: over a list that stands there by its length, over
 * one of the context by the most it may have there. Above {@link logicStepsMax} it is counted no further.
 */
export function countSteps(logic: unknown): number {
  if (typeof logic !== "object" || logic === null) return 0;
  if (Array.isArray(logic)) return sum(logic);
  let steps = 0;
  for (const [operator, args] of Object.entries(logic)) {
    steps +=
      iterations.has(operator) && Array.isArray(args) ? countIteration(operator, args) : 1 + countSteps(args);
    if (steps > logicStepsMax) return steps;
  }
  return steps;
}

function countIteration(operator: string, [list, body, ...rest]: unknown[]): number {
  const length = Array.isArray(list) ? list.length : contextListMax;
  const once = 1 + countSteps(body);
  // What is joined to itself in each round doubles with each.
  const growth = operator === "reduce" ? Math.max(1, countJoined(body, false)) : 1;
  const rounds = growth === 1 ? length : Math.min(growth ** length, logicStepsMax + 1);
  return 1 + countSteps(list) + once * rounds + sum(rest);
}

/** How often a round joins what the rounds before it made. */
function countJoined(logic: unknown, joins: boolean): number {
  if (typeof logic !== "object" || logic === null) return 0;
  if (Array.isArray(logic)) return logic.reduce<number>((all, part) => all + countJoined(part, joins), 0);
  return Object.entries(logic).reduce((all, [operator, args]) => {
    const isIt =
      operator === "var" && /^accumulator(\.|$)/.test(String(Array.isArray(args) ? args[0] : args));
    if (isIt) return all + Number(joins);
    return all + countJoined(args, joins || operator === "cat" || operator === "merge");
  }, 0);
}

function sum(parts: readonly unknown[]): number {
  let steps = 0;
  for (const part of parts) {
    steps += countSteps(part);
    if (steps > logicStepsMax) break;
  }
  return steps;
}
