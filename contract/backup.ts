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

const count = z.int().min(0).max(1000);

/** When backups are made by themselves, and how many days, weeks and months keep their newest one. */
export const backupScheduleInput = z.strictObject({
  enabled: z.boolean(),
  /** `HH:MM` in `timeZone`, each day. */
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time as 02:30 is missing."),
  timeZone: z.string().max(60),
  days: count,
  weeks: count,
  months: count,
  /** Of the schedule that was read. Absent: whatever it is by now is overwritten. */
  revision: z.int().min(0).optional(),
});
export type BackupScheduleInput = z.infer<typeof backupScheduleInput>;

/** What came of restoring a backup into databases that are gone again. */
export const backupProof = z.object({
  modules: z.int(),
  tables: z.int(),
  rows: z.int(),
  /** Constraints that the rows do not satisfy any more: put in as NOT VALID. */
  notValid: z.array(z.string()),
  /** What came back otherwise than it was written; none: equal. */
  differences: z.array(z.string()),
});
export type BackupProof = z.infer<typeof backupProof>;

/** A backup that went to the store of scheduled backups, or should have. */
export const backupRunView = z.object({
  id: backupId,
  trigger: z.enum(["schedule", "person"]),
  actorName: z.string(),
  status: z.enum(["running", "done", "failed"]),
  startedAt: time,
  finishedAt: time.nullable(),
  /** Name of its file in the store. */
  name: z.string().nullable(),
  bytes: z.int().nullable(),
  /** When it was restored and compared, and read back from the store. */
  provedAt: time.nullable(),
  proof: backupProof.nullable(),
  /** Why it was not made, or not proved. */
  error: problem.nullable(),
  /** The newest backups keep it no longer. */
  removedAt: time.nullable(),
});
export type BackupRunView = z.infer<typeof backupRunView>;

export const backupScheduleView = backupScheduleInput.omit({ revision: true }).extend({
  revision: z.int(),
  updatedAt: time.nullable(),
  updatedBy: z.string().nullable(),
  /** The next time that one is made; null while they are off. */
  next: time.nullable(),
  /** Where they are kept: a folder, or `s3://BUCKET/PREFIX`; set where Graft is started. */
  place: z.string(),
  /** They lie on the disk that they are there for in case it breaks. */
  onSameDisk: z.boolean(),
  encryption: z.enum(["none", "passphrase", "recipient"]),
  /** Fingerprint of the key that this host signs with. */
  key: z.string(),
  /** The newest that was proved. */
  lastProved: z.object({ id: backupId, at: time }).nullable(),
  /** The newest that ended was proved, and no scheduled one is missing since. */
  isProved: z.boolean(),
  /** The schedule should have made one by now. */
  isDue: z.boolean(),
});
export type BackupScheduleView = z.infer<typeof backupScheduleView>;
