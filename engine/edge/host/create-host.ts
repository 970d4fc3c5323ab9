import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GoalSource } from "../../../contract/experiments.ts";
import { assertRestored, createBackups } from "../../change/backup/index.ts";
import { createInstall } from "../../change/install/index.ts";
import { createPlans } from "../../change/plan/index.ts";
import { createUpgrades } from "../../change/upgrades/index.ts";
import { createListener, createLog, type Digest, type Settings, toProblem } from "../../core/index.ts";
import { createFlags } from "../../decisions/index.ts";
import { createExperiments } from "../../engagement/experiments/index.ts";
import { createHome } from "../../engagement/home/index.ts";
import {
  createMailer,
  createNotifications,
  type NotificationSource,
} from "../../engagement/notifications/index.ts";
import { createModuleDatabase, migrateHost } from "../../module-data/index.ts";
import { createAccess, setUpFromSettings } from "../../people/index.ts";
import { createGateway, type Gateway, type GatewayDeps } from "../../serving/gateway/index.ts";
import { createHealth } from "../../serving/health/index.ts";
import { createRuntime } from "../../serving/runtime/index.ts";
import { createCatalogService } from "../../supply/catalog/index.ts";
import type { InstalledModule } from "../../supply/installed/index.ts";
import { resolve } from "../../supply/resolver/index.ts";
import { createModuleStore } from "../../supply/store/index.ts";
import { createApi, createModuleApi, createOfrep } from "../api/index.ts";
import { createCatalogs } from "./create-catalogs.ts";
import { createDisposer } from "./create-disposer.ts";
import { openDataDir } from "./data-dir.ts";
import { fetchOnMiss } from "./fetch-on-miss.ts";
import { createHostFile } from "./host-file.ts";
import { openDatabase } from "./open-database.ts";
import type { Engine } from "./types.ts";

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

/** Puts everything together. On a throw, whatever was started has been ended again. */
export async function createHost(options: HostOptions): Promise<Host> {
  const { settings } = options;
  const log = createLog(settings.logLevel);
  const disposer = createDisposer(log);
  try {
    return await compose(options, log, disposer);
  } catch (error) {
    await disposer.run();
    throw error;
  }
}

type Disposer = ReturnType<typeof createDisposer>;

async function compose(options: HostOptions, log: Engine["log"], disposer: Disposer): Promise<Host> {
  const { settings, version, rootDir } = options;
  const dataDir = openDataDir(settings.dataDir, settings.secret);
  disposer.add("data directory", async () => dataDir.unlock());
  const { secret } = dataDir;
  const hostFile = createHostFile(settings.dataDir);
  const socketDir = await openSocketDir(settings.dataDir);
  disposer.add("host socket", () => rm(socketDir, { recursive: true, force: true }));

  const { db, embedded } = await openDatabase(settings, log);
  if (embedded) disposer.add("PostgreSQL", embedded.stop);
  disposer.add("database connections", db.close);
  await assertRestored(settings.dataDir, db);
  const database = createModuleDatabase({ db, secret, log });
  await database.checkServer();
  const applied = await migrateHost(db.url, join(rootDir, "prisma/migrations"));
  if (applied.length > 0) log.info({ applied }, "host schema migrated");

  const listener = createListener(db.url, log);
  disposer.add("notifications", listener.close);
  const local = createModuleStore(join(settings.dataDir, "store"));
  const catalog = createCatalogService(createCatalogs(settings.catalogs, rootDir, { store: local, log }));
  const store = fetchOnMiss(local, catalog.versions);
  const access = await createAccess({ db, log, listener });
  disposer.add("access", access.close);
  await setUpFromSettings(access, settings, log);
  const flags = await createFlags({ db, access, log, listener });
  disposer.add("flags", flags.close);
  const runtime = createRuntime({
    log,
    blobPath: store.blobPath,
    sdkServerPath: join(rootDir, "sdk/dist/server.js"),
    leave: (module, socket) => gateway.leave(module, socket),
  });
  disposer.add("module processes", runtime.close);
  const health = createHealth({
    db,
    runtime,
    log,
    gateTimeoutMs: options.gateTimeoutMs,
    manifestOf: (name) => install.registry.get(name)?.manifest ?? null,
  });
  disposer.add("health", health.close);

  const problemOf = (error: unknown) =>
    toProblem(error, (errorId, cause) => log.error({ err: cause, errorId }, "unexpected error"));
  const install = createInstall({
    ...{ db, log, listener, store, database, flags, runtime, health, secret },
    dataDir: settings.dataDir,
    offered: async () => (await catalog.versions()).map(({ digest }) => digest),
    hostSocket: () => gateway.hostSocket,
    hold: (name) => gateway.hold(name),
    release: (name) => gateway.release(name),
    toProblem: problemOf,
    plansOf: (known) =>
      createPlans({ ...known, db, catalog, store, resolve, database, flags, graftVersion: version }),
  });
  const { registry } = install;
  const backups = createBackups({
    ...{ db, log, access, database, install, secret, version },
    dataDir: settings.dataDir,
    toProblem: problemOf,
  });
  const home = createHome({
    ...{ db, access, flags, log },
    widgets: () =>
      registry
        .list()
        .flatMap(({ name, manifest }) =>
          manifest.widgets.map(({ id, size, config }) => ({ target: `${name}/${id}`, size, config })),
        ),
  });
  const { smtpUrl, mailFrom } = settings;
  let servedAt = settings.publicUrl ?? "";
  const notifications = createNotifications({
    ...{ db, access, flags, log, listener },
    sources: () => registry.list().flatMap(notificationSources),
    mailer: smtpUrl && mailFrom ? createMailer(smtpUrl, mailFrom) : null,
    baseUrl: () => servedAt.replace(/\/$/, ""),
  });
  disposer.add("notifications to users", notifications.close);
  const upgrades = createUpgrades({ db, log, catalog, plans: install.plans, install });
  const experiments = await createExperiments({
    ...{ db, access, flags, log, listener },
    sources: () => registry.list().flatMap(goalSources),
  });
  disposer.add("experiments", experiments.close);
  let recovered = false;
  const engine: Engine = {
    ...{
      settings,
      log,
      version,
      secret,
      db,
      store,
      catalog,
      database,
      access,
      flags,
      home,
      notifications,
      experiments,
      runtime,
      health,
      install,
      upgrades,
      backups,
    },
    plans: install.plans,
    toProblem: problemOf,
    ready: () => readiness(db, () => recovered),
    close: disposer.run,
  };
  const api = createApi(engine);
  const gateway = await createGateway({
    ...{ log, secret, flags, health, store, hostToken: hostFile.token, hostApi: api },
    ofrep: createOfrep(engine),
    features: flags.features,
    moduleApi: createModuleApi(engine),
    publicUrl: settings.publicUrl,
    directory: access.directory,
    // While an upgrade goes on, requests are signed for and sent to the version that serves.
    routes: {
      list: registry.list,
      get: (name) => registry.get(name) && (install.activation.served(name) ?? registry.get(name)),
    },
    // The route opens when the health gate has passed, not when the socket is there.
    runtime: { socket: (name) => (install.activation.served(name) ? runtime.socket(name) : null) },
    knowsDigest: async (digest: Digest) =>
      registry.list().some((module) => module.digest === digest) ||
      (await catalog.versions()).some((candidate) => candidate.digest === digest),
    identifyCookie: options.identifyCookie(secret),
    ready: engine.ready,
    sdkFile: join(rootDir, "sdk/dist/client.js"),
    socketDir,
  });
  disposer.add("gateway", gateway.close);
  disposer.add("operations", install.close);
  disposer.add("automatic upgrades", upgrades.close);
  disposer.add("backups", backups.close);

  await install.recover();
  recovered = true;
  return {
    engine,
    gateway,
    serveAt(url) {
      servedAt ||= url;
      hostFile.write(url);
      disposer.add("host file", async () => hostFile.remove());
      // The first install need not wait for what can be compiled before.
      void database
        .warm()
        .catch((error) => log.warn({ err: error }, "the schema engine could not be warmed"));
      install
        .converge()
        .catch((error) => log.error({ err: error }, "could not start the installed modules"))
        .then(upgrades.start);
    },
  };
}

function notificationSources({ name, title, manifest }: InstalledModule): NotificationSource[] {
  return Object.entries(manifest.notifications ?? {}).map(([kind, declared]) => ({
    module: name,
    moduleTitle: title,
    kind,
    title: declared.title,
    description: declared.description ?? "",
    mail: declared.mail,
    hasPages: manifest.pages.length > 0,
  }));
}

function goalSources({ name, title, manifest }: InstalledModule): GoalSource[] {
  return Object.entries(manifest.goals ?? {}).map(([goal, declared]) => ({
    module: name,
    moduleTitle: title,
    goal,
    title: declared.title,
    description: declared.description ?? "",
    kind: declared.kind,
  }));
}

async function readiness(
  db: Engine["db"],
  recovered: () => boolean,
): Promise<{ ready: boolean; problems: string[] }> {
  const problems: string[] = [];
  if (!recovered()) problems.push("Unfinished operations are being recovered.");
  try {
    await db.pool.query({ text: "SELECT 1", query_timeout: 2000 } as { text: string });
  } catch (error) {
    problems.push(`PostgreSQL does not answer: ${(error as Error).message}`);
  }
  return { ready: problems.length === 0, problems };
}

/** Below the data directory, so that the next start clears it after a crash; elsewhere where that path is too long for a socket. */
async function openSocketDir(dataDir: string): Promise<string> {
  const dir = join(dataDir, "run");
  if (Buffer.byteLength(dir) >= 90) return mkdtemp(join(tmpdir(), "graft-host-"));
  await rm(dir, { recursive: true, force: true });
  return dir;
}
