import { z } from "zod";
import { moduleName, time } from "./limits.ts";
import { problem } from "./problem.ts";

export const operationStatus = z.enum([
  "preparing",
  "committing",
  "applied",
  "reverting",
  "succeeded",
  "reverted",
  "failed",
  "attention",
]);
export type OperationStatus = z.infer<typeof operationStatus>;

export const operationStep = z.object({
  /** Stable id for machines: `fetch`, `prepare`, `migrate`, `decide`, `commit`, `start`, `health`, `route`, `stop`, … */
  name: z.string(),
  /** For people: "Run 3 migrations of Announcements". */
  title: z.string(),
  module: z.string().nullable(),
  status: z.enum(["pending", "running", "done", "failed", "skipped"]),
  /** Milliseconds; null until it ends. */
  ms: z.number().nullable(),
  error: z.string().optional(),
});
export type OperationStep = z.infer<typeof operationStep>;

export const operationView = z.object({
  id: z.uuid(),
  planId: z.uuid(),
  status: operationStatus,
  steps: z.array(operationStep),
  /** The generation it made; null until committed. */
  generation: z.int().nullable(),
  error: problem.nullable(),
  actorName: z.string(),
  startedAt: time,
  finishedAt: time.nullable(),
  /** What it did, for headings: "Install Announcements 1.0.0". */
  title: z.string(),
  /** File to download after an uninstall with `export`. */
  downloads: z.array(z.object({ module: z.string(), keptDataId: z.string(), bytes: z.int() })),
});
export type OperationView = z.infer<typeof operationView>;

/** The stream of an operation: what it is now, then each change of it; it ends after the last. */
export const operationEvents = { message: operationView };

export const operationInput = z.strictObject({
  plan: z.uuid(),
  /** Names of the modules whose data the plan deletes, as a person typed them. */
  confirm: z.array(moduleName).max(500).optional(),
  /** Names of the modules whose new permissions are accepted. */
  consent: z.array(moduleName).max(500).optional(),
});
