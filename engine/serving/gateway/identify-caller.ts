import type { IncomingMessage } from "node:http";
import { GraftError } from "../../core/index.ts";
import { hostIdentity } from "./host-identity.ts";
import { sameSecret } from "./module-keys.ts";
import { isSameOriginRequest } from "./same-origin.ts";
import type { Caller, GatewayDeps } from "./types.ts";

type Deps = Pick<GatewayDeps, "directory" | "hostToken" | "identifyCookie" | "publicUrl">;

/**
 * Who sent this request; null when it carries no sign of anybody. A bearer token goes before a cookie.
 * @throws UNAUTHENTICATED for a bearer token that is not valid, CROSS_ORIGIN for a cookie's write from elsewhere
 */
export async function identifyCaller(deps: Deps, req: IncomingMessage): Promise<Caller | null> {
  const bearer = bearerToken(req.headers.authorization);
  if (bearer !== null) return identifyBearer(deps, bearer);
  const cookie = req.headers.cookie;
  if (cookie === undefined) return null;
  const claims = await deps.identifyCookie(cookie);
  const identity = claims === null ? null : deps.directory.session(claims.userId, claims.epoch);
  if (identity === null) return null;
  if (!isSameOriginRequest(req.method ?? "GET", req.headers, deps.publicUrl)) {
    throw new GraftError(
      "CROSS_ORIGIN",
      "A request with a session cookie may change things only from Graft's own pages.",
      {
        hint: "Scripts and other sites use an API token: `Authorization: Bearer graft_…`.",
      },
    );
  }
  return { identity, via: "cookie" };
}

function identifyBearer(deps: Deps, bearer: string): Caller {
  if (deps.hostToken !== undefined && sameSecret(bearer, deps.hostToken)) {
    return { identity: hostIdentity, via: "host" };
  }
  const found = deps.directory.token(bearer);
  if (found !== null) {
    const isValid = () => deps.directory.token(bearer) !== null;
    return { identity: found.identity, via: "token", token: { id: found.tokenId, isValid } };
  }
  throw new GraftError(
    "UNAUTHENTICATED",
    "This token is not known here, or it has expired or been revoked.",
    {
      hint: "Create a token under your account, or sign in.",
    },
  );
}

/** The credentials of the Bearer scheme (RFC 6750); null for any other scheme or none. */
export function bearerToken(authorization: string | undefined): string | null {
  if (authorization === undefined || authorization.slice(0, 7).toLowerCase() !== "bearer ") return null;
  return authorization.slice(7).trim();
}
