import type pg from "pg";
import type { MailQueueView } from "../../../contract/mail.ts";

/** By the index of what is due, and that of what failed. */
export async function readMailQueue(pool: pg.Pool): Promise<MailQueueView> {
  const { rows } = await pool.query<{ waiting: number; retrying: number; next: Date | null }>(
    `SELECT count(*)::int AS waiting, count(*) FILTER (WHERE mail_error IS NOT NULL)::int AS retrying,
            min(mail_at) AS next
       FROM graft.notifications WHERE mail_at IS NOT NULL`,
  );
  const failed = await pool.query<{ at: Date; message: string; gone: boolean }>(
    `SELECT mail_error_at AS at, mail_error AS message, mail_at IS NULL AS gone FROM graft.notifications
      WHERE mail_error_at IS NOT NULL ORDER BY mail_error_at DESC LIMIT 1`,
  );
  const [queue = { waiting: 0, retrying: 0, next: null }] = rows;
  const [last] = failed.rows;
  return {
    ...{ waiting: queue.waiting, retrying: queue.retrying, nextAt: queue.next?.toISOString() ?? null },
    lastError:
      last === undefined ? null : { at: last.at.toISOString(), message: last.message, willRetry: !last.gone },
  };
}

export async function noteMailError(pool: pg.Pool, id: string, message: string): Promise<void> {
  await pool.query("UPDATE graft.notifications SET mail_error = $2, mail_error_at = now() WHERE id = $1", [
    id,
    message,
  ]);
}
