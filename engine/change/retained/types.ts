import type { Actor } from "../../core/index.ts";

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

export interface KeptData {
  list(): Promise<KeptDataView[]>;
  /** Stream of an exported file. */
  open(id: string): Promise<{ path: string; name: string; bytes: number }>;
  delete(actor: Actor, id: string): Promise<void>;
}
