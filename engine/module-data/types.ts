import type { MigrationProblem, MigrationVerdict, TableInfo } from "../../contract/migration.ts";
import type { Close } from "../core/index.ts";
import type { DataPlace } from "./data-place.ts";
import type { MigrationFile } from "./migrations/migration-file.ts";
import type { ReverseMigration, ReverseMigrationAnswer, ReverseMigrationInput } from "./reversal/types.ts";

export type { MigrationProblem, MigrationVerdict, TableInfo } from "../../contract/migration.ts";
export type { DataPlace } from "./data-place.ts";
export type { MigrationFile } from "./migrations/migration-file.ts";
export type * from "./reversal/types.ts";

/** A module has two roles, whichever of its databases they are in. */
export interface ModuleRoles {
  /** Owns the databases. Only the host logs in with it. */
  ownerRole: string;
  /** Of the module's process: rows yes, structure no. */
  runtimeRole: string;
}

export interface DatabaseFacts extends DataPlace {
  /** On the disk, without the system's own catalogues. */
  bytes: number;
}

export interface ExtensionFacts {
  name: string;
  /** The server has it. */
  available: boolean;
  /** PostgreSQL lets the owner of a database create it. */
  trusted: boolean;
  /** In the module's database. */
  installed: boolean;
}

export interface MigrationPreview {
  /** Migrations that would run, in order, as their author wrote them. */
  pending: { name: string; sql: string; statements: number }[];
  /** Destructive statements found: drops, truncates, lossy type changes. */
  destructive: MigrationVerdict[];
  /** What the version that runs now cannot live with. */
  breaking: MigrationVerdict[];
  /** What rewrites or scans a table. */
  slow: MigrationVerdict[];
  /** Why they cannot all run in one transaction; none: they can. */
  alone: MigrationProblem[];
  /** Reasons to refuse; a plan with any of these cannot be applied. */
  refused: MigrationProblem[];
  /** Tables that they hide rows of from the module's process, by row security that is forced or restricts everybody. */
  forced: string[];
  extensions: ExtensionFacts[];
  /** The host may create extensions that PostgreSQL does not trust. */
  mayCreateUntrusted: boolean;
}

export interface DataInfo {
  tables: TableInfo[];
  rows: number;
  bytes: number;
  /** Every table was counted; otherwise some are as PostgreSQL estimates. */
  exact: boolean;
}

/** A module's data, changed in place but not committed. Exactly one of the two ends it. */
export interface OpenMigration {
  applied: string[];
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

export interface RestoreResult {
  rows: number;
  tables: number;
  /** Constraints that the rows do not satisfy any more, put in as NOT VALID. */
  notValid: string[];
}

export interface SnapshotProof extends RestoreResult {
  /** Objects, tables and rights that came back otherwise than the file has them; none: equal. */
  differences: string[];
}

export interface SnapshotInput {
  place: DataPlace;
  version: string;
  file: string;
  /** Of the module's version; the file carries it. */
  digest?: string;
  /** Called with the size of each piece of rows read. */
  onBytes?: (bytes: number) => void;
}

/** What a snapshot's file says of itself. */
export interface SnapshotFacts {
  module: string;
  version: string;
  digest: string | null;
  extensions: string[];
  takenAt: string;
  rows: number;
  tables: number;
}

export interface HistoryInput {
  place: DataPlace;
  migrations: MigrationFile[];
  extensions: readonly string[];
}

export interface ModuleDatabase {
  roles(module: string): ModuleRoles;
  /** As the server knows it. */
  nameOf(place: DataPlace): string;
  /**
   * Parses, asks the catalogues, and counts what would be lost or worked on, as the owner; changes nothing.
   * `applied` names migrations already in the ledger. `ran`: the others are in it too, and the question is what they did.
   */
  preview(input: {
    /** Null: it has no data yet. */
    place: DataPlace | null;
    migrations: MigrationFile[];
    extensions: string[];
    applied: string[];
    ran?: boolean;
  }): Promise<MigrationPreview>;
  /** Names in the database's `_prisma_migrations`, read as the owner; empty when there is no such database. */
  appliedMigrations(place: DataPlace): Promise<string[]>;
  /** Roles, and an empty database of theirs. What stood under this number goes. @throws EXTENSION_UNAVAILABLE */
  create(input: { place: DataPlace; extensions: readonly string[] }): Promise<void>;
  /**
   * All of `from` as a second database. The module's process loses its sessions on `from` and gets none until `admit`.
   * What stood under the number of `to` goes.
   */
  copy(input: { module: string; from: number; to: number; extensions: readonly string[] }): Promise<void>;
  /**
   * The module's process may log in to this database, until `retire`. `readOnly`: its sessions begin with transactions that may
   * not write. It can say otherwise for its own; then what it writes stays in a database that it is about to leave.
   */
  admit(place: DataPlace, options?: { readOnly?: boolean }): Promise<void>;
  /** The module's process loses its sessions and may log in no more; the database stands as it is. */
  retire(place: DataPlace): Promise<void>;
  /**
   * The history, file by file as Prisma runs it, in a database that nothing names yet. On the disk when this resolves; on a throw
   * it is half made and to be dropped. @returns the names applied now
   * @throws MIGRATION_FAILED (migration, line, statement, PostgreSQL's own message), MIGRATION_REFUSED,
   * MIGRATION_HISTORY_DIVERGED
   */
  runHistory(input: HistoryInput): Promise<string[]>;
  /**
   * What is pending, while the module serves: in one transaction that stays open. Nothing is left on a throw.
   * @throws as `runHistory`, and MIGRATION_BLOCKED (tables were in use all the time)
   */
  migrateInPlace(input: HistoryInput): Promise<OpenMigration>;
  /** Ends what the host runs as the module's owner. */
  interrupt(module: string): Promise<void>;
  /** Drops the database and ends its sessions; with a module's last one its roles go. Idempotent. */
  drop(place: DataPlace): Promise<void>;
  /** Tables with their rows, read as the owner: counted within the budget (1.5 s), else as PostgreSQL estimates. */
  inspect(place: DataPlace, options?: { budgetMs?: number }): Promise<DataInfo>;
  exists(place: DataPlace): Promise<boolean>;
  /** For the module's process. */
  runtimeUrl(place: DataPlace): Promise<string>;
  /** Writes a gzip of NDJSON: a header line, then each table and its rows. @returns bytes and rows */
  exportData(input: {
    place: DataPlace;
    version: string;
    file: string;
  }): Promise<{ bytes: number; rows: number; tables: number }>;
  /**
   * The whole database as of one point in time in one file: structure, rows, sequences, enums, views, functions, triggers,
   * comments. The file appears whole or not at all.
   */
  snapshot(input: SnapshotInput): Promise<{ bytes: number; rows: number; tables: number }>;
  /** Connects, and opens a view of the whole database as it is then, which later snapshots of it show. */
  connectPointInTime(place: DataPlace): Promise<PointInTime>;
  /**
   * A snapshot's content into a database that was just created and that nothing names yet.
   * @throws DIGEST_MISMATCH; then it is half made and to be dropped
   */
  restore(input: { place: DataPlace; file: string }): Promise<RestoreResult>;
  /**
   * Restores a snapshot into a database that is gone afterwards, and compares it with the file. What the module's process
   * works on is not touched. @throws DIGEST_MISMATCH, and what PostgreSQL says when it cannot be restored
   */
  prove(input: { module: string; file: string }): Promise<SnapshotProof>;
  /** As `prove`, for rows of the host's own tables, as these migrations made them. */
  proveHost(input: { file: string; migrationsDir: string; migrations: string[] }): Promise<SnapshotProof>;
  /** What a proof that was broken off left. Not while another is being made. */
  clearProofs(): Promise<void>;
  /** Reads a snapshot to its end. @throws DIGEST_MISMATCH when it is none, or not whole, or damaged */
  checkSnapshot(file: string): Promise<SnapshotFacts>;
  /**
   * How to get from the structure that `from` makes to the one that `to` makes, by SQL that keeps the rows. Tried in
   * databases of their own, which are gone again; the module's is only read. Some ms per migration, once per process.
   */
  findReverseMigration(input: ReverseMigrationInput): Promise<ReverseMigrationAnswer>;
  /** Runs it, in one open transaction as `migrateInPlace` does. May be repeated. @throws MIGRATION_FAILED */
  runReverseMigration(input: {
    place: DataPlace;
    way: ReverseMigration;
  }): Promise<Pick<OpenMigration, "commit" | "rollback">>;
  /** All databases of this host's modules, in a generation or not. */
  list(): Promise<DatabaseFacts[]>;
  /** An empty database in store, for the next install. */
  keepSpare(): Promise<void>;
  /** Ends what processes on this machine left running in their databases when they ended. */
  endDeserted(): Promise<void>;
  /** From now on ends sessions of modules that keep everybody else from working, until `close`. */
  watch(): void;
  /** Also spare and trial databases. For a server that is given up. */
  dropAll(): Promise<void>;
  /** Connects once and checks version, CREATEROLE and CREATEDB. @throws DATABASE_TOO_OLD, DATABASE_RIGHTS_MISSING */
  checkServer(): Promise<void>;
  /** Compiles the parser and the migration engine (some 80 ms) before the first install has to. */
  warm(): Promise<void>;
  close: Close;
}

export interface PointInTime {
  /** One round trip. */
  open(): Promise<void>;
  /** Of the data as it was when it was opened. */
  snapshot(input: Omit<SnapshotInput, "place">): Promise<{ bytes: number; rows: number; tables: number }>;
  close(): Promise<void>;
}
