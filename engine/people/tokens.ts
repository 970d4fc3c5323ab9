import { randomBytes } from "node:crypto";
import { newTokenInput, type TokenView } from "../../contract/people.ts";
import { GraftError, type HostDb, isUuid, type Log, parseInput } from "../core/index.ts";
import { auditIn } from "./audit.ts";
import type { Change } from "./change.ts";
import { hashSecret, type LiveDirectory } from "./directory.ts";
import { endTokenFamily } from "./end-access.ts";
import { actsForSelf } from "./guards.ts";
import type { Access } from "./types.ts";
import { lockUser } from "./user-view.ts";

const newToken = newTokenInput.required({ userId: true });

export function createTokens({ db, change }: { db: HostDb; change: Change }): Access["tokens"] {
  return {
    async list(userId) {
      if (userId !== undefined && !isUuid(userId)) return [];
      const tokens = await db.prisma.apiToken.findMany({
        where: userId === undefined ? {} : { userId },
        orderBy: { id: "desc" },
      });
      return tokens.map(toTokenView);
    },

    async create(actor, input) {
      const { expiresAt, ...data } = parseInput(newToken, input, { what: "token" });
      actsForSelf(actor, data.userId);
      const expires = expiresAt ? new Date(expiresAt) : null;
      if (expires !== null && expires <= new Date()) {
        throw new GraftError("INVALID_INPUT", "The token would have expired already.", {
          details: { fieldErrors: { expiresAt: ["must lie in the future"] } },
        });
      }
      const secret = `graft_${randomBytes(32).toString("base64url")}`;
      return change(async (tx) => {
        const user = await lockUser(tx, data.userId);
        if (user.disabledAt !== null) throw new GraftError("CONFLICT", `${user.name} is disabled.`);
        const token = await tx.apiToken.create({
          data: {
            ...{ ...data, expiresAt: expires, parentId: actor.tokenId ?? null },
            ...{ secretHash: hashSecret(secret), prefix: secret.slice(0, 10) },
          },
        });
        await auditIn(tx, actor, {
          action: "token.create",
          target: user.email,
          summary: `Created the token ${token.name} for ${user.name}`,
          details: { tokenId: token.id, expiresAt: token.expiresAt?.toISOString() ?? null },
        });
        return { result: { token: toTokenView(token), secret }, touched: [user.id] };
      });
    },

    async revoke(actor, id) {
      return change(async (tx) => {
        const token = isUuid(id)
          ? await tx.apiToken.findUnique({ where: { id }, include: { user: true } })
          : null;
        if (token === null) throw new GraftError("NOT_FOUND", "This token does not exist.");
        actsForSelf(actor, token.userId);
        const touched = await endTokenFamily(tx, id);
        if (touched.length === 0) return { result: undefined, touched: [] };
        await auditIn(tx, actor, {
          action: "token.revoke",
          target: token.user.email,
          summary: `Revoked the token ${token.name} of ${token.user.name}`,
          details: { tokenId: id },
        });
        return { result: undefined, touched };
      });
    },
  };
}

const flushMs = 30_000;

/** Keeps `lastUsedAt` of tokens, written together every 30 s and at close, so that a request costs no query. */
export function trackTokenUse(deps: { db: HostDb; log: Log; directory: LiveDirectory }): () => Promise<void> {
  let used = new Map<string, Date>();
  deps.directory.onTokenUsed((tokenId) => used.set(tokenId, new Date()));

  async function flush() {
    if (used.size === 0) return;
    const batch = used;
    used = new Map();
    const ids = [...batch.keys()];
    const times = [...batch.values()];
    await deps.db.pool
      .query(
        `UPDATE graft.api_tokens t SET last_used_at = greatest(t.last_used_at, u.at)
           FROM unnest($1::uuid[], $2::timestamptz[]) AS u(id, at) WHERE t.id = u.id`,
        [ids, times],
      )
      .catch((error) => deps.log.debug({ err: error }, "the last use of tokens was not written"));
  }

  const timer = setInterval(flush, flushMs).unref();
  return async () => {
    clearInterval(timer);
    await flush();
  };
}

function toTokenView(token: {
  id: string;
  name: string;
  prefix: string;
  userId: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}): TokenView {
  return {
    id: token.id,
    name: token.name,
    prefix: token.prefix,
    userId: token.userId,
    createdAt: token.createdAt.toISOString(),
    expiresAt: token.expiresAt?.toISOString() ?? null,
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
    revokedAt: token.revokedAt?.toISOString() ?? null,
  };
}
