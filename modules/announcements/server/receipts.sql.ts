import { type Identity, sql } from "@graft/sdk/server";

/** @returns whether it was unread */
export async function markRead(postId: string, reader: Identity): Promise<boolean> {
  const added = await sql`
    INSERT INTO receipts (post_id, user_id, user_name) VALUES (${postId}, ${reader.userId}, ${reader.name})
    ON CONFLICT DO NOTHING RETURNING post_id`;
  return added.length > 0;
}

/** Everything addressed to the reader that can be read now. @returns the posts that were unread */
export async function markAllRead(reader: Identity): Promise<string[]> {
  const added = await sql<{ id: string }>`INSERT INTO receipts (post_id, user_id, user_name)
    SELECT id, ${reader.userId}, ${reader.name} FROM posts
    WHERE deleted_at IS NULL AND published_at IS NOT NULL
      AND (visible_from IS NULL OR visible_from <= now()) AND (visible_until IS NULL OR visible_until > now())
      AND (groups = '{}' OR groups && ${reader.groups}::text[])
    ON CONFLICT DO NOTHING RETURNING post_id AS id`;
  return added.map(({ id }) => id);
}

export interface Reader {
  userId: string;
  name: string;
  readAt: Date;
}

/** Newest first, at most 500. */
export async function listReaders(postId: string): Promise<Reader[]> {
  return sql<Reader>`SELECT user_id AS "userId", user_name AS name, read_at AS "readAt" FROM receipts
    WHERE post_id = ${postId} ORDER BY read_at DESC, user_id LIMIT 500`;
}
