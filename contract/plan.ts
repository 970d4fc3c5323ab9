import { z } from "zod";
import { accessChange, accessSetting } from "./access.ts";
import { json } from "./json.ts";
import { keptSummary } from "./kept-data.ts";
import { digest, moduleType, time } from "./limits.ts";
import { manifestPage, manifestWidget } from "./manifest.ts";
import { lostRows, migrationVerdict, reverseMigration, tableInfo } from "./migration.ts";
import { permission } from "./permissions.ts";
import { dataPolicy, planChange } from "./plan-change.ts";

/** The ways in which the data of a module can get back to an older version. */
export const planDataRollback = z.object({
  module: z.string(),
  title: z.string(),
  chosen: dataPolicy,
  /** Its rows at present. */
  rows: z.int(),
  /** The structure goes back, rows written since stay; null: why that cannot be is in `refused`. */
  schema: z.object({ by: z.enum(["author", "graft", "kept"]), lost: z.array(lostRows) }).nullable(),
  snapshot: z.object({ takenAt: time, rows: z.int() }).nullable(),
  refused: z.string().nullable(),
});
export type PlanDataRollback = z.infer<typeof planDataRollback>;

/** Without secrets. */
export const planSettings = z.object({
  /** By target, of the module and of those widgets that had a rule of their own. */
  access: z.record(z.string(), accessSetting),
  config: z.record(z.string(), z.unknown()),
});
export type PlanSettings = z.infer<typeof planSettings>;

/** What becomes of one stored setting when another version takes over; a secret shows as ••••. */
export const planSettingChange = z.object({
  /** `smtp.host` */
  key: z.string(),
  /**
   * `removed`: the version has no such setting; `reset`: it does not take the value; both are kept for a version that
   * does. `converted`: to the type it wants, losing nothing; `restored`: kept from an earlier version; `migrated`: by
   * the module's own settings/migrate.ts; `added`: it was not there, and has its default.
   */
  change: z.enum(["removed", "reset", "converted", "restored", "migrated", "added"]),
  from: json,
  to: json,
  /** Why the value is not taken. */
  reason: z.string().nullable(),
});
export type PlanSettingChange = z.infer<typeof planSettingChange>;

/** The settings of one module after the change. */
export const planConfig = z.object({
  /** JSON Schema of the version's settings; null: it has none. */
  schema: z.record(z.string(), json).nullable(),
  /** With defaults; a secret shows as ••••. */
  values: z.record(z.string(), json),
  /** What has to be given, in `config` of the change, before the plan can be applied. */
  missing: z.array(z.object({ key: z.string(), problem: z.string() })),
  changes: z.array(planSettingChange),
});
export type PlanConfig = z.infer<typeof planConfig>;

/** How modules that stay differ from when the generation was left, and whether that is restored too. */
export const planSettingsBack = z.object({
  chosen: z.boolean(),
  access: z.array(accessChange),
  /** Without secrets: no generation holds any, so they stay as they are. */
  config: z.array(z.object({ module: z.string(), key: z.string(), from: json, to: json })),
});
export type PlanSettingsBack = z.infer<typeof planSettingsBack>;

/** Of every version between the installed one and another, newest first. */
export const changelog = z.array(z.object({ version: z.string(), text: z.string() }));

export const planStep = z.object({
  action: z.enum(["install", "upgrade", "uninstall"]),
  module: z.string(),
  title: z.string(),
  type: moduleType,
  publisher: z.string(),
  icon: z.string().nullable(),
  digest,
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** Not asked for, pulled in by this module. */
  neededBy: z.string().nullable(),
  /** Names of modules in the plan or already installed that it needs. */
  needs: z.array(z.string()),
  pages: z.array(manifestPage),
  widgets: z.array(manifestWidget),
  api: z.array(z.string()),
  /** Bytes of files. */
  size: z.int(),
  access: accessSetting.nullable(),
  data: z.enum(["keep", "export", "delete", "reuse", "fresh"]).nullable(),
  /** As the generation was left that a rollback goes back to; the mask stands for a secret that stays. */
  settings: planSettings.optional(),
  /** Absent: neither this version nor what is stored has any. */
  config: planConfig.optional(),
  /** How its data gets to the shape of this version; null without a database and for uninstalls. */
  schema: z
    .discriminatedUnion("action", [
      z.object({ action: z.literal("keep") }),
      z.object({
        action: z.literal("migrate"),
        /**
         * A new database; in place, in one transaction while the old version serves; or a copy, while requests wait, and the old
         * database stays as it is.
         */
        on: z.enum(["new", "place", "copy"]),
      }),
      z.object({
        action: z.literal("restore"),
        ...{ snapshot: z.string(), takenAt: time, rows: z.int() },
        /** The database that stands is used again, or a copy of it, or a file is read into a new one. */
        by: z.enum(["pointing", "copy", "file"]),
      }),
      z.object({ action: z.literal("revert"), way: reverseMigration, on: z.enum(["place", "copy"]) }),
    ])
    .nullable(),
  /**
   * Whether the running version can live with the change, or, on a rollback, the version rolled back to can live with
   * what was there before it; requests wait while a breaking one switches.
   */
  impact: z.enum(["none", "expand", "breaking"]),
  changelog,
});
export type PlanStep = z.infer<typeof planStep>;

export const planSql = z.object({
  module: z.string(),
  migration: z.string(),
  sql: z.string(),
  /** What its statements do to a version that is in use; none: it only expands, or nothing is in use. */
  verdicts: z.array(migrationVerdict),
});
export type PlanSql = z.infer<typeof planSql>;

export const planPermission = permission.extend({ module: z.string() });
export type PlanPermission = z.infer<typeof planPermission>;

/** How what a module may do differs from what its installed version may. */
export const planPermissionChange = planPermission.extend({
  change: z.enum(["added", "removed"]),
  /** Nothing is applied before somebody accepts it. */
  consent: z.boolean(),
});
export type PlanPermissionChange = z.infer<typeof planPermissionChange>;

/** Asked for with many others, and not part of the plan. */
export const leftOut = z.object({
  module: z.string(),
  title: z.string(),
  from: z.string(),
  to: z.string(),
  reason: z.string(),
});
export type LeftOut = z.infer<typeof leftOut>;

export const planWarning = z.object({ module: z.string(), text: z.string() });
export type PlanWarning = z.infer<typeof planWarning>;

export const planBody = z.object({
  steps: z.array(planStep),
  sql: z.array(planSql),
  permissions: z.array(planPermission),
  /** Of upgrades, and of modules that upgrades bring along. */
  permissionChanges: z.array(planPermissionChange),
  warnings: z.array(planWarning),
  /** What would be lost: tables and rows of uninstalls with deletion, destructive statements of migrations. */
  destructive: z.array(
    z.object({
      module: z.string(),
      tables: z.array(tableInfo),
      rows: z.int(),
      bytes: z.int(),
      /** Every row was counted. */
      exact: z.boolean(),
      statements: z.array(migrationVerdict),
    }),
  ),
  /** Installed modules that need one to be removed; a plan with any of these is refused when applied. */
  blockedBy: z.array(z.object({ module: z.string(), neededBy: z.array(z.string()) })),
  /** Data kept from an earlier install of a module about to be installed. */
  keptData: z.array(keptSummary),
  /** What "update all" could not take along, and why. */
  leftOut: z.array(leftOut),
  /** Of modules that go back to an older version and have data. */
  dataRollbacks: z.array(planDataRollback),
  /** Null: no rollback, or nothing that differs. */
  settingsBack: planSettingsBack.nullable(),
  /** The whole target set. */
  target: z.array(z.object({ name: z.string(), version: z.string(), digest })),
});
export type PlanBody = z.infer<typeof planBody>;

export const planView = planBody.extend({
  id: z.uuid(),
  /** The generation it was computed on. */
  base: z.int(),
  changes: z.array(planChange),
  createdAt: time,
  createdBy: z.string(),
  /** The current generation is not `base` any more, or it was applied. */
  stale: z.boolean(),
  operationId: z.uuid().nullable(),
});
export type PlanView = z.infer<typeof planView>;
