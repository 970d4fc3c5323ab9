import { randomBytes } from "node:crypto";
import type { HostTx } from "../core/index.ts";
import { hashSecret } from "./directory.ts";

const validMs = 7 * 24 * 60 * 60 * 1000;

/** A link that sets a password, valid 7 days; older unused ones of the same user stop working. */
export async function issuePasswordLink(
  tx: HostTx,
  userId: string,
): Promise<{ secret: string; expiresAt: string }> {
  const secret = randomBytes(32).toString("base64url");
  const expiresAt = new Date(Date.now() + validMs);
  await tx.invite.deleteMany({ where: { userId, usedAt: null } });
  await tx.invite.create({ data: { userId, secretHash: hashSecret(secret), expiresAt } });
  return { secret, expiresAt: expiresAt.toISOString() };
}
