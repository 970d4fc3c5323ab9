import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import type { z } from "zod";
import type { ReadyView } from "../../../contract/meta.ts";
import type { Backups } from "../../change/backup/index.ts";
import type { Install } from "../../change/install/index.ts";
import type { Plans } from "../../change/plan/index.ts";
import type { Upgrades } from "../../change/upgrades/index.ts";
import type { Actor, Log, Role, Settings } from "../../core/index.ts";
import type { Flags } from "../../decisions/index.ts";
import type { Experiments } from "../../engagement/experiments/index.ts";
import type { Home } from "../../engagement/home/index.ts";
import type { Notifications } from "../../engagement/notifications/index.ts";
import type { Access, Identity } from "../../people/index.ts";
import type { Caller } from "../../serving/gateway/index.ts";
import type { Health } from "../../serving/health/index.ts";
import type { Runtime } from "../../serving/runtime/index.ts";
import type { CatalogService } from "../../supply/catalog/index.ts";
import type { Registry } from "../../supply/installed/index.ts";

/** What the API serves; `Engine` adds what only the process itself needs. */
export interface ApiEngine {
  settings: Pick<Settings, "publicUrl" | "dataDir" | "checkAnswers">;
  log: Log;
  /** Graft's own version. */
  version: string;
  catalog: CatalogService;
  /** What is installed, and which version of it serves here. */
  registry: Registry;
  access: Access;
  flags: Flags;
  home: Home;
  notifications: Notifications;
  experiments: Experiments;
  runtime: Runtime;
  health: Health;
  plans: Plans;
  install: Install;
  backups: Backups;
  upgrades: Upgrades;
  /** Ready to serve: database reachable and migrated, recovery done. */
  ready(): Promise<ReadyView>;
}

/** The host's HTTP API below `/api/v1/graft`, behind the gateway, which has already proven who calls. */
export type Api = (req: IncomingMessage, res: ServerResponse, caller: Caller | null) => void;

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** `/modules/{module}/access` has `{ module: string }`. */
export type ParamsOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { [Key in Name | keyof ParamsOf<Rest>]: string }
  : Record<never, string>;

/** One request, authorised and validated. */
export interface Call<Params = Record<string, string>, Query = unknown, Body = unknown> {
  engine: ApiEngine;
  actor: Actor;
  identity: Identity;
  params: Params;
  query: Query;
  body: Body;
  /** The client asked for server-sent events. */
  wantsEvents: boolean;
  /** Address of this host as the client sees it, without a slash at the end. */
  baseUrl: string;
  /** The body of a route that takes a file; what is left of it is read and thrown away. */
  upload: Readable;
  /** Aborts when the client leaves. */
  signal: AbortSignal;
}

/** A call of nobody in particular: no actor, no identity. */
export type PublicCall<Params, Query, Body> = Omit<Call<Params, Query, Body>, "actor" | "identity"> & {
  ip: string | undefined;
};

export interface RouteInfo {
  method: Method;
  /** Below `/api/v1/graft`, parameters in braces. */
  path: string;
  summary: string;
  /** The least role that may call; `public`: anybody. */
  role: Role | "public";
  query: z.ZodType | undefined;
  body: z.ZodType | undefined;
  /** Of a successful answer. */
  status: number;
  /** What a successful answer holds. Undefined: nothing, a file, or only server-sent events. */
  answer: z.ZodType | undefined;
  /** What server-sent events hold, by name; `message` has none in the stream. Undefined: there are none. */
  events: Record<string, z.ZodType> | undefined;
  /** Takes a file as its body. */
  upload: boolean;
}

/** A row of the route table; its handler's types have been checked where it was defined. */
export interface Route extends RouteInfo {
  handle(call: Call): unknown;
}

/** Anything but a plain JSON answer. */
export type Answer =
  | { kind: "graft-reply"; status: number; body: unknown; headers: Record<string, string> }
  | { kind: "graft-events"; events: AsyncIterable<ServerEvent> }
  | { kind: "graft-file"; path: string; name: string; bytes: number; mediaType: string; once?: boolean };

export interface ServerEvent {
  /** Absent: a `message`. */
  event?: string;
  data: unknown;
}
