import { createHmac } from "node:crypto";
import type { Identity } from "../server/types.ts";

export type TestUser = Partial<Identity> & { userId: string };

/** A `Graft-Identity` token as the host's gateway would sign it; a member without groups unless told otherwise. */
export function signIdentity(
  user: TestUser,
  options: { module: string; key: Buffer; expiresInSeconds?: number },
) {
  const { module, key, expiresInSeconds = 60 } = options;
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: "graft",
    aud: module,
    sub: user.userId,
    name: user.name ?? user.userId,
    email: user.email ?? `${user.userId}@example.org`,
    role: user.role ?? "member",
    groups: user.groups ?? [],
    ...(user.locale && { locale: user.locale }),
    ...(user.timeZone && { tz: user.timeZone }),
    ...(user.via && { via: user.via }),
    iat: now,
    exp: now + expiresInSeconds,
  };
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
