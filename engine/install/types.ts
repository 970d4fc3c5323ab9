import type { Manifest, ModuleType } from "../../sdk/manifest/index.ts";
import type { Actor, Close, Digest, Json, Page, Problem } from "../core/index.ts";
import type { AccessSetting } from "../flags/index.ts";
import type { Collected } from "../store/index.ts";

export type OperationStatus =
  | "preparing"
  | "committing"
  | "applied"
  | "reverting"
  | "succeeded"
  | "reverted"
  | "failed";

export interface OperationStep {
  /** Stable id for machines: `fetch`, `prepare`, `migrate`, `decide`, `commit`, `start`, `health`, `route`, `stop`, … */
  name: string;
  /** For people: "Run 3 migrations of Announcements". */
  title: string;
  module: string | null;
  status: "pending" | "running" | "done" | "failed" | "skipped";
  /** Milliseconds; null until it ends. */
  ms: number | null;
  error?: string;
}

export interface OperationView {
  id: string;
  planId: string;
  status: OperationStatus;
  steps: OperationStep[];
  /** The generation it made; null until committed. */
  generation: number | null;
  error: Problem | null;
  actorName: string;
  startedAt: string;
  finishedAt: string | null;
  /** What it did, for headings: "Install Announcements 1.0.0". */
  title: string;
  /** File to download after an uninstall with `export`. */
  downloads: { module: string; keptDataId: string; bytes: number }[];
}

export interface InstalledModule {
  name: string;
  title: string;
  summary: string;
  version: string;
  digest: Digest;
  type: ModuleType;
  publisher: string;
  manifest: Manifest;
  config: Record<string, unknown>;
  generation: number;
  installedAt: string;
  updatedAt: string;
}

export interface GenerationView {
  number: number;
  parent: number | null;
  createdAt: string;
  actorName: string;
  reason: string;
  operationId: string | null;
  current: boolean;
  modules: { name: string; version: string; digest: Digest; type: ModuleType }[];
  /** Against the parent, by name. */
  changes: ModuleChange[];
}

/** How a generation's modules differ from another's in one of them. */
export interface ModuleChange {
  /** `rebuilt`: the same version with other files. */
  kind: "added" | "removed" | "upgraded" | "downgraded" | "rebuilt";
  name: string;
  from: string | null;
  to: string | null;
}

/** What one generation holds otherwise than another. */
export interface GenerationDifference {
  from: number;
  to: number;
  modules: ModuleChange[];
  /** Of modules that both have; a widget without a rule of its own follows its module. */
  access: { target: string; from: AccessSetting | null; to: AccessSetting | null }[];
  /** Of modules that both have, by key; a secret is never told, only that it changed. */
  config: { module: string; key: string; secret: boolean; from: Json; to: Json }[];
  /** That lie between the versions. */
  migrations: { module: string; name: string; change: "runs" | "taken back" }[];
  /** False: one of them was left before Graft recorded access and settings. */
  settingsKnown: boolean;
}

export interface KeptDataView {
  id: string;
  module: string;
  version: string;
  /** `snapshot`: taken before an upgrade, a restore or a deletion; going back uses it. */
  kind: "kept" | "exported" | "snapshot";
  tables: number;
  rows: number;
  bytes: number;
  createdAt: string;
  /** Why a snapshot was taken: "Before upgrade to 2.0.0"; null for those of an earlier Graft, and for what is none. */
  reason: string | null;
}

/** How long snapshots and kept data stay; null: for ever. */
export interface RetentionInput {
  /** The newest of each module. */
  snapshotsPerModule: number;
  snapshotDays: number | null;
  /** Of what uninstalled modules left, in the database or as a file. */
  keptDays: number | null;
}

export interface RetentionView extends RetentionInput {
  updatedAt: string | null;
  updatedBy: string | null;
  /** When it was last applied to everything. */
  appliedAt: string | null;
}

/** What goes. */
export interface Expired {
  items: KeptDataView[];
  bytes: number;
}

export interface Retention {
  get(): Promise<RetentionView>;
  /** What would go with these settings now. @throws INVALID_INPUT with `details.fieldErrors` */
  preview(input: RetentionInput): Promise<Expired>;
  /**
   * Saves them and applies them at once; while a change is going on they are applied soon after it, and `removed` is
   * null. Audited, as each deletion is. @throws INVALID_INPUT with `details.fieldErrors`
   */
  set(actor: Actor, input: RetentionInput): Promise<{ policy: RetentionView; removed: Expired | null }>;
  /** Applies them to everything if the last time was a day ago, on whichever host looks first. */
  applyDaily(): Promise<Expired | null>;
}

export interface Operations {
  /**
   * Applies a plan; returns once the operation exists, while it goes on. One at a time per database.
   * `confirm` holds the module names typed for deletions, `consent` those whose new permissions were accepted.
   * @throws PLAN_STALE, PLAN_USED, OPERATION_IN_PROGRESS, CONFIRMATION_REQUIRED, CONSENT_REQUIRED, MODULE_NEEDED
   */
  apply(
    actor: Actor,
    planId: string,
    options?: { confirm?: string[] | undefined; consent?: string[] | undefined },
  ): Promise<OperationView>;
  get(id: string): Promise<OperationView>;
  list(query?: { limit?: number; cursor?: string }): Promise<Page<OperationView>>;
  /** The present view, then each change, ending after the final one. */
  watch(id: string, signal?: AbortSignal): AsyncIterable<OperationView>;
  /** Resolves with the final view. */
  wait(id: string): Promise<OperationView>;
  /** Versions that failed or were taken back, and would again. */
  failedUpgrades(): Promise<FailedUpgrade[]>;
}

/** A version that was tried and did not stay. */
export interface FailedUpgrade {
  module: string;
  digest: string;
  operationId: string;
  reason: string;
}

export interface Registry {
  /** In memory, of the current generation. */
  list(): readonly InstalledModule[];
  get(name: string): InstalledModule | null;
  generation(): number;
  onChange(listener: () => void): () => void;
  refresh(): Promise<void>;
}

export interface Install {
  registry: Registry;
  operations: Operations;
  generations: {
    list(query?: { limit?: number; cursor?: string }): Promise<Page<GenerationView>>;
    get(number: number): Promise<GenerationView>;
    /** What `to` holds otherwise than `from`. @throws NOT_FOUND */
    difference(from: number, to: number): Promise<GenerationDifference>;
  };
  keptData: {
    list(): Promise<KeptDataView[]>;
    /** Stream of an exported file. */
    open(id: string): Promise<{ path: string; name: string; bytes: number }>;
    delete(actor: Actor, id: string): Promise<void>;
  };
  /** What goes of that by itself. What the way back of the current generation needs stays. */
  retention: Retention;
  /**
   * Removes from this host's store what no generation, kept data, open plan or catalog names, and what nothing has
   * written for a day. @throws OPERATION_IN_PROGRESS
   */
  collectGarbage(): Promise<Collected>;
  /** The data of one module alone. */
  moduleData: {
    /** Installed or kept, as of one moment, into a file that carries its own checksum. @throws MODULE_NOT_INSTALLED */
    export(
      actor: Actor,
      module: string,
      file: string,
    ): Promise<{ version: string; bytes: number; rows: number; tables: number }>;
    /**
     * From such a file, which is taken over. Installed: an operation replaces its data, with a snapshot first, and
     * `confirm` must be its name. Not installed: it becomes kept data, which the next install offers.
     * @throws BACKUP_INVALID, CONFIRMATION_REQUIRED, CONFLICT for another version or data that is there already
     */
    restore(
      actor: Actor,
      module: string,
      file: string,
      options: { confirm?: string | undefined },
    ): Promise<{ operation: OperationView | null; keptDataId: string | null }>;
  };
  /**
   * Gives a module new settings; a running one is replaced by a process that has them, and keeps serving with the old
   * ones when that process does not become healthy. Audited; secrets sent masked keep their value.
   * @throws MODULE_NOT_INSTALLED, CONFLICT for a module without settings, INVALID_INPUT with `details.fieldErrors`,
   * OPERATION_IN_PROGRESS, MODULE_UNHEALTHY, MODULE_START_FAILED
   */
  configure(actor: Actor, module: string, config: Record<string, unknown>): Promise<InstalledModule>;
  /** Its settings as they may be shown: secrets, which never leave the host, masked. */
  configOf(module: Pick<InstalledModule, "manifest" | "config">): Record<string, unknown>;
  /** Finishes or takes back what a crash left behind; called once at start, before anything is served. */
  recover(): Promise<void>;
  /** Starts every module of the current generation on this host and follows later generations. */
  converge(): Promise<void>;
  close: Close;
}
