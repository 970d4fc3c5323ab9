import { z } from "zod";
import type { ExperimentResults, ExperimentView, GoalSource } from "../../engagement/experiments/index.ts";

const time = z.string().meta({ format: "date-time" });
const goalKind = z.enum(["conversion", "count", "value"]);
const direction = z.enum(["up", "down"]);

export const experiment = z.object({
  id: z.string(),
  title: z.string(),
  hypothesis: z.string(),
  flagKey: z.string(),
  status: z.enum(["draft", "running", "stopped", "concluded"]),
  variants: z.array(z.object({ variant: z.string(), weight: z.int() })),
  audience: z.array(z.record(z.string(), z.unknown())),
  share: z.int(),
  goals: z.array(
    z.object({ module: z.string(), goal: z.string(), title: z.string(), kind: goalKind, direction }),
  ),
  alpha: z.number(),
  tunedFor: z.int().nullable(),
  winner: z.string().nullable(),
  createdBy: z.string(),
  createdAt: time,
  startedAt: time.nullable(),
  stoppedAt: time.nullable(),
  concludedAt: time.nullable(),
}) satisfies z.ZodType<Omit<ExperimentView, "audience"> & { audience: Record<string, unknown>[] }>;

export const goalSource = z.object({
  module: z.string(),
  moduleTitle: z.string(),
  goal: z.string(),
  title: z.string(),
  description: z.string(),
  kind: goalKind,
}) satisfies z.ZodType<GoalSource>;

const variant = z.object({
  variant: z.string(),
  users: z.int(),
  mean: z.number(),
  difference: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  lift: z.number().nullable(),
  pValue: z.number().nullable(),
});

export const results = z.object({
  at: time,
  users: z.int(),
  crossed: z.int(),
  verdict: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("waiting"), usersNeeded: z.int() }),
    z.object({ kind: z.literal("undecided") }),
    z.object({ kind: z.literal("winner"), variant: z.string() }),
    z.object({ kind: z.literal("control"), variant: z.string() }),
  ]),
  ratio: z.object({
    pValue: z.number(),
    alarm: z.boolean(),
    expected: z.array(z.number()),
    users: z.array(z.int()),
  }),
  goals: z.array(
    z.object({
      module: z.string(),
      goal: z.string(),
      title: z.string(),
      kind: goalKind,
      direction,
      variants: z.array(variant),
    }),
  ),
  timeline: z.array(z.object({ at: time, variants: z.array(variant) })),
  alphaEach: z.number(),
  usersNeeded: z.int(),
}) satisfies z.ZodType<ExperimentResults>;
