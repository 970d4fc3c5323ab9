import { z } from "zod";
import { time } from "./limits.ts";
import { problem } from "./problem.ts";

/** How far a backup or a restore is. */
const progress = z.object({
  /** The module that is read now. */
  module: z.string().nullable(),
  /** Of what is to be read, as estimated at the beginning. */
  bytesDone: z.int(),
  bytesTotal: z.int(),
  modulesDone: z.int(),
  modulesTotal: z.int(),
});

export const backupProgress = progress.extend({
  phase: z.enum(["waiting", "host", "modules", "store", "files", "finishing", "done"]),
});
export type BackupProgress = z.infer<typeof backupProgress>;

export const restoreProgress = progress.extend({
  phase: z.enum(["reading", "modules", "host", "finishing", "done"]),
});
export type RestoreProgress = z.infer<typeof restoreProgress>;

export const backupId = z.string().regex(/^graft-\d{8}-\d{6}(-\d{1,3})?$/);
export const backupInput = z.strictObject({ id: backupId });

/** A backup on this host's disk, or one that is being made. */
export const backupView = z.object({
  id: backupId,
  /** Name of its file. */
  name: z.string(),
  status: z.enum(["running", "done", "failed"]),
  startedAt: time,
  finishedAt: time.nullable(),
  /** Of the file; null while it is being made. */
  bytes: z.int().nullable(),
  progress: backupProgress.nullable(),
  error: problem.nullable(),
});
export type BackupView = z.infer<typeof backupView>;

/** The stream of a backup: what it is now, then each change of it; it ends after the last. */
export const backupEvents = { message: backupView };
