import { z } from "zod";
import { time } from "./limits.ts";

export const keptDataView = z.object({
  id: z.uuid(),
  module: z.string(),
  version: z.string(),
  /** `snapshot`: taken before an upgrade, a restore or a deletion; going back uses it. */
  kind: z.enum(["kept", "exported", "snapshot"]),
  /** A database that stands as it was left, and can be had back in a moment; otherwise a file. */
  stands: z.boolean(),
  tables: z.int(),
  rows: z.int(),
  bytes: z.int(),
  createdAt: time,
  /** Why a snapshot was taken: "Before upgrade to 2.0.0"; null for those of an earlier Graft, and for what is none. */
  reason: z.string().nullable(),
});
export type KeptDataView = z.infer<typeof keptDataView>;

export const keptDataInput = keptDataView.pick({ id: true }).strict();

/** Kept data as a plan speaks of it. */
export const keptSummary = z.object({
  module: z.string(),
  version: z.string(),
  tables: z.int(),
  rows: z.int(),
  bytes: z.int(),
  keptAt: time,
});
export type KeptSummary = z.infer<typeof keptSummary>;

export const snapshotSummary = z.object({
  ...{ id: z.uuid(), takenAt: time, rows: z.int() },
  /** Number of the database that stands as it was left; null: a file. */
  database: z.int().nullable(),
});
export type SnapshotSummary = z.infer<typeof snapshotSummary>;

/** How long snapshots and kept data stay; null: for ever. */
export const retentionInput = z.strictObject({
  /** The newest of each module. */
  snapshotsPerModule: z.int(),
  snapshotDays: z.int().nullable(),
  /** Of what uninstalled modules left, in the database or as a file. */
  keptDays: z.int().nullable(),
});
export type RetentionInput = z.infer<typeof retentionInput>;

export const retentionView = retentionInput.extend({
  updatedAt: time.nullable(),
  updatedBy: z.string().nullable(),
  /** When it was last applied to everything. */
  appliedAt: time.nullable(),
});
export type RetentionView = z.infer<typeof retentionView>;

/** What goes. */
export const expired = z.object({ items: z.array(keptDataView), bytes: z.int() });
export type Expired = z.infer<typeof expired>;

/** `removed` is null while a change is going on: it is applied soon after. */
export const retentionAnswer = z.object({ policy: retentionView, removed: expired.nullable() });
export type RetentionAnswer = z.infer<typeof retentionAnswer>;
