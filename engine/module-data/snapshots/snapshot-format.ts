import type { Structure } from "./structure/read-structure.ts";
import type { RowTable } from "./structure/rows.ts";
import type { InstalledExtension } from "./structure/schemas.sql.ts";

/** The first message of a file; then large objects, tables with their rows, and the end. */
export interface SnapshotHeader {
  graft: "snapshot";
  v: 2;
  module: string;
  version: string;
  takenAt: string;
  structure: Structure;
  /** Of the database itself. */
  settings: Setting[];
  /** As they are called where it was taken; another database has others. */
  roles: SnapshotRoles;
  /** Of the module's version, where it is known. */
  digest?: string;
  installed: InstalledExtension[];
}

export interface Setting {
  name: string;
  value: string;
}

export interface SnapshotRoles {
  ownerRole: string;
  runtimeRole: string;
}

/** What a table's rows sum up to. */
export interface TableSum {
  schema: string;
  name: string;
  rows: number;
  /** Of the bytes that COPY wrote, in the order of the rows. */
  sha256: string;
  /** Of the stored generated columns, which COPY does not write. */
  generated?: string;
}

export interface SnapshotEnd {
  rows: number;
  tables: number;
  /** Absent: no large object. */
  largeObjects?: { oid: string; sha256: string }[];
  sums: TableSum[];
  /** Statements that bring every sequence to where it stood. */
  sequences: string[];
}

/** Rows follow a table, bytes a large object. */
export type SnapshotMessage =
  | SnapshotHeader
  | { table: RowTable }
  | { largeObject: string }
  | { end: SnapshotEnd; sha256: string };
