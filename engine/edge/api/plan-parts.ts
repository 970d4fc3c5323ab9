import { z } from "zod";
import type { LeftOut, PlanPermissionChange } from "../../change/plan/index.ts";
import type { MigrationVerdict } from "../../module-data/index.ts";

/** What a statement of a migration does. */
export const verdict = z.object({
  kind: z.enum(["breaking", "slow", "destructive"]),
  migration: z.string(),
  line: z.int(),
  statement: z.string(),
  reason: z.string(),
  table: z.string().nullable(),
  column: z.string().nullable(),
  rows: z.number().nullable(),
  exact: z.boolean(),
  bytes: z.number().nullable(),
  estimateMs: z.number().nullable(),
  long: z.boolean(),
}) satisfies z.ZodType<MigrationVerdict>;
export const permission = z.object({ module: z.string(), kind: z.string(), text: z.string() });
export const permissionChange = z.object({
  module: z.string(),
  kind: z.enum(["database", "network", "module", "memory", "extension", "pages", "widgets", "api"]),
  text: z.string(),
  change: z.enum(["added", "removed"]),
  consent: z.boolean(),
}) satisfies z.ZodType<PlanPermissionChange>;
export const leftOut = z.object({
  module: z.string(),
  title: z.string(),
  from: z.string(),
  to: z.string(),
  reason: z.string(),
}) satisfies z.ZodType<LeftOut>;
