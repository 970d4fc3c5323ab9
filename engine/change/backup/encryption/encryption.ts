import { open } from "node:fs/promises";
import { Worker } from "node:worker_threads";
import { type BackupSettings, GraftError } from "../../../core/index.ts";
import { explainDiskFull, invalid } from "../format.ts";

/** How a backup is encrypted, in the format of age (age-encryption.org): by whoever knows, or for whoever holds a key. */
export type Encryption = { passphrase: string } | { recipient: string };
export type Decryption = { passphrase?: string; identity?: string };

/** Null: backups are not encrypted. */
export function encryptionOf({ passphrase, recipient }: BackupSettings): Encryption | null {
  if (passphrase !== undefined) return { passphrase };
  return recipient === undefined ? null : { recipient };
}

export interface CryptTask {
  how: "encrypt" | "decrypt";
  from: string;
  to: string;
  keys: Partial<Encryption & Decryption> & Record<string, string | undefined>;
}

const magic = "age-encryption.org/v1";

export async function isEncrypted(file: string): Promise<boolean> {
  const handle = await open(file, "r").catch(() => null);
  if (!handle) return false;
  try {
    const head = Buffer.alloc(magic.length);
    await handle.read(head, 0, head.length, 0);
    return head.toString("latin1") === magic;
  } finally {
    await handle.close();
  }
}

/** `to`, which must not be there, appears with its last byte on the disk; the caller removes it after a throw. */
export async function encryptFile(from: string, to: string, encryption: Encryption): Promise<void> {
  await inWorker({ how: "encrypt", from, to, keys: encryption }).catch((error) => {
    throw explainDiskFull(error, to);
  });
}

/** @throws BACKUP_LOCKED without the right key, BACKUP_INVALID when it is damaged */
export async function decryptFile(from: string, to: string, decryption: Decryption): Promise<void> {
  if (decryption.passphrase === undefined && decryption.identity === undefined)
    throw locked(from, "it is encrypted");
  await inWorker({ how: "decrypt", from, to, keys: decryption }).catch((error) => {
    const { message } = error as Error;
    if (/no identity matched|invalid passphrase|unwrap|identity/i.test(message))
      throw locked(from, "this is not the key that it was encrypted for");
    const full = explainDiskFull(error, to);
    throw full === error ? invalid(from, `it cannot be decrypted (${message})`, error) : full;
  });
}

function locked(file: string, reason: string): GraftError {
  return new GraftError("BACKUP_LOCKED", `${file} cannot be opened: ${reason}.`, {
    hint: "Give its passphrase as GRAFT_BACKUP_PASSPHRASE, or the file with the age key as GRAFT_BACKUP_IDENTITY_FILE.",
    details: { file },
  });
}

/** Ciphers and the stretching of a passphrase keep a thread busy; requests are served by another. */
async function inWorker(task: CryptTask): Promise<void> {
  const worker = new Worker(new URL("./crypt-worker.ts", import.meta.url), { workerData: task });
  await new Promise<void>((resolve, reject) => {
    worker.once("message", (failure: { message: string; code?: string } | null) =>
      failure ? reject(Object.assign(new Error(failure.message), failure)) : resolve(),
    );
    worker.once("error", reject);
    worker.once("exit", (code) => reject(new Error(`the encryption ended with ${code}`)));
  }).finally(() => worker.terminate());
}
