import { createHash, createHmac, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(pbkdf2);
// PostgreSQL's default; clients of some languages refuse fewer.
const defaultIterations = 4096;

export function randomPassword(): string {
  return randomBytes(24).toString("base64url");
}

/** Derived, not stored: every host that shares the secret knows it. */
export function runtimePassword(secret: Buffer, role: string): string {
  return createHmac("sha256", secret).update(`database:${role}`).digest("base64url");
}

/**
 * What PostgreSQL stores for a SCRAM-SHA-256 password, so that no password ever stands in a statement or a log.
 * Stretching protects guessable passwords; for a random one that lives for one login, fewer iterations save time.
 */
export async function scramVerifier(password: string, iterations = defaultIterations): Promise<string> {
  const salt = randomBytes(16);
  const salted = await derive(password, salt, iterations, 32, "sha256");
  const hmac = (text: string) => createHmac("sha256", salted).update(text).digest();
  const storedKey = createHash("sha256").update(hmac("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${storedKey}:${hmac("Server Key").toString("base64")}`;
}
