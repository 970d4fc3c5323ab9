import type { HostTx } from "../core/index.ts";

/** Whatever else lets somebody in as this user: API tokens, and links that set a password. Sessions end with the epoch. */
export async function endTokensAndLinks(tx: HostTx, userId: string): Promise<void> {
  await tx.apiToken.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: new Date() } });
  await tx.invite.deleteMany({ where: { userId, usedAt: null } });
}

/** A token and all that were made with it, and with those. @returns whose were still good */
export async function endTokenFamily(tx: HostTx, id: string): Promise<string[]> {
  const ended = await tx.$queryRaw<{ userId: string }[]>`
    WITH RECURSIVE family AS (
      SELECT id FROM graft.api_tokens WHERE id = ${id}::uuid
      UNION SELECT t.id FROM graft.api_tokens t JOIN family f ON t.parent_id = f.id
    )
    UPDATE graft.api_tokens SET revoked_at = now() WHERE revoked_at IS NULL AND id IN (SELECT id FROM family)
    RETURNING user_id::text AS "userId"`;
  return [...new Set(ended.map(({ userId }) => userId))];
}
