import type { z } from "zod";
import {
  type AudienceCondition,
  type ExperimentGoal,
  type ExperimentInput,
  experimentInput,
  type GoalSource,
} from "../../../contract/experiments.ts";
import type { FlagView } from "../../../contract/flags.ts";
import { GraftError } from "../../core/index.ts";

export interface CheckedInput {
  title: string;
  hypothesis: string;
  flagKey: string;
  variants: ExperimentInput["variants"];
  audience: AudienceCondition[];
  share: number;
  goals: ExperimentGoal[];
  alpha: number;
}

/** @throws INVALID_INPUT with `details.fieldErrors` */
export function readExperiment(
  input: unknown,
  known: { flag: (key: string) => FlagView | null; goals: readonly GoalSource[] },
): CheckedInput {
  const given = read(experimentInput, input, "experiment");
  const fieldErrors: Record<string, string[]> = {};
  const flag = known.flag(given.flagKey);
  const names = given.variants.map(({ variant }) => variant);
  if (flag === null) fieldErrors.flagKey = [`there is no flag ${given.flagKey}`];
  else {
    const missing = names.filter((name) => !Object.hasOwn(flag.definition.variants, name));
    if (missing.length > 0) fieldErrors.variants = [`${given.flagKey} has no variant ${missing.join(", ")}`];
  }
  if (new Set(names).size < names.length) fieldErrors.variants = ["each variant stands once"];
  const goals: ExperimentGoal[] = [];
  for (const { module, goal, direction = "up" } of given.goals) {
    const source = known.goals.find((one) => one.module === module && one.goal === goal);
    if (source === undefined) fieldErrors.goals = [`no installed module declares the goal ${module}.${goal}`];
    else if (goals.some((one) => one.module === module && one.goal === goal))
      fieldErrors.goals = [`${source.title} stands twice`];
    else goals.push({ module, goal, title: source.title, kind: source.kind, direction });
  }
  if (Object.keys(fieldErrors).length > 0) throw refused("experiment", fieldErrors);
  return {
    title: given.title,
    hypothesis: given.hypothesis ?? "",
    flagKey: given.flagKey,
    variants: given.variants,
    audience: given.audience ?? [],
    share: given.share ?? 100,
    goals,
    alpha: given.alpha ?? 0.05,
  };
}

/** @throws INVALID_INPUT with `details.fieldErrors` */
export function read<T>(schema: z.ZodType<T>, input: unknown, what: string): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fieldErrors: Record<string, string[]> = {};
  for (const { path, message } of parsed.error.issues) {
    const field = String(path[0] ?? what);
    fieldErrors[field] = [...(fieldErrors[field] ?? []), message];
  }
  throw refused(what, fieldErrors);
}

function refused(what: string, fieldErrors: Record<string, string[]>): GraftError {
  const text = Object.entries(fieldErrors).map(([field, errors]) => `${field}: ${errors.join(", ")}`);
  return new GraftError("INVALID_INPUT", `The ${what} is not accepted. ${text.join("; ")}.`, {
    hint: "docs/experiments.md describes what it holds.",
    details: { fieldErrors },
  });
}
