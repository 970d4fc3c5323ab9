import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

/** Encrypts what the host keeps for others, with keys made from its secret. */
export interface SecretBox {
  /** @param context what it belongs to; it opens only with the same */
  seal(text: string, context: string): string;
  /** Null when it was sealed with another secret or in another context, or was changed. */
  open(sealed: string, context: string): string | null;
  /** Six hexadecimal digits: enough to see that a text changed, too little to find out which of many guesses it was. */
  mark(text: string): string;
}

const [ivBytes, tagBytes] = [12, 16];

export function createSecretBox(secret: Buffer): SecretBox {
  const keyFor = (use: string) => Buffer.from(hkdfSync("sha256", secret, "", `graft ${use}`, 32));
  const [key, markKey] = [keyFor("secrets of settings"), keyFor("marks of secrets")];
  return {
    seal(text, context) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed, "base64url");
      const iv = bytes.subarray(0, ivBytes);
      const tag = bytes.subarray(ivBytes, ivBytes + tagBytes);
      if (tag.length < tagBytes) return null;
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, iv, { authTagLength: tagBytes })
          .setAAD(Buffer.from(context))
          .setAuthTag(tag);
        const body = decipher.update(bytes.subarray(ivBytes + tagBytes));
        return Buffer.concat([body, decipher.final()]).toString("utf8");
      } catch {
        return null;
      }
    },
    mark: (text) => createHmac("sha256", markKey).update(text).digest("hex").slice(0, 6),
  };
}
