import type { Backups } from "../../change/backup/index.ts";
import type { Install } from "../../change/install/index.ts";
import type { Plans } from "../../change/plan/index.ts";
import type { Upgrades } from "../../change/upgrades/index.ts";
import type { Close, HostDb, Log, Problem, Settings } from "../../core/index.ts";
import type { Flags } from "../../decisions/index.ts";
import type { Experiments } from "../../engagement/experiments/index.ts";
import type { Home } from "../../engagement/home/index.ts";
import type { Notifications } from "../../engagement/notifications/index.ts";
import type { ModuleDatabase } from "../../module-data/index.ts";
import type { Access } from "../../people/index.ts";
import type { Gateway, GatewayDeps } from "../../serving/gateway/index.ts";
import type { Health } from "../../serving/health/index.ts";
import type { Runtime } from "../../serving/runtime/index.ts";
import type { CatalogService } from "../../supply/catalog/index.ts";
import type { Registry } from "../../supply/installed/index.ts";
import type { ModuleStore } from "../../supply/store/index.ts";

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
export interface Engine {
  settings: Settings;
  log: Log;
  /** Graft's own version. */
  version: string;
  /** 32 bytes, from GRAFT_SECRET or `.graft/secret`; derive keys from it, never use it directly. */
  secret: Buffer;
  db: HostDb;
  store: ModuleStore;
  /** What is installed, and which version of it serves here. */
  registry: Registry;
  catalog: CatalogService;
  database: ModuleDatabase;
  access: Access;
  flags: Flags;
  home: Home;
  notifications: Notifications;
  experiments: Experiments;
  runtime: Runtime;
  health: Health;
  plans: Plans;
  install: Install;
  upgrades: Upgrades;
  backups: Backups;
  /** Ready to serve: database reachable and migrated, recovery done. */
  ready(): Promise<{ ready: boolean; problems: string[] }>;
  /** The public face of any error; an unknown one is logged under the id that the problem shows. */
  toProblem(error: unknown): Problem;
  close: Close;
}
