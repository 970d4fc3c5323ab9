import { z } from "zod";
import { attentionView } from "./attention.ts";
import { time } from "./limits.ts";
import { pageOf } from "./page.ts";

export const moduleState = z.enum(["starting", "healthy", "degraded", "failing", "stopped", "quarantined"]);
export type ModuleState = z.infer<typeof moduleState>;
/** As a browser shows it: `static` is a module that has no process. */
export type ModuleStateView = ModuleState | "static" | "unknown";

/** How a module is right now. */
export const healthNow = z.object({
  module: z.string(),
  state: moduleState,
  /** Since when it is in this state. */
  since: time,
  /** The newest probe. */
  latencyMs: z.number().nullable(),
  message: z.string().nullable(),
  rssMb: z.number().nullable(),
  restarts: z.int(),
  pid: z.int().nullable(),
});
export type HealthNow = z.infer<typeof healthNow>;

export const healthPoint = z.object({
  /** Start of the bucket. */
  at: time,
  state: z.enum([...moduleState.options, "unknown"]),
  latencyMsP50: z.number().nullable(),
  latencyMsMax: z.number().nullable(),
  rssMb: z.number().nullable(),
  requests: z.int(),
  errors: z.int(),
});
export type HealthPoint = z.infer<typeof healthPoint>;

export const moduleHistory = z.object({
  module: z.string(),
  points: z.array(healthPoint),
  /** Share of the known minutes in which it was healthy or degraded, 0 to 1; null when nothing is known. */
  uptime: z.number().nullable(),
});
export type ModuleHistory = z.infer<typeof moduleHistory>;

export const moduleEventView = z.object({
  id: z.string(),
  module: z.string(),
  at: time,
  kind: z.string(),
  message: z.string(),
});
export type ModuleEventView = z.infer<typeof moduleEventView>;

export const moduleHealthView = healthNow.extend({
  ...moduleHistory.shape,
  events: z.array(moduleEventView),
});
export type ModuleHealthView = z.infer<typeof moduleHealthView>;

/** Whether everything is well. */
export const hostHealthView = pageOf(healthNow).extend({
  status: z.enum(["healthy", "degraded", "failing"]),
  problems: z.array(z.string()),
  attention: z.array(attentionView),
  events: z.array(moduleEventView),
});
export type HostHealthView = z.infer<typeof hostHealthView>;

export const healthQuery = z.object({
  hours: z.coerce.number().min(1).max(24).optional(),
  buckets: z.coerce.number().int().min(1).max(1440).optional(),
});
