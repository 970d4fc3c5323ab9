import type { ManifestPage, ManifestWidget, ModuleType } from "../../../sdk/manifest/index.ts";
import type { Actor, Digest, Json } from "../../core/index.ts";
import type { AccessSetting } from "../../decisions/index.ts";
import type {
  LostRows,
  MigrationProblem,
  MigrationVerdict,
  ReverseMigration,
  RewrittenLine,
  TableInfo,
} from "../../module-data/index.ts";

export type PlanChange =
  | { action: "install"; module: string; version?: string; access?: AccessSetting; data?: "reuse" | "fresh" }
  | { action: "upgrade"; module: string; version?: string }
  | { action: "uninstall"; module: string; data: "keep" | "export" | "delete" }
  /** The module of a snapshot in that snapshot's version, with its data: in place of what is there, or reinstalled. */
  | { action: "restore"; snapshot: string }
  | {
      action: "rollback";
      generation: number;
      /** By module, where there is a choice: rows written since stay, or the data is as the snapshot has it. */
      data?: Record<string, DataPolicy>;
      /**
       * Modules that stay get back who had them and their settings; those installed again always do. Default: no, unless
       * nothing else is different.
       */
      settings?: boolean;
    };

export type DataPolicy = "schema" | "snapshot";

/** The ways in which the data of a module can get back to an older version. */
export interface PlanDataRollback {
  module: string;
  title: string;
  chosen: DataPolicy;
  /** Its rows at present. */
  rows: number;
  /** The structure goes back, rows written since stay; null: why that cannot be is in `refused`. */
  schema: { by: "author" | "prisma" | "kept"; lost: LostRows[] } | null;
  snapshot: { takenAt: string; rows: number } | null;
  refused: string | null;
}

/** Without secrets. */
export interface PlanSettings {
  /** By target, of the module and of those widgets that had a rule of their own. */
  access: Record<string, AccessSetting>;
  config: Record<string, unknown>;
}

/** What modules that stay have otherwise than when the generation was left, and whether that goes back too. */
export interface PlanSettingsBack {
  chosen: boolean;
  access: { target: string; from: AccessSetting | null; to: AccessSetting | null }[];
  /** Without secrets: no generation holds any, so they stay as they are. */
  config: { module: string; key: string; from: Json | null; to: Json | null }[];
}

export interface PlanStep {
  action: "install" | "upgrade" | "uninstall";
  module: string;
  title: string;
  type: ModuleType;
  publisher: string;
  icon: string | null;
  digest: Digest;
  from: string | null;
  to: string | null;
  /** Not asked for, pulled in by this module. */
  neededBy: string | null;
  /** Names of modules in the plan or already installed that it needs. */
  needs: string[];
  pages: ManifestPage[];
  widgets: ManifestWidget[];
  api: string[];
  /** Bytes of files. */
  size: number;
  access: AccessSetting | null;
  data: "keep" | "export" | "delete" | "reuse" | "fresh" | null;
  /** As the generation was left that a rollback goes back to; the mask stands for a secret that stays. */
  settings?: PlanSettings;
  /** How its data gets to the shape of this version; null without a database and for uninstalls. */
  schema:
    | { action: "migrate" | "keep" }
    | { action: "restore"; snapshot: string; takenAt: string; rows: number }
    | { action: "revert"; way: ReverseMigration }
    | null;
  /**
   * Whether the version that runs now can live with the change, or, on a way back, the version gone back to can live with
   * what was there before it; requests wait while a breaking one switches.
   */
  impact: "none" | "expand" | "breaking";
  /** Of every version between the installed one and this one, newest first. */
  changelog: { version: string; text: string }[];
}

export interface PlanSql {
  module: string;
  migration: string;
  sql: string;
  /** Lines that run otherwise than their author wrote them. */
  rewritten: RewrittenLine[];
  /** What its statements do to a version that is in use; none: it only expands, or nothing is in use. */
  verdicts: MigrationVerdict[];
}

export interface PlanPermission {
  module: string;
  kind: "database" | "network" | "module" | "memory" | "extension" | "pages" | "widgets" | "api";
  /** Plain words: "Keeps its own tables in the schema m_polls". */
  text: string;
}

/** How what a module may do differs from what its installed version may. */
export interface PlanPermissionChange extends PlanPermission {
  change: "added" | "removed";
  /** Nothing is applied before somebody accepts it. */
  consent: boolean;
}

/** Asked for with many others, and not part of the plan. */
export interface LeftOut {
  module: string;
  title: string;
  from: string;
  to: string;
  reason: string;
}

export interface PlanWarning {
  module: string;
  text: string;
}

export interface PlanBody {
  steps: PlanStep[];
  sql: PlanSql[];
  permissions: PlanPermission[];
  /** Of upgrades, and of modules that upgrades bring along. */
  permissionChanges: PlanPermissionChange[];
  warnings: PlanWarning[];
  /** What would be lost: tables and rows of uninstalls with deletion, destructive statements of migrations. */
  destructive: {
    module: string;
    tables: TableInfo[];
    rows: number;
    bytes: number;
    statements: MigrationProblem[];
  }[];
  /** Installed modules that need one to be removed; a plan with any of these is refused when applied. */
  blockedBy: { module: string; neededBy: string[] }[];
  /** Data kept from an earlier install of a module about to be installed. */
  keptData: KeptSummary[];
  /** What "update all" could not take along, and why. */
  leftOut: LeftOut[];
  /** Of modules that go back to an older version and have data. */
  dataRollbacks: PlanDataRollback[];
  /** Null: no rollback, or nothing that differs. Absent in plans of an earlier Graft. */
  settingsBack?: PlanSettingsBack | null;
  /** The whole target set. */
  target: { name: string; version: string; digest: Digest }[];
}

export interface PlanView extends PlanBody {
  id: string;
  /** The generation it was computed on. */
  base: number;
  changes: PlanChange[];
  createdAt: string;
  createdBy: string;
  /** The current generation is not `base` any more, it was applied, or an earlier Graft made it in a way of its own. */
  stale: boolean;
  operationId: string | null;
}

export interface Plans {
  /** @throws resolver and database errors, MODULE_ALREADY_INSTALLED, MODULE_NOT_INSTALLED */
  create(actor: Actor, changes: PlanChange[], options?: { leftOut?: LeftOut[] }): Promise<PlanView>;
  /** As `create`, but kept nowhere: what a search for a plan that works tries. */
  draft(changes: PlanChange[]): Promise<PlanBody>;
  /**
   * The data of an installed module in place of what it has, from a snapshot of the version that is installed.
   * @throws MODULE_NOT_INSTALLED
   */
  restoreData(actor: Actor, module: string, snapshot: SnapshotSummary): Promise<PlanView>;
  /** @throws PLAN_NOT_FOUND */
  get(id: string): Promise<PlanView>;
}

/** A snapshot with what it is of. */
export interface StoredSnapshot extends SnapshotSummary {
  module: string;
  digest: Digest;
}

export interface SnapshotSummary {
  id: string;
  takenAt: string;
  rows: number;
}

/** How many snapshots of a module stay, and for how long; null: for ever. */
export interface SnapshotRetention {
  snapshotsPerModule: number;
  snapshotDays: number | null;
}

export interface KeptSummary {
  module: string;
  version: string;
  tables: number;
  rows: number;
  bytes: number;
  keptAt: string;
}
