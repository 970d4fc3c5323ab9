import type { Close, HostDb, Problem, Settings } from "../../core/index.ts";
import type { Markdown } from "../../core/markdown/index.ts";
import type { ModuleDatabase } from "../../module-data/index.ts";
import type { Gateway, GatewayDeps } from "../../serving/gateway/index.ts";
import type { ModuleStore } from "../../supply/store/index.ts";
import type { ApiEngine } from "../api/index.ts";

export interface HostOptions {
  settings: Settings;
  version: string;
  /** Graft's own folder: prisma/, sdk/dist, modules/.built. */
  rootDir: string;
  /** Decodes the session cookie with a key derived from the engine's secret. */
  identifyCookie(secret: Buffer): GatewayDeps["identifyCookie"];
  /** How long a module that starts may take until it is healthy; 15 s where nothing is said. */
  gateTimeoutMs?: number;
}

export interface Host {
  engine: Engine;
  gateway: Gateway;
  /** Writes `.graft/host.json`, then starts the installed modules in the background. */
  serveAt(url: string): void;
}

/** The running engine: what server.ts makes, the gateway and the API serve, and lib hands to Next. */
export interface Engine extends ApiEngine {
  settings: Settings;
  /** Draws what modules and people wrote. */
  markdown: Markdown;
  /** 32 bytes, from GRAFT_SECRET or `.graft/secret`; derive keys from it, never use it directly. */
  secret: Buffer;
  db: HostDb;
  store: ModuleStore;
  database: ModuleDatabase;
  /** The public face of any error; an unknown one is logged under the id that the problem shows. */
  toProblem(error: unknown): Problem;
  close: Close;
}
