import { createWriteStream } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { faultPoint, GraftError, type HostDb } from "../../core/index.ts";
import { hostMigrations, type ModuleDatabase, migrateHost, readHostRows } from "../../module-data/index.ts";
import { readArchive } from "./archive-reader.ts";
import { type BackupManifest, entryNames, entryOf, explainDiskFull, invalid } from "./format.ts";
import type { RestoreProgress } from "./types.ts";

export interface RestoreDeps {
  db: HostDb;
  database: ModuleDatabase;
  dataDir: string;
  /** Folder of the host's migrations. */
  migrationsDir: string;
}

/** @throws BACKUP_TOO_NEW naming what this Graft lacks */
export async function assertKnown(
  manifest: BackupManifest,
  input: { file: string; version: string; migrationsDir: string },
): Promise<void> {
  const known = new Set(await hostMigrations(input.migrationsDir));
  const unknown = manifest.migrations.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  const { version } = manifest;
  throw new GraftError(
    "BACKUP_TOO_NEW",
    `${input.file} was made by Graft ${version}; this is ${input.version}, which does not know ${unknown.join(", ")}.`,
    {
      hint: `Restore it with Graft ${version} or newer.`,
      details: { file: input.file, version, unknown },
    },
  );
}

export interface StagedBackup {
  manifest: BackupManifest;
  /** Fingerprint of the key that it is signed with. */
  signedBy: string | null;
}

/**
 * Takes every entry out into `staging` and checks it. When this resolves the backup is whole.
 * @throws BACKUP_INVALID, DISK_FULL
 */
export async function stageBackup(
  file: string,
  staging: string,
  onBytes: (bytes: number) => void,
): Promise<StagedBackup> {
  await mkdir(staging, { recursive: true, mode: 0o700 });
  const { manifest, signedBy } = await readArchive(file, {
    onBytes,
    async onEntry(name, chunks) {
      const path = join(staging, name);
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await pipeline(chunks, createWriteStream(path, { flags: "wx", mode: 0o600, flush: true }));
      } catch (error) {
        throw explainDiskFull(error, staging);
      }
    },
  });
  return { manifest, signedBy };
}

/** Modules, then the host's tables. The database is empty and marked as being restored. */
export async function restoreDatabase(
  { db, database, migrationsDir }: RestoreDeps,
  { manifest, staging }: { manifest: BackupManifest; staging: string },
  onProgress: (progress: Pick<RestoreProgress, "phase" | "module" | "modulesDone">) => void,
): Promise<void> {
  for (const [i, module] of manifest.modules.entries()) {
    onProgress({ phase: "modules", module: module.name, modulesDone: i });
    const file = join(staging, entryOf(module));
    const place = { module: module.name, database: module.database };
    await database.create({ place, extensions: (await database.checkSnapshot(file)).extensions });
    await database.restore({ place, file });
    if (module.state !== "installed") await database.retire(place);
    await rm(file);
    faultPoint("restore.module.after");
  }
  onProgress({ phase: "host", module: null, modulesDone: manifest.modules.length });
  await migrateHost(db.url, migrationsDir, manifest.migrations);
  faultPoint("restore.structure.after");
  const client = await db.pool.connect();
  try {
    await client.query("BEGIN");
    await readHostRows(client, join(staging, entryNames.host));
    await client.query("COMMIT");
    client.release();
  } catch (error) {
    // Not by a statement: it would wait behind a COPY that is still open.
    client.release(true);
    throw error;
  }
  faultPoint("restore.rows.after");
  // As the next start would; a migration that cannot run is found now, while everything can still be taken back.
  await migrateHost(db.url, migrationsDir);
}

/** The secret that the backup carries. @throws BACKUP_INVALID */
export async function readSecret(file: string, staging: string): Promise<Buffer> {
  const text = await readFile(join(staging, entryNames.secret), "utf8").catch(() => "");
  if (!/^[0-9a-f]{64}\n$/.test(text)) throw invalid(file, "it carries no secret");
  return Buffer.from(text.trim(), "hex");
}

/** Each file and folder to its place, by renaming. */
export async function placeFiles(dataDir: string, staging: string, secret: Buffer | null): Promise<void> {
  const place = async (from: string, to: string) => {
    await rename(from, to).catch((error) => {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    });
  };
  await place(join(staging, "store"), join(dataDir, "store"));
  for (const name of await readdir(join(staging, "files")).catch(() => []))
    await place(join(staging, "files", name), join(dataDir, name));
  if (secret) await writeFile(join(dataDir, "secret"), secret.toString("hex"), { mode: 0o600, flush: true });
  await rm(staging, { recursive: true, force: true });
}

/** Everything that a restore makes in a database. Only for one that carries the restore's mark. */
export async function clearDatabase({ db, database }: RestoreDeps): Promise<void> {
  await database.dropAll();
  await db.pool.query("DROP SCHEMA IF EXISTS graft CASCADE");
}

/** @throws RESTORE_NOT_EMPTY naming what is there */
export async function assertDatabaseEmpty({
  db,
  database,
}: Pick<RestoreDeps, "db" | "database">): Promise<void> {
  const { rows } = await db.pool.query<{ database: string; found: boolean }>(
    "SELECT current_database() AS database, EXISTS (SELECT FROM pg_namespace WHERE nspname = 'graft') AS found",
  );
  const names = (await database.list()).map((place) => database.nameOf(place));
  if (!rows[0]?.found && names.length === 0) return;
  const what = rows[0]?.found
    ? `The database ${rows[0].database} has the schema graft`
    : `The server has databases of modules: ${names.slice(0, 5).join(", ")}`;
  throw new GraftError("RESTORE_NOT_EMPTY", `${what}; a backup is restored onto nothing.`, {
    hint: "Restore into a new database: CREATE DATABASE …; and set DATABASE_URL to it. Nothing was changed.",
    details: { databases: names },
  });
}

/** @throws BACKUP_TOO_NEW */
export async function assertPostgres(db: HostDb, manifest: BackupManifest, file: string): Promise<void> {
  const { rows } = await db.pool.query<{ major: number }>(
    "SELECT current_setting('server_version_num')::int / 10000 AS major",
  );
  const major = rows[0]?.major ?? 0;
  if (major >= manifest.postgres) return;
  throw new GraftError(
    "BACKUP_TOO_NEW",
    `${file} was made on PostgreSQL ${manifest.postgres}; this server is ${major}.`,
    {
      hint: `Use PostgreSQL ${manifest.postgres} or newer, or unset DATABASE_URL to use the embedded one.`,
      details: { file, needed: manifest.postgres, found: major },
    },
  );
}
