import { chmod, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { assertRestored } from "../../change/backup/index.ts";
import {
  createListener,
  GraftError,
  type HostDb,
  type Listener,
  type Log,
  type Problem,
  type Settings,
  toProblem,
} from "../../core/index.ts";
import { createModuleDatabase, type ModuleDatabase, migrateHost } from "../../module-data/index.ts";
import { type CatalogService, createCatalogService } from "../../supply/catalog/index.ts";
import { createRegistry, type RegistryRoom } from "../../supply/installed/index.ts";
import { createModuleStore, type ModuleStore } from "../../supply/store/index.ts";
import { createCatalogs } from "./create-catalogs.ts";
import type { Disposer } from "./create-disposer.ts";
import { openDataDir } from "./data-dir.ts";
import { fetchOnMiss } from "./fetch-on-miss.ts";
import { openDatabase } from "./open-database.ts";
import { openSocketDir } from "./open-socket-dir.ts";
import type { HostOptions } from "./types.ts";

/** What every room rests on: the data directory, PostgreSQL, and what can be and is installed. */
export interface Ground {
  settings: Settings;
  log: Log;
  dataDir: string;
  secret: Buffer;
  /** Unix socket on which modules reach the host. */
  hostSocket: string;
  db: HostDb;
  listener: Listener;
  database: ModuleDatabase;
  store: ModuleStore;
  catalog: CatalogService;
  registry: RegistryRoom;
  /** The public face of any error; an unknown one is logged under the id that the problem shows. */
  toProblem(error: unknown): Problem;
}

export async function openGround(options: HostOptions, log: Log, disposer: Disposer): Promise<Ground> {
  const { settings, rootDir, version } = options;
  const { secret, unlock } = openDataDir(settings.dataDir, settings.secret);
  disposer.add("data directory", async () => unlock());
  const socketDir = await openSocketDir(settings.dataDir);
  disposer.add("host socket", () => rm(socketDir, { recursive: true, force: true }));

  const { db, modules, close } = await openDatabase(settings, log);
  disposer.add("PostgreSQL", close);
  await assertRestored(settings.dataDir, db);
  await assertLayout(db);
  const database = createModuleDatabase({ server: modules, secret, log });
  await database.checkServer();
  const applied = await migrateHost(db.url, join(rootDir, "prisma/migrations"));
  if (applied.length > 0) log.info({ applied }, "host schema migrated");
  const listener = createListener(db.url, log);
  disposer.add("notifications", listener.close);

  const local = createModuleStore(await closedFolder(join(settings.dataDir, "store")));
  const catalog = createCatalogService(
    createCatalogs(settings.catalogs, rootDir, { store: local, log }),
    version,
  );
  return {
    ...{ settings, log, dataDir: settings.dataDir, secret, db, listener, database, catalog },
    hostSocket: join(socketDir, "host.sock"),
    store: fetchOnMiss(local, catalog.versions),
    registry: createRegistry(db),
    toProblem: (error) =>
      toProblem(error, (errorId, cause) => log.error({ err: cause, errorId }, "unexpected error")),
  };
}

/** As root others pass through the data directory, and each module gets of the store what is its own. */
async function closedFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await chmod(path, 0o700);
  return path;
}

/** An earlier Graft kept modules in schemas of the host's database, which nothing here would find. @throws CONFLICT */
async function assertLayout({ pool }: HostDb): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT nspname::text AS name FROM pg_namespace
     WHERE nspname LIKE 'm\\_%' AND pg_get_userbyid(nspowner) LIKE 'graft\\_%\\_o' LIMIT 1`,
  );
  if (rows[0])
    throw new GraftError(
      "CONFLICT",
      `This database was made by an earlier Graft, which kept modules in schemas (${rows[0].name}); this one keeps them in databases.`,
      { hint: "Start with a new data directory, or a new database, and install the modules again." },
    );
}
