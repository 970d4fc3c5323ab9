import { randomUUID } from "node:crypto";
import { chmod, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  assertKnown,
  assertPostgres,
  type BackupProof,
  notEqual,
  proveBackup,
  type RestoreProgress,
  readArchive,
} from "../../change/backup/index.ts";
import { createLog, type Settings } from "../../core/index.ts";
import { createModuleDatabase } from "../../module-data/index.ts";
import { openDatabase } from "./open-database.ts";
import type { VerifiedBackup } from "./verify-backup.ts";

/**
 * Restores a backup to see that it can be, beside whatever runs: on the server that the settings name, in databases
 * that are removed again, or on PostgreSQL servers that are started for it and removed with their files.
 * @throws BACKUP_NOT_EQUAL naming what came back otherwise, BACKUP_INVALID, BACKUP_TOO_NEW, DISK_FULL
 */
export async function proveOffline(options: {
  settings: Settings;
  /** Graft's own. */
  version: string;
  rootDir: string;
  file: string;
  onProgress?: (progress: RestoreProgress) => void;
}): Promise<VerifiedBackup & { proof: BackupProof }> {
  const { settings, file, version, rootDir } = options;
  const migrationsDir = join(rootDir, "prisma/migrations");
  const { manifest } = await readArchive(file, { manifestOnly: true });
  await assertKnown(manifest, { file, version, migrationsDir });
  const dataDir = await mkdtemp(join(tmpdir(), "graft-proof-"));
  // As root, PostgreSQL runs as another account that must pass through.
  await chmod(dataDir, 0o711);
  const progress = trackProgress(options, (await stat(file)).size, manifest.modules.length);
  try {
    const log = createLog(settings.logLevel);
    const { db, modules, close } = await openDatabase({ ...settings, dataDir }, log);
    try {
      await assertPostgres(db, manifest, file);
      // Under another identity than the host's own: its roles and databases are not met.
      const server = { ...modules, identity: randomUUID() };
      const database = createModuleDatabase({ server, secret: Buffer.alloc(32), log });
      try {
        const { proof, staged } = await proveBackup(
          { database, migrationsDir },
          { file, work: join(dataDir, "work"), onBytes: progress.addBytes, onModule: progress.module },
        );
        const problem = notEqual(proof);
        if (problem) throw problem;
        return { ...staged.manifest, signedBy: staged.signedBy, proof };
      } finally {
        // Its roles go with the last database of a module, and there is none.
        for (const { name } of manifest.modules) await database.drop({ module: name, database: 0 });
        await database.dropAll();
        await database.close();
      }
    } finally {
      await close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

function trackProgress(
  { onProgress }: { onProgress?: (progress: RestoreProgress) => void },
  bytesTotal: number,
  modulesTotal: number,
) {
  const state: RestoreProgress = {
    ...{ phase: "reading", module: null, bytesDone: 0, bytesTotal },
    ...{ modulesDone: 0, modulesTotal },
  };
  const update = (change: Partial<RestoreProgress>) => {
    Object.assign(state, change);
    onProgress?.({ ...state });
  };
  return {
    addBytes: (bytes: number) => update({ bytesDone: state.bytesDone + bytes }),
    module: (module: string, number: number) => update({ phase: "modules", module, modulesDone: number - 1 }),
  };
}
