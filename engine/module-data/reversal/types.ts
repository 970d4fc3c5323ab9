import type { MigrationFile } from "../migrations/migration-file.ts";

export interface ReverseMigrationInput {
  module: string;
  extensions: string[];
  /** Of the version that is left. */
  from: MigrationFile[];
  /** Of the version gone back to: a beginning of `from`, or some of it. */
  to: MigrationFile[];
}

/** What is written in a table or column that the older version does not have. */
export interface LostRows {
  kind: "table" | "column";
  /** As SQL names it, without the schema: `"Poll".tags`. */
  name: string;
  rows: number;
}

/** SQL that leads from one version's structure to an older one's, tried on the two of them. */
export interface ReverseMigration {
  /** Whose SQL it is. */
  by: "author" | "prisma";
  /** In the order they run. */
  scripts: { name: string; sql: string }[];
  /** Leave the ledger. */
  migrations: string[];
  /** Of the structure it starts from. */
  from: string;
  /** Of the structure that must stand afterwards. */
  structure: string;
}

export type ReverseMigrationAnswer =
  | { way: ReverseMigration; lost: LostRows[]; reason?: undefined }
  /** Why there is none, in plain words. */
  | { way: null; reason: string };
