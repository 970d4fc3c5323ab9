import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  assertDatabaseEmpty,
  assertKnown,
  assertPostgres,
  assertSignedBy,
  type BackupManifest,
  clearDatabase,
  contentOf,
  markDatabase,
  markOfDatabase,
  newMarker,
  placeFiles,
  type RestoreProgress,
  readArchive,
  readMarker,
  readSecret,
  removeMarker,
  restoreDatabase,
  stageBackup,
  stagingName,
  unfinished,
  unmarkDatabase,
  writeMarker,
} from "../../change/backup/index.ts";
import { createLog, faultPoint, GraftError, type Settings } from "../../core/index.ts";
import { createModuleDatabase } from "../../module-data/index.ts";
import { givenSecret, lockDataDir } from "./data-dir.ts";
import { openDatabase } from "./open-database.ts";

export interface RestoreHostOptions {
  settings: Settings;
  /** Graft's own. */
  version: string;
  /** Graft's own folder. */
  rootDir: string;
  file: string;
  onProgress?: (progress: RestoreProgress) => void;
}

/**
 * The system of a backup, onto an empty data directory and database. All or nothing: on a throw everything is as it
 * was; killed in the middle, the host does not start and the next restore begins anew.
 * @throws DATA_DIR_IN_USE, RESTORE_NOT_EMPTY, BACKUP_INVALID, BACKUP_TOO_NEW, DISK_FULL, and what PostgreSQL says
 */
export async function restoreHost(options: RestoreHostOptions): Promise<BackupManifest> {
  const { settings, file, rootDir, version } = options;
  const { dataDir } = settings;
  // Before anything is made: a wrong file or a newer one is refused with nothing touched.
  const { manifest } = await readArchive(file, { manifestOnly: true });
  await assertKnown(manifest, { file, version, migrationsDir: join(rootDir, "prisma/migrations") });
  const existed = await stat(dataDir).then(
    () => true,
    () => false,
  );
  const unlock = lockDataDir(dataDir);
  try {
    await clearLeftovers(options);
    await assertDataDirEmpty(dataDir);
    await restoreInto(options);
  } finally {
    unlock();
    // Made for nothing.
    if (!existed && (await readdir(dataDir)).length === 0) await rm(dataDir, { recursive: true });
  }
  return manifest;
}

async function restoreInto(options: RestoreHostOptions): Promise<void> {
  const { settings, file } = options;
  const { dataDir } = settings;
  const marker = newMarker(file);
  const staging = join(dataDir, stagingName);
  const progress = trackProgress(options, (await stat(file)).size);
  let placed = false;
  await writeMarker(dataDir, marker);
  faultPoint("restore.mark.after");
  try {
    const { manifest, signedBy } = await stageBackup(file, staging, progress.addBytes);
    assertSignedBy(file, signedBy, settings.backup.key);
    faultPoint("restore.stage.after");
    const secret = await readSecret(file, staging);
    assertSecret(secret, settings.secret);
    progress.update({ modulesTotal: manifest.modules.length });
    await withDatabase(options, secret, async (deps) => {
      await assertPostgres(deps.db, manifest, file);
      await assertDatabaseEmpty(deps);
      if ((await markOfDatabase(deps.db)) !== null) throw unfinished(null, dataDir);
      await deps.database.checkServer();
      await markDatabase(deps.db, marker);
      faultPoint("restore.mark-database.after");
      try {
        await restoreDatabase(deps, { manifest, staging }, progress.update);
        progress.update({ phase: "finishing", module: null, modulesDone: manifest.modules.length });
        await placeFiles(dataDir, staging, settings.secret === undefined ? secret : null);
        faultPoint("restore.place.after");
        await writeMarker(dataDir, { ...marker, phase: "finishing" });
        placed = true;
        faultPoint("restore.finish.after");
      } catch (error) {
        await clearDatabase(deps);
        await unmarkDatabase(deps.db);
        throw error;
      }
      await unmarkDatabase(deps.db);
      faultPoint("restore.unmark-database.after");
    });
  } catch (error) {
    // All is there; the next start takes the marks away.
    if (placed) throw error;
    await emptyDataDir(dataDir);
    await removeMarker(dataDir);
    throw error;
  }
  await removeMarker(dataDir);
  progress.update({ phase: "done", module: null });
}

/** Rows of tables made in the same transaction are then written once, not to the log as well; they are flushed at its commit. */
const loading = {
  wal_level: "minimal",
  max_wal_senders: "0",
  max_wal_size: "4GB",
  synchronous_commit: "off",
};

type Deps = Parameters<typeof clearDatabase>[0];

/** The database of the settings, for as long as `work` takes. */
async function withDatabase(
  { settings, rootDir }: RestoreHostOptions,
  secret: Buffer,
  work: (deps: Deps) => Promise<void>,
): Promise<void> {
  const log = createLog(settings.logLevel);
  const { db, modules, close } = await openDatabase(settings, log, loading);
  try {
    const database = createModuleDatabase({ server: modules, secret, log });
    const migrationsDir = join(rootDir, "prisma/migrations");
    await work({ db, database, dataDir: settings.dataDir, migrationsDir });
    await database.close();
  } finally {
    await close();
  }
}

/** What a restore that was broken off has left: it is taken away, so that this one begins on the same empty machine. */
async function clearLeftovers(options: RestoreHostOptions): Promise<void> {
  const { dataDir } = options.settings;
  const marker = await readMarker(dataDir);
  if (marker === null) return;
  if (marker.phase === "finishing") {
    throw new GraftError(
      "RESTORE_NOT_EMPTY",
      `${marker.file} was restored here already, up to its last step.`,
      {
        hint: "Start Graft with `npm start`: it does that step.",
      },
    );
  }
  await withDatabase(options, Buffer.alloc(32), async (deps) => {
    if ((await markOfDatabase(deps.db)) !== marker.id) return;
    await clearDatabase(deps);
    await unmarkDatabase(deps.db);
  });
  await emptyDataDir(dataDir);
  await removeMarker(dataDir);
}

async function emptyDataDir(dataDir: string): Promise<void> {
  for (const name of await contentOf(dataDir))
    await rm(join(dataDir, name), { recursive: true, force: true });
}

async function assertDataDirEmpty(dataDir: string): Promise<void> {
  const content = await contentOf(dataDir);
  if (content.length === 0) return;
  const shown = content.length > 8 ? [...content.slice(0, 7), `${content.length - 7} more`] : content;
  throw new GraftError(
    "RESTORE_NOT_EMPTY",
    `The data directory ${dataDir} is not empty: it has ${shown.join(", ")}.`,
    {
      hint: "Set GRAFT_DATA_DIR to another folder, or move this one away. Nothing was changed.",
      details: { dataDir, content },
    },
  );
}

function assertSecret(secret: Buffer, given: string | undefined): void {
  if (given === undefined || givenSecret(given).equals(secret)) return;
  throw new GraftError("CONFLICT", "GRAFT_SECRET is not the secret that the backup was made with.", {
    hint: "Set it to that one, or unset it: the backup brings its own. Nothing was changed.",
  });
}

function trackProgress({ onProgress }: RestoreHostOptions, bytesTotal: number) {
  const state: RestoreProgress = {
    phase: "reading",
    module: null,
    bytesDone: 0,
    bytesTotal,
    modulesDone: 0,
    modulesTotal: 0,
  };
  const update = (change: Partial<RestoreProgress>) => {
    Object.assign(state, change);
    onProgress?.({ ...state });
  };
  return { update, addBytes: (bytes: number) => update({ bytesDone: state.bytesDone + bytes }) };
}
