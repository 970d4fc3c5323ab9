import type { AccessSetting } from "../contract/access.ts";

/** What the commands read of the API's answers; `/api/v1/graft/openapi.json` describes them whole. */
export interface List<T> {
  items: T[];
  nextCursor: string | null;
}

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
