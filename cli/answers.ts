/** What the commands read of the API's answers; `/api/v1/graft/openapi.json` describes them whole. */
export interface List<T> {
  items: T[];
  nextCursor: string | null;
}

export type AccessSetting =
  | { mode: "everyone" }
  | { mode: "nobody" }
  | { mode: "groups"; groups: string[] }
  | { mode: "rules"; targeting: Record<string, unknown> };

export interface CatalogEntry {
  name: string;
  title: string;
  summary: string;
  type: string;
  latest: string;
}

export interface InstalledModule {
  name: string;
  version: string;
  type: string;
  state: string;
  access: AccessSetting | null;
  generation: number;
}

export type PlanChange =
  | { action: "install"; module: string; version?: string; access?: AccessSetting }
  | { action: "upgrade"; module: string; version?: string }
  | { action: "uninstall"; module: string; data: "keep" | "export" | "delete" }
  | { action: "restore"; snapshot: string }
  | {
      action: "rollback";
      generation: number;
      data?: Record<string, "schema" | "snapshot">;
      settings?: boolean;
    };

export interface Generation {
  number: number;
  createdAt: string;
  actorName: string;
  reason: string;
  current: boolean;
  modules: { name: string; version: string }[];
  changes: ModuleChange[];
}

export interface ModuleChange {
  kind: string;
  name: string;
  from: string | null;
  to: string | null;
}

export interface GenerationDifference {
  from: number;
  to: number;
  modules: ModuleChange[];
  access: { target: string; from: AccessSetting | null; to: AccessSetting | null }[];
  config: { module: string; key: string; secret: boolean; from: unknown; to: unknown }[];
  migrations: { module: string; name: string; change: string }[];
  settingsKnown: boolean;
}

export interface Plan {
  id: string;
  base: number;
  steps: {
    action: "install" | "upgrade" | "uninstall";
    module: string;
    title: string;
    from: string | null;
    to: string | null;
    neededBy: string | null;
    size: number;
    access: AccessSetting | null;
    data: string | null;
  }[];
  sql: {
    module: string;
    migration: string;
    sql: string;
    verdicts?: { kind: "breaking" | "slow" | "destructive"; line: number; reason: string }[];
  }[];
  permissions: { module: string; text: string }[];
  permissionChanges?: { module: string; text: string; change: "added" | "removed"; consent: boolean }[];
  leftOut?: { module: string; from: string; to: string; reason: string }[];
  warnings: { module: string; text: string }[];
  settingsBack?: {
    chosen: boolean;
    access: GenerationDifference["access"];
    config: { module: string; key: string; from: unknown; to: unknown }[];
  } | null;
  dataRollbacks?: {
    module: string;
    chosen: "schema" | "snapshot";
    rows: number;
    schema: { by: string; lost: { kind: string; name: string; rows: number }[] } | null;
    snapshot: { takenAt: string; rows: number } | null;
  }[];
  destructive: {
    module: string;
    tables: { name: string; rows: number }[];
    rows: number;
    statements: { migration: string; line: number; reason: string }[];
  }[];
  blockedBy: { module: string; neededBy: string[] }[];
  keptData: { module: string; version: string; rows: number; keptAt: string }[];
}

export interface KeptData {
  id: string;
  module: string;
  version: string;
  kind: "kept" | "exported" | "snapshot";
  tables: number;
  rows: number;
  bytes: number;
  createdAt: string;
  reason: string | null;
}

export interface Retention {
  snapshotsPerModule: number;
  /** Null: for ever. */
  snapshotDays: number | null;
  keptDays: number | null;
}

export interface Operation {
  id: string;
  status: string;
  title: string;
  steps: { name: string; title: string; status: string; ms: number | null; error?: string }[];
  generation: number | null;
  error: { code: string; detail: string; hint?: string } | null;
  downloads: { module: string; keptDataId: string; bytes: number }[];
}

export interface Health {
  module: string;
  state: string;
  since: string;
  latencyMs: number | null;
  message: string | null;
  rssMb: number | null;
  restarts: number;
}

export interface User {
  id: string;
  email: string;
  name: string;
  role: string;
  status: string;
  groups: string[];
  lastSignInAt: string | null;
}

export interface Group {
  key: string;
  name: string;
  members: number;
}

export interface Token {
  id: string;
  name: string;
  prefix: string;
  userId: string;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

export interface AuditEntry {
  at: string;
  actorName: string;
  action: string;
  summary: string;
}

export interface LogLine {
  at: string;
  stream: string;
  text: string;
}

/** What a backup and a restore say about how far they are. */
export interface Progress {
  phase: string;
  module: string | null;
  bytesDone: number;
  bytesTotal: number;
  modulesDone: number;
  modulesTotal: number;
}

export interface Backup {
  id: string;
  name: string;
  status: "running" | "done" | "failed";
  bytes: number | null;
  progress: Progress | null;
  error: { status: number; code: string; detail: string; hint?: string } | null;
}

export interface Update {
  module: string;
  from: string;
  to: string;
  level: string;
  excluded: boolean;
}

export interface UpgradePolicy {
  enabled: boolean;
  level: "patch" | "minor";
  days: string[];
  from: string;
  to: string;
  timeZone: string;
  excluded: string[];
  open: { start: string; end: string } | null;
  next: { start: string; end: string } | null;
}

export interface UpgradeRun {
  startedAt: string;
  finishedAt: string | null;
  items: { module: string; from: string; to: string; outcome: string; reason: string | null }[];
}

export interface Experiment {
  id: string;
  title: string;
  flagKey: string;
  status: string;
  winner: string | null;
}

export interface ExperimentResults {
  /** When the figures were counted. */
  at: string;
  verdict:
    | { kind: "waiting"; usersNeeded: number }
    | { kind: "undecided" }
    | { kind: "winner" | "control"; variant: string };
  ratio: { alarm: boolean };
  crossed: number;
  alphaEach: number;
  goals: {
    title: string;
    variants: {
      variant: string;
      users: number;
      mean: number;
      difference: number | null;
      low: number | null;
      high: number | null;
      pValue: number | null;
    }[];
  }[];
}

export interface MailStatus {
  server: { host: string; port: number; security: "tls" | "starttls"; signsIn: boolean; from: string } | null;
  queue: {
    waiting: number;
    retrying: number;
    nextAt: string | null;
    lastError: { at: string; message: string; willRetry: boolean } | null;
  };
}
