import { verifyJws } from "../jws/index.ts";
import type { Identity } from "./types.ts";

export interface IdentityVerifier {
  /** The caller of a request with this `Graft-Identity` header; null when it is missing, forged, for another module or expired. */
  verify(token: string | string[] | undefined): Identity | null;
}

interface Verified {
  identity: Identity;
  issuedAtMs: number;
  expiresAtMs: number;
}

/** How far the host's clock may be ahead, should it be on another machine. */
const aheadMsMax = 60_000;
const roles = ["administrator", "operator", "member"];
/** The token each identity came with, for calls on its behalf; apart, so that an identity can be logged. */
const tokens = new WeakMap<Identity, string>();

export function identityToken(identity: Identity): string | undefined {
  return tokens.get(identity);
}

/**
 * Checks compact HS256 tokens for one module. Verified tokens are remembered until they expire: a browser's burst of
 * requests carries the same one, and a lookup costs a tenth of the HMAC.
 */
export function createIdentityVerifier(options: {
  module: string;
  key: Buffer;
  now?: () => number;
  cacheSize?: number;
}): IdentityVerifier {
  const { module, key, now = Date.now, cacheSize = 1000 } = options;
  const cache = new Map<string, Verified>();

  return {
    verify(token) {
      if (typeof token !== "string" || token.length > 8192) return null;
      const known = cache.get(token);
      if (known) {
        if (isInTime(known, now())) return known.identity;
        cache.delete(token);
        return null;
      }
      const verified = verifyToken(token, { module, key }, now());
      if (!verified) return null;
      if (cache.size >= cacheSize) cache.clear();
      cache.set(token, verified);
      tokens.set(verified.identity, token);
      return verified.identity;
    },
  };
}

function verifyToken(
  token: string,
  { module, key }: { module: string; key: Buffer },
  nowMs: number,
): Verified | null {
  const claims = verifyJws(token, key);
  if (claims?.iss !== "graft" || claims.aud !== module) return null;
  if (typeof claims.exp !== "number" || typeof claims.iat !== "number") return null;
  const times = { issuedAtMs: claims.iat * 1000, expiresAtMs: claims.exp * 1000 };
  if (!isInTime(times, nowMs)) return null;
  const identity = toIdentity(claims);
  return identity && { identity, ...times };
}

/** A token from the future was signed before the clock was set back, and would live as much longer as that. */
function isInTime({ issuedAtMs, expiresAtMs }: Omit<Verified, "identity">, nowMs: number): boolean {
  return expiresAtMs > nowMs && issuedAtMs <= nowMs + aheadMsMax;
}

function toIdentity(claims: Record<string, unknown>): Identity | null {
  const { sub, name, email, role, groups, locale, tz, via } = claims;
  if (typeof sub !== "string" || typeof role !== "string" || !roles.includes(role)) return null;
  return {
    userId: sub,
    name: typeof name === "string" ? name : "",
    email: typeof email === "string" ? email : "",
    role: role as Identity["role"],
    groups: Array.isArray(groups) ? groups.filter((g): g is string => typeof g === "string") : [],
    locale: typeof locale === "string" ? locale : null,
    timeZone: typeof tz === "string" ? tz : null,
    via: typeof via === "string" ? via : null,
  };
}
