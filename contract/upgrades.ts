import { z } from "zod";
import { unsupportedVersion } from "./catalog.ts";
import { digest, moduleName, time } from "./limits.ts";
import { pageOf } from "./page.ts";
import { changelog } from "./plan.ts";

/** As semantic versioning has it; below 1.0.0, where a minor version may break, that counts as major. */
export const upgradeLevel = z.enum(["patch", "minor", "major"]);
export type UpgradeLevel = z.infer<typeof upgradeLevel>;

/** The newest version that a catalog offers of an installed module and this host can run. */
export const update = z.object({
  module: z.string(),
  title: z.string(),
  icon: z.string().nullable(),
  /** Of the installed version; its icon lies there. */
  digest,
  from: z.string(),
  to: z.string(),
  level: upgradeLevel,
  /** Automatic upgrades leave this module alone. */
  excluded: z.boolean(),
  changelog,
});
export type Update = z.infer<typeof update>;

/** A version of an installed module that is newer than any this host can run. */
export const unsupportedUpdate = unsupportedVersion.extend({
  module: z.string(),
  title: z.string(),
  /** The installed version. */
  from: z.string(),
});
export type UnsupportedUpdate = z.infer<typeof unsupportedUpdate>;

export const updatesView = pageOf(update).extend({
  /** What a newer Graft would bring beyond `items`, by title. */
  unsupported: z.array(unsupportedUpdate),
});
export type UpdatesView = z.infer<typeof updatesView>;

const modules = z.array(moduleName).max(500);

/** Absent: everything. */
export const upgradesInput = z.strictObject({ modules: modules.min(1).optional() });

/** In the order of `Date.getUTCDay`. */
export const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
export type Weekday = (typeof weekdays)[number];

/** When automatic upgrades may happen, and which. */
export const scheduleInput = z.strictObject({
  enabled: z.boolean(),
  level: upgradeLevel.exclude(["major"]),
  /** Days on which a window begins. */
  days: z.array(z.enum(weekdays)),
  /** `HH:MM` in `timeZone`. */
  from: z.string().max(5),
  /** `HH:MM`; not after `from`: on the next day. */
  to: z.string().max(5),
  timeZone: z.string().max(60),
});
export type ScheduleInput = z.infer<typeof scheduleInput>;

/** Of the policy that was read. Absent: whatever it is by now is overwritten. */
const revision = z.int().min(0);
export const saveScheduleInput = scheduleInput.extend({ revision: revision.optional() });

/** What an administrator sets. */
export const policyInput = saveScheduleInput.extend({
  /** Modules that are left alone. Absent: as before. */
  excluded: modules.optional(),
});
export type PolicyInput = z.infer<typeof policyInput>;

/** Whether automatic upgrades take a module along. */
export const automaticInput = z.strictObject({ enabled: z.boolean() });

export const windowView = z.object({ start: time, end: time });
export type WindowView = z.infer<typeof windowView>;

export const policyView = scheduleInput.extend({
  excluded: z.array(z.string()),
  revision,
  updatedAt: time.nullable(),
  updatedBy: z.string().nullable(),
  /** The window that is open now; null also while they are off. */
  open: windowView.nullable(),
  /** The next one to begin; null while they are off. */
  next: windowView.nullable(),
});
export type PolicyView = z.infer<typeof policyView>;

export const runItem = z.object({
  module: z.string(),
  title: z.string(),
  from: z.string(),
  to: z.string(),
  /** `failed`: nothing changed. `reverted`: it was applied, did not become healthy, and was taken back. */
  outcome: z.enum(["upgraded", "failed", "reverted", "left-out"]),
  /** Why not; null when it was upgraded. */
  reason: z.string().nullable(),
  operationId: z.uuid().nullable(),
  at: time,
});
export type RunItem = z.infer<typeof runItem>;

/** What automatic upgrades did in one window. */
export const runView = z.object({
  window: windowView,
  startedAt: time,
  /** Null: going on, or its host died and another goes on with it. */
  finishedAt: time.nullable(),
  items: z.array(runItem),
});
export type RunView = z.infer<typeof runView>;
