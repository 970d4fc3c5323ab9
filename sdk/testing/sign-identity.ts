import { signJws } from "../jws/index.ts";
import type { Identity } from "../server/types.ts";

export type TestUser = Partial<Identity> & { userId: string };

/** A `Graft-Identity` token as the host's gateway would sign it; a member without groups unless told otherwise. */
export function signIdentity(
  user: TestUser,
  options: { module: string; key: Buffer; expiresInSeconds?: number },
) {
  const { module, key, expiresInSeconds = 60 } = options;
  const now = Math.floor(Date.now() / 1000);
  return signJws(
    {
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
    },
    key,
  );
}
