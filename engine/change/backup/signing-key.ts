import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Not part of backups: who reads one, however well it is kept, cannot sign another. */
export const signingKeyFile = "backup.key";

export interface BackupSignature {
  /** Ed25519, SPKI in base64. */
  publicKey: string;
  /** Of the list of checksums, base64. */
  signature: string;
}

export interface SigningKey {
  publicKey: string;
  fingerprint: string;
  sign(bytes: Buffer): BackupSignature;
}

/** This host's own, made at the first need. */
export function openSigningKey(dataDir: string): SigningKey {
  const path = join(dataDir, signingKeyFile);
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync("ed25519");
    writeFileSync(path, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600, flag: "wx" });
  }
  const privateKey = createPrivateKey(readFileSync(path));
  const publicKey = toText(createPublicKey(privateKey));
  return {
    publicKey,
    fingerprint: fingerprintOf(publicKey),
    sign: (bytes) => ({ publicKey, signature: sign(null, bytes, privateKey).toString("base64") }),
  };
}

/** Of the key that this data directory signs with; null: it has none yet. */
export function signingFingerprint(dataDir: string): string | null {
  return existsSync(join(dataDir, signingKeyFile)) ? openSigningKey(dataDir).fingerprint : null;
}

export function isSignedBy({ publicKey, signature }: BackupSignature, bytes: Buffer): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), type: "spki", format: "der" });
    return key.asymmetricKeyType === "ed25519" && verify(null, bytes, key, Buffer.from(signature, "base64"));
  } catch {
    return false;
  }
}

/** What people compare: the first 128 bits of the key's SHA-256. */
export function fingerprintOf(publicKey: string): string {
  return createHash("sha256").update(Buffer.from(publicKey, "base64")).digest("hex").slice(0, 32);
}

const toText = (key: KeyObject) => key.export({ type: "spki", format: "der" }).toString("base64");
