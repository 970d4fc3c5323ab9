import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { BackupProof } from "../../../contract/backup.ts";
import { GraftError } from "../../core/index.ts";
import type { ModuleDatabase } from "../../module-data/index.ts";
import { entryNames, entryOf } from "./format.ts";
import { type StagedBackup, stageBackup } from "./restore-backup.ts";

export interface ProveBackupDeps {
  database: Pick<ModuleDatabase, "prove" | "proveHost" | "clearProofs">;
  /** Folder of the host's migrations. */
  migrationsDir: string;
}

export interface ProveBackupOptions {
  file: string;
  /** Folder that is made and removed. */
  work: string;
  signal?: AbortSignal;
  onBytes?: (bytes: number) => void;
  onModule?: (module: string, number: number, total: number) => void;
}

/**
 * Restores all of a backup into databases that are gone again, and compares each with what was written. Nothing that
 * serves is touched. One at a time on a server. @throws BACKUP_INVALID, DISK_FULL, and what PostgreSQL says, naming the module
 */
export async function proveBackup(
  { database, migrationsDir }: ProveBackupDeps,
  { file, work, signal, onBytes = () => {}, onModule }: ProveBackupOptions,
): Promise<{ proof: BackupProof; staged: StagedBackup }> {
  const proof: BackupProof = { modules: 0, tables: 0, rows: 0, notValid: [], differences: [] };
  try {
    await rm(work, { recursive: true, force: true });
    await mkdir(work, { recursive: true, mode: 0o700 });
    const staged = await stageBackup(file, work, onBytes);
    const { modules, migrations } = staged.manifest;
    await database.clearProofs();
    for (const [i, module] of modules.entries()) {
      signal?.throwIfAborted();
      onModule?.(module.name, i + 1, modules.length);
      const path = join(work, entryOf(module));
      add(
        proof,
        module.name,
        await explained(module.name, database.prove({ module: module.name, file: path })),
      );
      proof.modules += 1;
      await rm(path);
    }
    signal?.throwIfAborted();
    const host = join(work, entryNames.host);
    add(
      proof,
      "graft",
      await explained("graft", database.proveHost({ file: host, migrationsDir, migrations })),
    );
    return { proof, staged };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function add(
  proof: BackupProof,
  module: string,
  found: { rows: number; tables: number; notValid: string[]; differences: string[] },
): void {
  proof.rows += found.rows;
  proof.tables += found.tables;
  proof.notValid.push(...found.notValid.map((name) => `${module}: ${name}`));
  proof.differences.push(...found.differences.map((line) => `${module}: ${line}`));
}

async function explained<T>(module: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const { message, severity } = cause as { message: string; severity?: string };
    if (severity === undefined) throw cause;
    throw new GraftError("BACKUP_NOT_EQUAL", `The data of ${module} cannot be restored: ${message}`, {
      hint: "Keep the backups before it, and report what is named.",
      details: { module },
      cause,
    });
  }
}

/** Null when everything came back. */
export function notEqual({ differences }: BackupProof): GraftError | null {
  if (differences.length === 0) return null;
  const more = differences.length > 3 ? ` and ${differences.length - 3} more` : "";
  return new GraftError(
    "BACKUP_NOT_EQUAL",
    `The backup came back otherwise than it was written: ${differences.slice(0, 3).join("; ")}${more}.`,
    { hint: "Keep the backups before it, and report what is named.", details: { differences } },
  );
}
