import { z } from "zod";
import { attributeOperators, type Condition } from "../../../sdk/flags/index.ts";
import { GraftError } from "../../core/index.ts";
import type { FlagView } from "../../decisions/index.ts";
import type { ExperimentGoal, ExperimentInput, GoalSource } from "./types.ts";

const condition = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("users"),
    users: z.array(z.uuid()).min(1).max(1000),
    not: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal("groups"),
    groups: z.array(z.string().min(1).max(100)).min(1).max(100),
    not: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal("attribute"),
    name: z.string().min(1).max(100),
    operator: z.enum(attributeOperators),
    value: z.union([z.string().max(500), z.number(), z.boolean(), z.array(z.string().max(500)).max(1000)]),
  }),
  z.strictObject({ kind: z.literal("after"), at: z.number() }),
  z.strictObject({ kind: z.literal("before"), at: z.number() }),
]);

/** The body of a new experiment, for the HTTP API too. */
export const experimentInput = z.strictObject({
  title: z.string().trim().min(1, "give it a title").max(120),
  hypothesis: z.string().trim().max(500).optional(),
  flagKey: z.string().min(1, "choose a flag").max(100),
  variants: z
    .array(z.strictObject({ variant: z.string().min(1).max(100), weight: z.int().min(1).max(1000) }))
    .min(2, "compare at least two variants")
    .max(10),
  audience: z.array(condition).max(20).optional(),
  share: z.int().min(1, "takes 1 to 100 percent").max(100, "takes 1 to 100 percent").optional(),
  goals: z
    .array(
      z.strictObject({
        module: z.string().max(100),
        goal: z.string().max(100),
        direction: z.enum(["up", "down"]).optional(),
      }),
    )
    .min(1, "choose a goal")
    .max(10),
  alpha: z.number().min(0.001).max(0.2).optional(),
});

export const goalReport = z.strictObject({
  goal: z.string().max(100),
  value: z.number().optional(),
  key: z.string().min(1).max(100).optional(),
});
export const useReport = z.strictObject({ flag: z.string().max(100), value: z.json() });

export interface CheckedInput {
  title: string;
  hypothesis: string;
  flagKey: string;
  variants: ExperimentInput["variants"];
  audience: Condition[];
  share: number;
  goals: ExperimentGoal[];
  alpha: number;
}

/** @throws INVALID_INPUT with `details.fieldErrors` */
export function readExperiment(
  input: unknown,
  known: { flag: (key: string) => FlagView | null; goals: readonly GoalSource[] },
): CheckedInput {
  const given = read(experimentInput, input, "experiment") as ExperimentInput;
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
