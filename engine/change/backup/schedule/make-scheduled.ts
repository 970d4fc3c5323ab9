import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import {
  type BackupSettings,
  faultPoint,
  GraftError,
  isGraftError,
  type Problem,
} from "../../../core/index.ts";
import { encryptFile, encryptionOf } from "../encryption/encryption.ts";
import { notEqual, type ProveBackupDeps, proveBackup } from "../prove-backup.ts";
import type { BackupStore } from "../stores/backup-store.ts";
import type { BackupProof } from "../types.ts";
import { type WriteBackupDeps, writeBackup } from "../write-backup.ts";
import type { RunResult } from "./runs.ts";

export interface MakeScheduledDeps extends WriteBackupDeps, Pick<ProveBackupDeps, "migrationsDir"> {
  store: BackupStore;
  backup: BackupSettings;
  toProblem(error: unknown): Problem;
}

/**
 * Writes a backup, restores it to see that it can be, encrypts it, puts it into the store and reads it back from there.
 * One that cannot be restored is kept all the same, and said to be so.
 */
export async function makeScheduled(
  deps: MakeScheduledDeps,
  { id, signal }: { id: string; signal: AbortSignal },
): Promise<RunResult & { rows: number; modules: number }> {
  const work = join(deps.dataDir, "backups", `${id}.work`);
  const plain = join(work, `${id}.tar.zst`);
  const encryption = encryptionOf(deps.backup);
  const file = encryption ? `${plain}.age` : plain;
  const name = `${id}.tar.zst${encryption ? ".age" : ""}`;
  try {
    await mkdir(work, { recursive: true, mode: 0o700 });
    const { rows, modules } = await writeBackup(deps, { file: plain, signal });
    faultPoint("scheduled.write.after");
    const { proof, signedBy, error } = await prove(deps, plain, signal);
    faultPoint("scheduled.prove.after");
    if (encryption) {
      await encryptFile(plain, file, encryption);
      await rm(plain);
    }
    const { size: bytes } = await stat(file);
    const sha256 = await sumOf(createReadStream(file));
    await deps.store.put(name, file, signal);
    faultPoint("scheduled.put.after");
    if ((await sumOf(await deps.store.read(name))) !== sha256)
      throw new GraftError(
        "BACKUP_STORE_FAILED",
        `${name} came back from ${deps.store.place} otherwise than it was put there.`,
        {
          hint: "Check that disk or service; the backup is made again.",
          retryable: true,
        },
      );
    const problem = error ? deps.toProblem(error) : null;
    return {
      name,
      bytes,
      sha256,
      signedBy,
      proof,
      error: problem,
      provedAt: error ? null : new Date(),
      rows,
      modules,
    };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function prove(
  deps: MakeScheduledDeps,
  file: string,
  signal: AbortSignal,
): Promise<{ proof: BackupProof | null; signedBy: string; error: unknown }> {
  try {
    const { proof, staged } = await proveBackup(deps, { file, work: `${file}.proof`, signal });
    return { proof, signedBy: staged.signedBy ?? "", error: notEqual(proof) };
  } catch (error) {
    signal.throwIfAborted();
    if (isGraftError(error) && error.code === "DISK_FULL") throw error;
    return { proof: null, signedBy: "", error };
  }
}

async function sumOf(chunks: AsyncIterable<Buffer>): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest("hex");
}
