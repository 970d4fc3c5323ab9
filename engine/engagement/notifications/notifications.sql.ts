import type pg from "pg";
import type { NewNotificationInput } from "../../../contract/notifications.ts";

/** NOTIFY on this channel: ids of the users concerned, or `*` when they are too many for a payload. */
export const notificationsChannel = "graft_notifications";

const maxIdsInPayload = 100;

export interface Recipient {
  userId: string;
  /** False: it stands in the list as read. */
  bell: boolean;
  mail: boolean;
}

export async function insertNotifications(
  pool: pg.Pool,
  notification: NewNotificationInput & { module: string },
  { recipients, mailDelayMs }: { recipients: readonly Recipient[]; mailDelayMs: number },
): Promise<void> {
  const { module, kind, key = null, title, body = "", path = null } = notification;
  const userIds = recipients.map(({ userId }) => userId);
  await pool.query(
    `WITH told AS (
       INSERT INTO graft.notifications AS n (id, user_id, module, kind, key, title, body, path, read_at, mail_at)
       SELECT gen_random_uuid(), r.user_id, $1, $2, $3, $4, $5, $6,
              CASE WHEN r.bell THEN NULL ELSE now() END,
              CASE WHEN r.mail THEN now() + $10 * interval '1 millisecond' END
         FROM unnest($7::uuid[], $8::boolean[], $9::boolean[]) AS r (user_id, bell, mail)
         -- Somebody may have been deleted a moment ago.
         JOIN graft.users u ON u.id = r.user_id
       ON CONFLICT (user_id, module, key) WHERE read_at IS NULL DO UPDATE
         SET kind = excluded.kind, title = excluded.title, body = excluded.body, path = excluded.path,
             created_at = now(), mail_at = coalesce(n.mail_at, excluded.mail_at), mail_attempts = 0
     )
     SELECT pg_notify($11, $12)`,
    [
      ...[module, kind, key, title, body, path],
      ...[userIds, recipients.map(({ bell }) => bell), recipients.map(({ mail }) => mail)],
      ...[mailDelayMs, notificationsChannel, payloadOf(userIds)],
    ],
  );
}

/** Gone for everybody; for `users` it is read from now on. @returns users who had it unread */
export async function markUnreadRetracted(
  pool: pg.Pool,
  module: string,
  { key, users }: { key: string; users: string[] | null },
): Promise<string[]> {
  const unread = "module = $1 AND key = $2 AND read_at IS NULL";
  const { rows } =
    users === null
      ? await pool.query<{ user_id: string }>(
          `DELETE FROM graft.notifications WHERE ${unread} RETURNING user_id`,
          [module, key],
        )
      : await pool.query<{ user_id: string }>(
          `UPDATE graft.notifications SET read_at = now(), mail_at = NULL
            WHERE ${unread} AND user_id = ANY($3::uuid[]) RETURNING user_id`,
          [module, key, users],
        );
  return notifyUsers(
    pool,
    rows.map(({ user_id }) => user_id),
  );
}

export interface NotificationRow {
  id: string;
  module: string;
  kind: string;
  title: string;
  body: string;
  path: string | null;
  createdAt: Date;
  readAt: Date | null;
}

/** Newest first, one more than `limit`; `before` is where the last page ended. */
export async function selectNotifications(
  pool: pg.Pool,
  query: {
    userId: string;
    modules: string[];
    unread: boolean;
    limit: number;
    before: { at: string; id: string } | null;
  },
): Promise<NotificationRow[]> {
  const { rows } = await pool.query<NotificationRow>(
    `SELECT id, module, kind, title, body, path, created_at AS "createdAt", read_at AS "readAt"
       FROM graft.notifications
      WHERE user_id = $1 AND module = ANY($2) AND ($3 OR read_at IS NULL)
        AND ($4::timestamptz IS NULL OR (created_at, id) < ($4, $5::uuid))
      ORDER BY created_at DESC, id DESC LIMIT $6`,
    [query.userId, query.modules, !query.unread, query.before?.at, query.before?.id, query.limit + 1],
  );
  return rows;
}

export async function countUnread(pool: pg.Pool, userId: string, modules: string[]): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM graft.notifications
      WHERE user_id = $1 AND read_at IS NULL AND module = ANY($2)`,
    [userId, modules],
  );
  return rows[0]?.count ?? 0;
}

/** `ids` null: all. Reading one ends its mail, too. */
export async function updateRead(pool: pg.Pool, userId: string, ids: string[] | null): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `UPDATE graft.notifications SET read_at = now(), mail_at = NULL
      WHERE user_id = $1 AND read_at IS NULL AND ($2::uuid[] IS NULL OR id = ANY($2))
    RETURNING id`,
    [userId, ids],
  );
  if (rows.length > 0) await notifyUsers(pool, [userId]);
  return rows.map(({ id }) => id);
}

/** One whose key another, newer one has taken stays read. */
export async function updateUnread(pool: pg.Pool, userId: string, ids: string[]): Promise<number> {
  const { rowCount } = await pool.query(
    `UPDATE graft.notifications n SET read_at = NULL
      WHERE user_id = $1 AND id = ANY($2::uuid[]) AND read_at IS NOT NULL
        AND NOT EXISTS (SELECT FROM graft.notifications o WHERE o.user_id = n.user_id AND o.module = n.module
                          AND o.key = n.key AND o.id <> n.id AND (o.read_at IS NULL OR o.id = ANY($2::uuid[])))`,
    [userId, ids],
  );
  if (rowCount) await notifyUsers(pool, [userId]);
  return rowCount ?? 0;
}

/** What was read goes after 90 days, everything after a year. */
export async function deleteOld(pool: pg.Pool): Promise<void> {
  await pool.query(
    `DELETE FROM graft.notifications
      WHERE read_at < now() - interval '90 days' OR created_at < now() - interval '365 days'`,
  );
}

async function notifyUsers(pool: pg.Pool, userIds: string[]): Promise<string[]> {
  if (userIds.length > 0)
    await pool.query("SELECT pg_notify($1, $2)", [notificationsChannel, payloadOf(userIds)]);
  return userIds;
}

function payloadOf(userIds: readonly string[]): string {
  return userIds.length > maxIdsInPayload ? "*" : userIds.join(",");
}
