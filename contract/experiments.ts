import { z } from "zod";
import { attributeOperators } from "../sdk/flags/rules.ts";
import { json } from "./json.ts";
import { time } from "./limits.ts";

/** `conversion`: reached or not; `count`: how often; `value`: the sum of what was reported. Each per user. */
export const goalKind = z.enum(["conversion", "count", "value"]);
export type GoalKind = z.infer<typeof goalKind>;
/** Which way is better. */
const direction = z.enum(["up", "down"]);

/** A goal that an installed module declares. */
export const goalSource = z.object({
  module: z.string(),
  moduleTitle: z.string(),
  goal: z.string(),
  title: z.string(),
  description: z.string(),
  kind: goalKind,
});
export type GoalSource = z.infer<typeof goalSource>;

export const experimentGoal = z.object({
  module: z.string(),
  goal: z.string(),
  title: z.string(),
  kind: goalKind,
  direction,
});
export type ExperimentGoal = z.infer<typeof experimentGoal>;

export const experimentStatus = z.enum(["draft", "running", "stopped", "concluded"]);

/** As in a flag's rules, but for what another flag gives: an audience must not change while the experiment runs. */
export const audienceCondition = z.discriminatedUnion("kind", [
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
  /** Seconds since 1970. */
  z.strictObject({ kind: z.literal("after"), at: z.number() }),
  z.strictObject({ kind: z.literal("before"), at: z.number() }),
]);
export type AudienceCondition = z.infer<typeof audienceCondition>;

const variantName = z.string().min(1).max(100);

export const experimentInput = z.strictObject({
  title: z.string().trim().min(1, "give it a title").max(120),
  hypothesis: z.string().trim().max(500).optional(),
  flagKey: z.string().min(1, "choose a flag").max(200),
  /** The first is the control, which the others are compared with. */
  variants: z
    .array(z.strictObject({ variant: variantName, weight: z.int().min(1).max(1000) }))
    .min(2, "compare at least two variants")
    .max(10),
  /** All must be met. None: everyone. */
  audience: z.array(audienceCondition).max(20).optional(),
  /** Percent of the audience that takes part. */
  share: z.int().min(1, "takes 1 to 100 percent").max(100, "takes 1 to 100 percent").optional(),
  /** The first decides. */
  goals: z
    .array(
      z.strictObject({
        module: z.string().max(100),
        goal: z.string().max(100),
        direction: direction.optional(),
      }),
    )
    .min(1, "choose a goal")
    .max(10),
  /** How often an experiment without a difference may be called decided; 0.05 unless given. */
  alpha: z.number().min(0.001).max(0.2).optional(),
});
export type ExperimentInput = z.infer<typeof experimentInput>;

export const experimentIdInput = z.strictObject({ id: z.uuid() });
export const experimentChangeInput = experimentInput.extend(experimentIdInput.shape);
export const variantInput = z.strictObject({ variant: variantName });
export const rollOutInput = experimentIdInput.extend(variantInput.shape);

export const experimentView = z.object({
  id: z.string(),
  title: z.string(),
  hypothesis: z.string(),
  flagKey: z.string(),
  status: experimentStatus,
  variants: z.array(z.object({ variant: z.string(), weight: z.int() })),
  audience: z.array(audienceCondition),
  share: z.int(),
  goals: z.array(experimentGoal),
  alpha: z.number(),
  /** Users at which the intervals are narrowest; null until it starts. */
  tunedFor: z.int().nullable(),
  winner: z.string().nullable(),
  createdBy: z.string(),
  createdAt: time,
  startedAt: time.nullable(),
  stoppedAt: time.nullable(),
  concludedAt: time.nullable(),
});
export type ExperimentView = z.infer<typeof experimentView>;

export const variantResult = z.object({
  variant: z.string(),
  users: z.int(),
  /** The share of users who reached the goal, or the mean per user. */
  mean: z.number(),
  /** Against the control, at the same instant; null for the control, and while there is too little. */
  difference: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** The difference as a part of the control's mean; null where that is 0. */
  lift: z.number().nullable(),
  /** At this look; below α exactly when the interval leaves 0 out. */
  pValue: z.number().nullable(),
});
export type VariantResult = z.infer<typeof variantResult>;

export const goalResult = experimentGoal.extend({ variants: z.array(variantResult) });
export type GoalResult = z.infer<typeof goalResult>;

/** Of the deciding goal. */
export const timelinePoint = z.object({ at: time, variants: z.array(variantResult) });

export const verdict = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("waiting"), usersNeeded: z.int() }),
  z.object({ kind: z.literal("undecided") }),
  z.object({ kind: z.literal("winner"), variant: z.string() }),
  /** Every other variant is worse. */
  z.object({ kind: z.literal("control"), variant: z.string() }),
]);
export type Verdict = z.infer<typeof verdict>;

export const experimentResults = z.object({
  /** When the figures were counted. */
  at: time,
  users: z.int(),
  /** Users who used more than one variant; they count for none. */
  crossed: z.int(),
  verdict,
  ratio: z.object({
    pValue: z.number(),
    alarm: z.boolean(),
    expected: z.array(z.number()),
    users: z.array(z.int()),
  }),
  goals: z.array(goalResult),
  timeline: z.array(timelinePoint),
  /** α for each comparison with the control. */
  alphaEach: z.number(),
  usersNeeded: z.int(),
});
export type ExperimentResults = z.infer<typeof experimentResults>;

/** Code used the value of a module's flag for the user. */
export const useReport = z.strictObject({ flag: z.string().max(200), value: json });

/** The user reached a goal. `value` for goals of that kind; the same `key` counts once. */
export const goalReport = z.strictObject({
  goal: z.string().max(100),
  value: z.number().optional(),
  key: z.string().min(1).max(100).optional(),
});

const ofModule = { module: z.string().max(100) };
export const useReportInput = useReport.extend(ofModule);
export const goalReportInput = goalReport.extend(ofModule);
export const goalReportView = z.object({ counted: z.boolean() });
