import type { z } from "zod";
import {
  type AudienceCondition,
  type ExperimentGoal,
  type ExperimentInput,
  experimentInput,
  type GoalSource,
} from "../../../contract/experiments.ts";
import type { FlagView } from "../../../contract/flags.ts";
import { parseInput } from "../../core/index.ts";

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
  const sourceOf = ({ module, goal }: { module: string; goal: string }) =>
    known.goals.find((one) => one.module === module && one.goal === goal);
  const schema = experimentInput.superRefine(({ flagKey, variants, goals }, { addIssue }) => {
    const refuse = (field: keyof ExperimentInput, message: string) =>
      addIssue({ code: "custom", path: [field], message });
    const flag = known.flag(flagKey);
    const names = variants.map(({ variant }) => variant);
    const missing = names.filter((name) => flag !== null && !Object.hasOwn(flag.definition.variants, name));
    if (flag === null) refuse("flagKey", `there is no flag ${flagKey}`);
    if (missing.length > 0) refuse("variants", `${flagKey} has no variant ${missing.join(", ")}`);
    if (new Set(names).size < names.length) refuse("variants", "each variant stands once");
    for (const [i, one] of goals.entries()) {
      const { module, goal } = one;
      const first = goals.findIndex((other) => other.module === module && other.goal === goal);
      const source = sourceOf(one);
      if (source === undefined) refuse("goals", `no installed module declares the goal ${module}.${goal}`);
      else if (first < i) refuse("goals", `${source.title} stands twice`);
    }
  });
  const given = read(schema, input, "experiment");
  const { hypothesis = "", audience = [], share = 100, alpha = 0.05 } = given;
  const goals = given.goals.flatMap(({ direction = "up", ...one }): ExperimentGoal[] => {
    const source = sourceOf(one);
    return source === undefined ? [] : [{ ...one, title: source.title, kind: source.kind, direction }];
  });
  return { ...given, hypothesis, audience, share, goals, alpha };
}

/** @throws INVALID_INPUT with `details.fieldErrors` */
export function read<T>(schema: z.ZodType<T>, input: unknown, what: string): T {
  return parseInput(schema, input, { what, hint: "docs/experiments.md describes what it holds." });
}
