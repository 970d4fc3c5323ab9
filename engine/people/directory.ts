import { createHash } from "node:crypto";
import { createReloadQueue, type HostDb, type Listener, type Log } from "../core/index.ts";
import {
  selectFingerprint,
  selectGroupKeys,
  selectTokens,
  selectUsers,
  type UserRow,
} from "./directory.sql.ts";
import type { Directory, Identity } from "./types.ts";

/** NOTIFY payload: the ids of changed users joined by commas, or `*` for everything. */
export const accessChannel = "graft_access";

export interface LiveDirectory extends Directory {
  /** Reads these users again, or everything; resolves when it is visible here. */
  reload(userIds: string[] | "*"): Promise<void>;
  /** Told of each use of a token, for `lastUsedAt`. */
  onTokenUsed(listener: (tokenId: string) => void): void;
  /** Resolves when nothing of it queries any more; the pool may end then. */
  close(): Promise<void>;
}

interface Token {
  tokenId: string;
  userId: string;
  expiresAtMs: number;
}

const pollMs = 15_000;

/** Resolves once everything is in memory. With PostgreSQL gone afterwards the last state serves on. */
export async function createDirectory(deps: {
  db: HostDb;
  log: Log;
  listener: Listener;
}): Promise<LiveDirectory> {
  const { pool } = deps.db;
  let users = new Map<string, Identity>();
  let tokens = new Map<string, Token>();
  let groupKeys: readonly string[] = [];
  let fingerprint = "";
  const changeListeners = new Set<() => void>();
  let tokenUsed: (tokenId: string) => void = () => {};

  const queue = createReloadQueue(async (ids) => {
    if (ids === "*") await loadAll();
    else await loadSome([...ids]);
    for (const listener of changeListeners) listener();
  });

  async function loadAll() {
    // Before the rows: what changes in between shows at the next poll.
    const freshFingerprint = await selectFingerprint(pool);
    const [userRows, tokenRows, keys] = await Promise.all([
      selectUsers(pool, null),
      selectTokens(pool, null),
      selectGroupKeys(pool),
    ]);
    const intern = createInterner();
    users = new Map(userRows.map((row) => [row.id, toIdentity(row, intern)]));
    tokens = new Map(tokenRows.map((row) => [row.secret_hash, toToken(row)]));
    groupKeys = Object.freeze(keys);
    fingerprint = freshFingerprint;
  }

  async function loadSome(ids: string[]) {
    const [userRows, tokenRows] = await Promise.all([selectUsers(pool, ids), selectTokens(pool, ids)]);
    const touched = new Set(ids);
    for (const id of touched) users.delete(id);
    for (const [hash, token] of tokens) if (touched.has(token.userId)) tokens.delete(hash);
    for (const row of userRows)
      users.set(
        row.id,
        toIdentity(row, (groups) => groups),
      );
    for (const row of tokenRows) tokens.set(row.secret_hash, toToken(row));
  }

  const reloadInBackground = (ids: string[] | "*") =>
    queue
      .reload(ids)
      .catch((error) => deps.log.warn({ err: error }, "users could not be read; serving the last state"));

  const stopHearing = deps.listener.on(accessChannel, (payload) => {
    void reloadInBackground(payload === "*" ? "*" : payload.split(","));
  });
  const stopReconnect = deps.listener.onReconnect(() => void reloadInBackground("*"));
  const poll = setInterval(async () => {
    const seen = await selectFingerprint(pool).catch(() => fingerprint);
    if (seen === fingerprint) return;
    await reloadInBackground("*");
  }, pollMs).unref();

  await deps.listener.listening();
  await queue.reload("*");

  const identity = (userId: string) => users.get(userId) ?? null;
  return {
    identity,
    identities: () => users.values(),
    session(userId, epoch) {
      const found = users.get(userId);
      return found?.enabled && found.sessionEpoch === epoch ? found : null;
    },
    token(secret) {
      if (!secret.startsWith("graft_")) return null;
      // Looked up by hash: what the time of the look-up tells is of no use without a preimage.
      const token = tokens.get(hashSecret(secret));
      if (token === undefined || token.expiresAtMs <= Date.now()) return null;
      const owner = users.get(token.userId);
      if (!owner?.enabled) return null;
      tokenUsed(token.tokenId);
      return { identity: owner, tokenId: token.tokenId };
    },
    groupKeys: () => groupKeys,
    onChange(listener) {
      changeListeners.add(listener);
      return () => void changeListeners.delete(listener);
    },
    refresh: () => queue.reload("*"),
    reload: (ids) => queue.reload(ids),
    onTokenUsed(listener) {
      tokenUsed = listener;
    },
    close() {
      clearInterval(poll);
      stopHearing();
      stopReconnect();
      return queue.idle();
    },
  };
}

/** How secrets of tokens and links are stored: 32 random bytes need no slow hash. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

function toIdentity(row: UserRow, intern: (groups: string[]) => readonly string[]): Identity {
  return Object.freeze({
    userId: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    groups: Object.freeze(intern(row.groups)),
    enabled: row.enabled,
    sessionEpoch: row.session_epoch,
    locale: row.locale,
    timeZone: row.time_zone,
  });
}

function toToken(row: { id: string; user_id: string; expires_at: Date | null }): Token {
  return {
    tokenId: row.id,
    userId: row.user_id,
    expiresAtMs: row.expires_at?.getTime() ?? Number.POSITIVE_INFINITY,
  };
}

/** Many users, few combinations of groups: each combination is kept once. */
function createInterner() {
  const seen = new Map<string, readonly string[]>();
  return (groups: string[]) => {
    const key = groups.join(",");
    const known = seen.get(key) ?? groups;
    seen.set(key, known);
    return known;
  };
}
