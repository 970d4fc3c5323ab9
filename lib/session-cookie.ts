import { createHmac } from "node:crypto";
import { LRUCache } from "lru-cache";
import { decode } from "next-auth/jwt";

/** One name on http and https alike, so that every reader agrees; no other cookie may begin with it (next-auth chunks by prefix). */
export const sessionCookieName = "graft-session";
export const sessionMaxAgeSeconds = 30 * 24 * 60 * 60;

export interface SessionClaims {
  userId: string;
  /** Compared with the user's present epoch by `engine.access.directory.session`. */
  epoch: number;
}

/** The key that session cookies are encrypted with; pass it to {@link identifyCookie}. */
export function sessionSecret(engineSecret: Buffer): string {
  return createHmac("sha256", engineSecret).update("session").digest("base64url");
}

interface Known extends SessionClaims {
  expiresAtMs: number;
  secret: string;
}

// Decrypting costs about 60 µs, a look here under 1 µs; 2,000 cookies are about 1 MB.
const known = new LRUCache<string, Known>({ max: 2000 });

/**
 * Whose session cookie this is, or null when there is none or it is forged, expired or of another host's secret.
 * Says nothing about whether the session still lives: ask `directory.session(userId, epoch)`.
 */
export async function identifyCookie(
  cookieHeader: string | undefined,
  secret: string,
): Promise<SessionClaims | null> {
  const token = cookieHeader === undefined ? null : readToken(cookieHeader);
  if (token === null) return null;
  const hit = known.get(token);
  if (hit !== undefined && hit.secret === secret) return hit.expiresAtMs <= Date.now() ? null : hit;
  const fresh = await decrypt(token, secret);
  if (fresh === null) return null;
  known.set(token, fresh);
  return fresh;
}

async function decrypt(token: string, secret: string): Promise<Known | null> {
  const claims = await decode({ token, secret }).catch(() => null);
  if (claims === null || typeof claims.sub !== "string") return null;
  if (typeof claims.epoch !== "number" || typeof claims.exp !== "number") return null;
  return { userId: claims.sub, epoch: claims.epoch, expiresAtMs: claims.exp * 1000, secret };
}

const assignment = `${sessionCookieName}=`;

/** The cookie's value; every request passes here, so the usual header is not parsed. */
function readToken(header: string): string | null {
  for (let at = header.indexOf(assignment); at !== -1; at = header.indexOf(assignment, at + 1)) {
    // Another cookie's name may end alike.
    if (at > 0 && header[at - 1] !== " " && header[at - 1] !== ";") continue;
    const end = header.indexOf(";", at);
    return header.slice(at + assignment.length, end === -1 ? undefined : end).trim();
  }
  return header.includes(`${sessionCookieName}.`) ? joinChunks(header) : null;
}

/** Put together again where the browser holds it in chunks: `name.0`, `name.1`, … */
function joinChunks(header: string): string | null {
  const chunks: { index: number; value: string }[] = [];
  for (const part of header.split(";")) {
    const [name = "", value = ""] = part.trim().split("=");
    if (!name.startsWith(`${sessionCookieName}.`)) continue;
    const index = Number(name.slice(sessionCookieName.length + 1));
    if (Number.isInteger(index)) chunks.push({ index, value });
  }
  const ordered = chunks.sort((a, b) => a.index - b.index).map((chunk) => chunk.value);
  return ordered.length === 0 ? null : ordered.join("");
}
