export interface KeptRow {
  module: string;
  version: string;
  digest: string;
  kind: "kept" | "exported" | "snapshot";
  file: string | null;
  /** Number of the database that stands. */
  database: number | null;
  bytes: number;
  tables: number;
  rows: number;
  /** Why a snapshot was taken. */
  reason?: string;
  /** Which made it. */
  operationId: string;
}
