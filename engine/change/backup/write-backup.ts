import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { faultPoint, GraftError, type HostDb, isGraftError } from "../../core/index.ts";
import {
  type DatabaseSnapshot,
  type ModuleDatabase,
  openSnapshot,
  type PointInTime,
  writeHostRows,
} from "../../module-data/index.ts";
import type { Traffic } from "../../serving/gateway/index.ts";
import type { Registry } from "../../supply/installed/index.ts";
import { type Install, withoutRunningOperation } from "../install/index.ts";
import { type ArchiveWriter, createArchiveWriter } from "./archive-writer.ts";
import { type DataFile, listDataFiles, listStoreFiles } from "./data-files.ts";
import {
  type BackupManifest,
  type BackupModule,
  entryNames,
  entryOf,
  explainDiskFull,
  formatVersion,
} from "./format.ts";
import { openSigningKey } from "./signing-key.ts";
import type { BackupProgress, BackupResult } from "./types.ts";

export interface WriteBackupDeps {
  db: HostDb;
  database: ModuleDatabase;
  registry: Registry;
  install: Pick<Install, "keptData">;
  traffic: Pick<Traffic, "hold" | "release">;
  secret: Buffer;
  dataDir: string;
  /** Graft's own. */
  version: string;
}

export interface WriteBackupOptions {
  /** Appears whole and flushed, or not at all. */
  file: string;
  signal?: AbortSignal;
  onProgress?: (progress: BackupProgress) => void;
}

/** How long a change that is going on may take before a backup gives up on beginning. */
const waitMs = 60_000;

/**
 * Everything, as of one moment, while the host and its modules go on working. Nothing is installed or removed
 * meanwhile. @throws OPERATION_IN_PROGRESS, DISK_FULL, and what PostgreSQL says, naming the module
 */
export async function writeBackup(deps: WriteBackupDeps, options: WriteBackupOptions): Promise<BackupResult> {
  const work = `${options.file}.work`;
  const partial = `${options.file}.partial`;
  const { signal } = options;
  try {
    await mkdir(work, { recursive: true, mode: 0o700 });
    const result = await withoutRunningOperation(
      deps.db,
      { waitMs, ...(signal ? { signal } : {}) },
      async () => {
        faultPoint("backup.begin.after");
        const { snapshot, modules } = await openModules(deps);
        try {
          const written = await writeArchive(deps, options, { snapshot, modules, work, partial });
          await snapshot.close();
          return written;
        } catch (error) {
          await snapshot.close(true);
          throw error;
        } finally {
          await Promise.all(modules.map(({ pointInTime }) => pointInTime?.close()));
        }
      },
    );
    faultPoint("backup.rename.before");
    await rename(partial, options.file);
    faultPoint("backup.rename.after");
    return { ...result, bytes: (await stat(options.file)).size };
  } catch (error) {
    await rm(partial, { force: true });
    throw explainDiskFull(error, dirname(options.file));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

interface Run {
  snapshot: DatabaseSnapshot;
  modules: ModuleToWrite[];
  /** Folder for what is written before it goes into the archive. */
  work: string;
  partial: string;
}

async function writeArchive(
  deps: WriteBackupDeps,
  { signal, onProgress }: WriteBackupOptions,
  { snapshot, modules, work, partial }: Run,
): Promise<Omit<BackupResult, "bytes">> {
  const store = await listStoreFiles(join(deps.dataDir, "store"));
  const files = await listDataFiles(deps.dataDir);
  const hostFile = join(work, entryNames.host);
  const host = await writeHostRows(snapshot.client, { file: hostFile });
  faultPoint("backup.host.after");
  const manifest: BackupManifest = {
    graft: "backup",
    v: formatVersion,
    version: deps.version,
    createdAt: new Date().toISOString(),
    generation: deps.registry.generation(),
    postgres: await postgresMajor(snapshot),
    migrations: host.migrations,
    modules: modules.map(({ name, database, version, state }) => ({ name, database, version, state })),
  };
  const bytesTotal = [...modules, ...store.blobs, ...files].reduce((sum, { bytes }) => sum + bytes, 0);
  const progress = trackProgress({ bytesTotal, modulesTotal: modules.length, onProgress });
  const archive = createArchiveWriter(partial, openSigningKey(deps.dataDir));
  const count = (bytes: number) => {
    signal?.throwIfAborted();
    progress.add(bytes);
  };
  let { rows } = host;
  try {
    await archive.addBytes(entryNames.manifest, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
    await archive.addBytes(entryNames.secret, Buffer.from(`${deps.secret.toString("hex")}\n`));
    progress.phase("host");
    await archive.addFile(entryNames.host, hostFile);
    for (const module of modules) {
      signal?.throwIfAborted();
      progress.beginModule(module.name, module.bytes);
      rows += await addModule(deps, module, { archive, work, onBytes: count });
      progress.endModule();
      faultPoint("backup.module.after");
    }
    progress.phase("store");
    for (const { path, content } of store.index)
      await archive.addBytes(`${entryNames.store}${path}`, content);
    await addFiles(
      archive,
      { files: store.blobs, root: join(deps.dataDir, "store"), prefix: entryNames.store },
      count,
    );
    faultPoint("backup.store.after");
    progress.phase("files");
    await addFiles(archive, { files, root: deps.dataDir, prefix: entryNames.files }, count);
    faultPoint("backup.files.after");
    progress.phase("finishing");
    await archive.finish();
  } catch (error) {
    await archive.abandon();
    throw error;
  }
  const missing = await missingFiles(deps, files);
  const entries = 3 + modules.length + store.index.length + store.blobs.length + files.length;
  return { generation: manifest.generation, modules: modules.length, rows, entries, missing };
}

interface ModuleToWrite extends BackupModule {
  digest: string;
  bytes: number;
  /** Of one that is in use; the others do not change. */
  pointInTime: PointInTime | null;
}

/**
 * Every database that something names, those in use as of one moment: writes wait while it is opened in each, which takes a
 * round trip once all are connected.
 */
async function openModules(
  deps: WriteBackupDeps,
): Promise<{ modules: ModuleToWrite[]; snapshot: DatabaseSnapshot }> {
  const { registry, database, traffic } = deps;
  await registry.refresh();
  const sizes = new Map((await database.list()).map((one) => [database.nameOf(one), one.bytes]));
  const bytesOf = (module: string, number: number) =>
    sizes.get(database.nameOf({ module, database: number })) ?? 0;
  const standing = (await standingData(deps.db)).map(({ module: name, ...row }) => ({
    ...{ name, ...row, bytes: bytesOf(name, row.database), pointInTime: null },
  }));
  const used = registry
    .list()
    .flatMap(({ name, version, digest, database: number }) =>
      number === null ? [] : { name, version, digest, database: number, bytes: bytesOf(name, number) },
    );
  const points = await Promise.all(
    used.map(({ name, database: number }) => database.connectPointInTime({ module: name, database: number })),
  );
  try {
    for (const { name } of used) traffic.hold(name);
    const snapshot = await openSnapshot(deps.db);
    await Promise.all(points.map((point) => point.open()));
    const modules = used.map((one, i) => ({
      ...one,
      state: "installed" as const,
      pointInTime: points[i] ?? null,
    }));
    return { modules: [...modules, ...standing], snapshot };
  } catch (error) {
    await Promise.all(points.map((point) => point.close()));
    throw error;
  } finally {
    for (const { name } of used) traffic.release(name);
  }
}

/** What stands of modules that left, or as it was before a change. */
async function standingData({ prisma }: HostDb) {
  const rows = await prisma.keptData.findMany({
    where: { database: { not: null }, kind: { in: ["kept", "snapshot"] } },
  });
  return rows.map(({ module, version, digest, kind, database }) => ({
    ...{ module, version, digest, database: database ?? 0 },
    state: kind === "kept" ? ("kept" as const) : ("snapshot" as const),
  }));
}

async function addModule(
  deps: WriteBackupDeps,
  module: ModuleToWrite,
  { archive, work, onBytes }: { archive: ArchiveWriter; work: string; onBytes: (bytes: number) => void },
): Promise<number> {
  const { name, version, digest, pointInTime, database } = module;
  const file = join(work, `${name}.graft`);
  const input = { version, digest, file, onBytes };
  try {
    const { rows } = pointInTime
      ? await pointInTime.snapshot(input)
      : await deps.database.snapshot({ ...input, place: { module: name, database } });
    await archive.addFile(entryOf(module), file);
    return rows;
  } catch (error) {
    throw explainModule(name, error);
  } finally {
    await rm(file, { force: true });
  }
}

/** A module that holds its tables locked, say, is named; PostgreSQL's own words stay. */
function explainModule(module: string, error: unknown): unknown {
  const { code, message, severity } = error as { code?: string; message: string; severity?: string };
  if (isGraftError(error) || severity === undefined) return error;
  return new GraftError("CONFLICT", `The data of ${module} cannot be read: ${message}`, {
    hint: "Nothing was written. Try again; if it stays so, restart or uninstall that module.",
    details: { module, code },
    cause: error,
  });
}

async function addFiles(
  archive: ArchiveWriter,
  from: { files: readonly DataFile[]; root: string; prefix: string },
  count: (bytes: number) => void,
): Promise<void> {
  for (const { path } of from.files) {
    await archive.addFile(`${from.prefix}${path}`, join(from.root, path), count);
  }
}

async function missingFiles({ install }: WriteBackupDeps, files: readonly DataFile[]): Promise<string[]> {
  const there = new Set(files.map(({ path }) => path));
  const missing: string[] = [];
  for (const { id, kind, stands } of await install.keptData.list()) {
    if (kind === "kept" || stands) continue;
    const { name } = await install.keptData.open(id);
    if (![...there].some((path) => path.endsWith(`/${name}`))) missing.push(name);
  }
  return missing;
}

async function postgresMajor({ client }: DatabaseSnapshot): Promise<number> {
  const { rows } = await client.query<{ major: number }>(
    "SELECT current_setting('server_version_num')::int / 10000 AS major",
  );
  return rows[0]?.major ?? 0;
}

function trackProgress(input: {
  bytesTotal: number;
  modulesTotal: number;
  onProgress: ((progress: BackupProgress) => void) | undefined;
}) {
  const state: BackupProgress = {
    phase: "waiting",
    module: null,
    bytesDone: 0,
    bytesTotal: input.bytesTotal,
    modulesDone: 0,
    modulesTotal: input.modulesTotal,
  };
  let endsAt = 0;
  const report = () => input.onProgress?.({ ...state });
  return {
    phase(phase: BackupProgress["phase"]) {
      Object.assign(state, { phase, module: null });
      report();
    },
    /** Rows as text and rows on the disk differ in size: a module never counts for more than was estimated. */
    beginModule(module: string, bytes: number) {
      endsAt = state.bytesDone + bytes;
      Object.assign(state, { phase: "modules", module });
      report();
    },
    endModule() {
      state.bytesDone = endsAt;
      state.modulesDone += 1;
      report();
    },
    add(bytes: number) {
      const next = state.bytesDone + bytes;
      state.bytesDone = Math.min(next, state.phase === "modules" ? endsAt : state.bytesTotal);
      report();
    },
  };
}
