import { createHmac } from "node:crypto";
import { signJws } from "../../../sdk/jws/index.ts";
import type { Identity } from "../../people/index.ts";
import type { InstalledModule } from "../../supply/installed/index.ts";
import { identityKey, sameSecret } from "./module-keys.ts";

const lifetimeSeconds = 60;
/** A token is sent for this long, so that the module always gets one with half of its life before it. */
const reusedMs = 30_000;
/** How far the clocks of hosts that share a database may be apart. */
const aheadMsMax = 60_000;

export interface IdentityTokens {
  /** The `Graft-Identity` of `identity` for one module; `via` names the module that calls for it. */
  sign(identity: Identity, route: InstalledModule, via?: string): string;
  /**
   * The user id in a token that this host signed for `route` less than 60 s ago, else null. The key that a module
   * verifies with could also sign, so such a token counts only with the mark (`jti`) that no module can make.
   */
  readOwn(token: string, route: InstalledModule): string | null;
}

/** Tokens are kept per identity object: the directory makes new objects when anything about a user changes. */
export function createIdentityTokens(secret: Buffer, now: () => number = Date.now): IdentityTokens {
  const markKey = createHmac("sha256", secret).update("identity-mark").digest();
  const mark = (claims: object) =>
    createHmac("sha256", markKey).update(JSON.stringify(claims)).digest("base64url").slice(0, 22);
  const cache = new WeakMap<Identity, Map<string, { token: string; from: number; until: number }>>();
  const keys = new Map<string, { digest: string; key: Buffer }>();

  const keyOf = (route: InstalledModule): Buffer => {
    const known = keys.get(route.name);
    if (known?.digest === route.digest) return known.key;
    const key = identityKey(secret, route.name, route.digest);
    keys.set(route.name, { digest: route.digest, key });
    return key;
  };

  const make = (identity: Identity, route: InstalledModule, via: string | undefined): string => {
    const iat = Math.floor(now() / 1000);
    const claims = {
      iss: "graft",
      aud: route.name,
      sub: identity.userId,
      name: identity.name,
      email: identity.email,
      role: identity.role,
      groups: identity.groups,
      ...(identity.locale === null ? {} : { locale: identity.locale }),
      ...(identity.timeZone === null ? {} : { tz: identity.timeZone }),
      ...(via === undefined ? {} : { via }),
      iat,
      exp: iat + lifetimeSeconds,
    };
    return signJws({ ...claims, jti: mark(claims) }, keyOf(route));
  };

  return {
    sign(identity, route, via) {
      let tokens = cache.get(identity);
      if (tokens === undefined) {
        tokens = new Map();
        cache.set(identity, tokens);
      }
      const slot = via === undefined ? route.digest : `${route.digest} ${via}`;
      const known = tokens.get(slot);
      const from = now();
      // Nor one from the future: the clock was set back, and it would live as much longer.
      if (known !== undefined && known.from <= from && known.until > from) return known.token;
      const token = make(identity, route, via);
      tokens.set(slot, { token, from, until: from + reusedMs });
      return token;
    },
    readOwn(token, route) {
      const payload = token.split(".")[1];
      if (payload === undefined || token.length > 8192) return null;
      const claims = parseClaims(payload);
      if (claims === null) return null;
      const { jti, ...rest } = claims;
      if (typeof jti !== "string" || !sameSecret(jti, mark(rest))) return null;
      if (rest.aud !== route.name || typeof rest.exp !== "number" || rest.exp * 1000 <= now()) return null;
      if (typeof rest.iat !== "number" || rest.iat * 1000 > now() + aheadMsMax) return null;
      return typeof rest.sub === "string" ? rest.sub : null;
    },
  };
}

function parseClaims(payload: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
