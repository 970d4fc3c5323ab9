import { z } from "zod";
import { time } from "./limits.ts";
import { pageQuery } from "./page.ts";

export const auditView = z.object({
  id: z.string(),
  at: time,
  actorId: z.string().nullable(),
  actorName: z.string(),
  via: z.string(),
  action: z.string(),
  target: z.string(),
  summary: z.string(),
  details: z.record(z.string(), z.unknown()),
  planId: z.string().nullable(),
  operationId: z.string().nullable(),
  ip: z.string().nullable(),
});
export type AuditView = z.infer<typeof auditView>;

export const auditFilter = z.object({
  /** Looked for in summary, actor and target. */
  query: z.string().max(200).optional(),
  /** The beginning of an action: `user.` or `user.disable`. */
  action: z.string().max(60).optional(),
  target: z.string().max(200).optional(),
  actorId: z.uuid().optional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;

export const auditQuery = auditFilter.extend(pageQuery.shape);
export type AuditQuery = z.infer<typeof auditQuery>;
