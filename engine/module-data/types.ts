import type {
  MigrationProblem,
  MigrationVerdict,
  RewrittenLine,
  TableInfo,
} from "../../contract/migration.ts";
import type { Close } from "../core/index.ts";
import type { MigrationFile } from "./migrations/migration-file.ts";
import type { ReverseMigration, ReverseMigrationAnswer, ReverseMigrationInput } from "./reversal/types.ts";

export type {
  MigrationProblem,
  MigrationVerdict,
  RewrittenLine,
  TableInfo,
} from "../../contract/migration.ts";
export type { MigrationFile } from "./migrations/migration-file.ts";
export type * from "./reversal/types.ts";

/** Everything that identifies a module's data in the database. */
export interface ModuleDatabaseNames {
  schema: string;
  ownerRole: string;
  runtimeRole: string;
}

export interface MigrationPreview {
  /** Migrations that would run, in order, as PostgreSQL would get them; `rewritten` is what differs from the author's. */
  pending: { name: string; sql: string; statements: number; rewritten: RewrittenLine[] }[];
  /** Destructive statements found: drops, truncates, lossy type changes. */
  destructive: MigrationVerdict[];
  /** What the version that runs now cannot live with: requests wait while such an upgrade switches. */
  breaking: MigrationVerdict[];
  /** What rewrites or scans a table. */
  slow: MigrationVerdict[];
  /** Reasons to refuse; a plan with any of these cannot be applied. */
  refused: MigrationProblem[];
  /** Indexes that an upgrade builds after its commit, while the module is in use. */
  deferred: DeferredIndex[];
  /** Extensions to be created, and whether the server has them. */
  extensions: { name: string; available: boolean; installed: boolean }[];
}

export interface SchemaInfo {
  tables: TableInfo[];
  rows: number;
  bytes: number;
}

/** An index that is built after the commit of an upgrade, because its table may be large and is in use. */
export interface DeferredIndex {
  migration: string;
  /** 1-based. */
  line: number;
  index: string;
  table: string;
  /** The whole CREATE INDEX CONCURRENTLY. */
  sql: string;
}

export interface IndexProgress {
  index: string;
  /** PostgreSQL's own words: "building index: scanning table". */
  phase: string;
  /** Blocks of the phase. */
  done: number;
  total: number;
}

/** A module's migrations, executed but not committed. Exactly one of the two ends it. */
export interface OpenMigration {
  applied: string[];
  /** Left for `buildIndexes` after the commit. */
  deferred: DeferredIndex[];
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/** A snapshot, restored but not committed. Exactly one of the two ends it. */
export interface OpenRestore {
  rows: number;
  tables: number;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

export interface SnapshotInput {
  module: string;
  version: string;
  file: string;
  /** Of the module's version; the file carries it. */
  digest?: string;
  /** Granted to the module; the file carries them. */
  extensions?: string[];
  /** Of a snapshot that another session of this database exported. Absent: as of now. */
  snapshotId?: string;
  /** Called with the size of each piece of rows read. */
  onBytes?: (bytes: number) => void;
}

/** A module's schema, in a generation or not, as the host's catalogues describe it. */
export interface SchemaFacts {
  module: string;
  /** Granted when it was prepared. */
  extensions: string[];
  /** Of its tables, without indexes. */
  bytes: number;
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

export interface ModuleDatabase {
  names(module: string): ModuleDatabaseNames;
  /**
   * Parses, asks the catalogues, and counts what would be lost or worked on, as the owner; changes nothing.
   * `applied` names migrations already in the ledger. `ran`: the others are in it too, and the question is what they did.
   */
  preview(input: {
    module: string;
    migrations: MigrationFile[];
    extensions: string[];
    applied: string[];
    ran?: boolean;
  }): Promise<MigrationPreview>;
  /** Names in the module's `_prisma_migrations`, read as the owner; empty when there is no schema. */
  appliedMigrations(module: string): Promise<string[]>;
  /**
   * Step 1: roles, schema, rights, limits, granted extensions. Idempotent; takes over kept data.
   * @returns whether the schema was new, so that a crash before the commit drops only what this made
   */
  prepare(input: { module: string; extensions: string[] }): Promise<{ created: boolean }>;
  /**
   * Step 2: the history in one open transaction on a connection logged in as the owner role.
   * @throws MIGRATION_FAILED (migration, line, statement, PostgreSQL's own message), MIGRATION_REFUSED,
   * MIGRATION_HISTORY_DIVERGED, MIGRATION_BLOCKED (tables were in use all the time). Nothing is left on throw.
   */
  migrate(input: {
    module: string;
    migrations: MigrationFile[];
    schema?: string;
    /** What the schema holds goes first, in the same transaction. */
    clear?: boolean;
  }): Promise<OpenMigration>;
  /**
   * After a commit: builds the indexes that were deferred, without holding up writes. Finds by itself which are missing
   * or broke off half built, so it may be called at any time, also after a crash. @returns the names of those built
   * @throws MIGRATION_FAILED when rows forbid an index; the module works on without it
   */
  buildIndexes(input: {
    module: string;
    migrations: MigrationFile[];
    onProgress?: (progress: IndexProgress) => void;
  }): Promise<string[]>;
  /** Drops schema and roles and ends their sessions. Idempotent. */
  drop(module: string): Promise<void>;
  /** Tables with exact row counts, read as the owner. */
  inspect(module: string): Promise<SchemaInfo>;
  exists(module: string): Promise<boolean>;
  /** For the module's process: runtime role, schema on the search path. */
  runtimeUrl(module: string): Promise<string>;
  /** Writes a gzip of NDJSON: a header line, then each table and its rows. @returns bytes and rows */
  exportData(input: {
    module: string;
    version: string;
    file: string;
  }): Promise<{ bytes: number; rows: number; tables: number }>;
  /**
   * The whole schema as of one moment in one file: structure, rows, sequences, enums, views, functions, triggers,
   * comments. The file appears whole or not at all.
   */
  snapshot(input: SnapshotInput): Promise<{ bytes: number; rows: number; tables: number }>;
  /**
   * Replaces everything in the module's prepared schema by a snapshot, in one open transaction as `migrate` does.
   * The tables are locked until one of the two ends it. @throws DIGEST_MISMATCH (nothing is changed)
   */
  restore(input: { module: string; file: string }): Promise<OpenRestore>;
  /** Reads a snapshot to its end. @throws DIGEST_MISMATCH when it is none, or not whole, or damaged */
  checkSnapshot(file: string): Promise<SnapshotFacts>;
  /**
   * How to get from the structure that `from` makes to the one that `to` makes, by SQL that keeps the rows. Tried in
   * schemas of their own, which are gone again; the module's is only read. Some ms per migration, once per process.
   */
  findReverseMigration(input: ReverseMigrationInput): Promise<ReverseMigrationAnswer>;
  /** Runs it, in one open transaction as `migrate` does. May be repeated. @throws MIGRATION_FAILED */
  runReverseMigration(input: {
    module: string;
    way: ReverseMigration;
  }): Promise<Pick<OpenMigration, "commit" | "rollback">>;
  /** Names of modules that have a schema in this database, in a generation or not. */
  listModules(): Promise<string[]>;
  /** As `listModules`, with what making such a schema anew takes. */
  describeModules(): Promise<SchemaFacts[]>;
  /** Connects once and checks version, CREATEROLE and CREATE. @throws DATABASE_TOO_OLD, DATABASE_RIGHTS_MISSING */
  checkServer(): Promise<void>;
  /** Compiles the parser and the migration engine (some 80 ms) before the first install has to. */
  warm(): Promise<void>;
  close: Close;
}
