import { type Identity, sql } from "@graft/sdk/server";
import type { Cursor } from "./cursor.ts";
import type { NewPost, PostPatch } from "./post-input.ts";

export type PostState = "draft" | "scheduled" | "current" | "past";
export type View = PostState | "all";

export interface PostRow {
  id: string;
  title: string;
  body: string;
  pinned: boolean;
  groups: string[];
  visibleFrom: Date | null;
  visibleUntil: Date | null;
  publishedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  version: number;
  authorId: string;
  authorName: string;
  state: PostState;
  /** Meant for the asking user: for everyone, or for one of their groups. */
  addressed: boolean;
  read: boolean;
  readers: number;
  sortAt: Date;
}

const state = `CASE
  WHEN p.published_at IS NULL THEN 'draft'
  WHEN p.visible_from > now() THEN 'scheduled'
  WHEN p.visible_until <= now() THEN 'past'
  ELSE 'current' END`;
const addressed = `(p.groups = '{}' OR p.groups && $2::text[])`;
const sortAt = `coalesce(greatest(p.published_at, p.visible_from), p.created_at)`;

/** `$1` is the asking user, `$2` their groups. */
const selectPosts = `SELECT p.id, p.title, p.body, p.pinned, p.groups, p.version,
  p.visible_from AS "visibleFrom", p.visible_until AS "visibleUntil", p.published_at AS "publishedAt",
  p.created_at AS "createdAt", p.updated_at AS "updatedAt", p.author_id AS "authorId", p.author_name AS "authorName",
  ${state} AS state, ${addressed} AS addressed, ${sortAt} AS "sortAt",
  EXISTS (SELECT FROM receipts r WHERE r.post_id = p.id AND r.user_id = $1) AS read,
  (SELECT count(*) FROM receipts r WHERE r.post_id = p.id) AS readers
FROM posts p`;

export interface ListQuery {
  identity: Identity;
  writer: boolean;
  view: View;
  query: string | null;
  unreadOnly: boolean;
  limit: number;
  after: Cursor | null;
}

/** One more than `limit`, so that the caller sees whether there is a next page. */
export async function listPosts(q: ListQuery): Promise<PostRow[]> {
  const values: unknown[] = [q.identity.userId, q.identity.groups];
  const where = ["p.deleted_at IS NULL"];
  const param = (value: unknown) => `$${values.push(value)}`;
  if (!q.writer) where.push(addressed);
  if (q.view !== "all") where.push(`${state} = ${param(q.view)}`);
  if (q.query) {
    const pattern = param(`%${q.query.replace(/[\\%_]/g, "\\$&")}%`);
    where.push(`(p.title ILIKE ${pattern} OR p.body ILIKE ${pattern})`);
  }
  if (q.unreadOnly) {
    where.push(addressed, "NOT EXISTS (SELECT FROM receipts r WHERE r.post_id = p.id AND r.user_id = $1)");
  }
  if (q.after) {
    const { pinned, sortAt: at, id } = q.after;
    where.push(`(p.pinned, ${sortAt}, p.id) < (${param(pinned)}, ${param(at)}, ${param(id)})`);
  }
  const { rows } = await sql.query<PostRow>(
    `${selectPosts} WHERE ${where.join(" AND ")}
     ORDER BY p.pinned DESC, ${sortAt} DESC, p.id DESC LIMIT ${param(q.limit + 1)}`,
    values,
  );
  return rows;
}

/** Undefined when there is none, or when a reader may not see it. */
export async function findPost(
  id: string,
  identity: Identity,
  writer: boolean,
): Promise<PostRow | undefined> {
  const { rows } = await sql.query<PostRow>(
    `${selectPosts} WHERE p.id = $3 AND p.deleted_at IS NULL ${writer ? "" : `AND ${addressed} AND ${state} = 'current'`}`,
    [identity.userId, identity.groups, id],
  );
  return rows[0];
}

export async function countUnread(identity: Identity): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    `SELECT count(*) FROM posts p WHERE p.deleted_at IS NULL AND ${addressed} AND ${state} = 'current'
     AND NOT EXISTS (SELECT FROM receipts r WHERE r.post_id = p.id AND r.user_id = $1)`,
    [identity.userId, identity.groups],
  );
  return rows[0]?.count ?? 0;
}

export async function insertPost(post: NewPost, author: Identity): Promise<string> {
  const rows = await sql<{ id: string }>`
    INSERT INTO posts (title, body, pinned, groups, visible_from, visible_until, published_at, author_id, author_name)
    VALUES (${post.title}, ${post.body}, ${post.pinned}, ${post.groups}, ${post.visibleFrom}, ${post.visibleUntil},
            CASE WHEN ${post.published} THEN now() END, ${author.userId}, ${author.name})
    RETURNING id`;
  return rows[0]?.id ?? "";
}

const columns = {
  title: "title",
  body: "body",
  pinned: "pinned",
  groups: "groups",
  visibleFrom: "visible_from",
  visibleUntil: "visible_until",
} as const;

/** @returns whether the post was still at `patch.version` and is now changed */
export async function updatePost(id: string, patch: PostPatch): Promise<boolean> {
  const values: unknown[] = [id, patch.version];
  const set = ["version = version + 1", "updated_at = now()"];
  for (const [field, column] of Object.entries(columns)) {
    const value = patch[field as keyof typeof columns];
    if (value !== undefined) set.push(`${column} = $${values.push(value)}`);
  }
  if (patch.published === true) set.push("published_at = coalesce(published_at, now())");
  if (patch.published === false) set.push("published_at = NULL");
  const { rowCount } = await sql.query(
    `UPDATE posts SET ${set.join(", ")} WHERE id = $1 AND version = $2 AND deleted_at IS NULL`,
    values,
  );
  return rowCount === 1;
}

/** Deleted posts can come back for 30 days; then the next deletion removes them for good. */
export async function deletePost(id: string): Promise<boolean> {
  const result = await sql.query("UPDATE posts SET deleted_at = now() WHERE id = $1 AND deleted_at IS NULL", [
    id,
  ]);
  await sql`DELETE FROM posts WHERE deleted_at < now() - interval '30 days'`;
  return result.rowCount === 1;
}

export async function restorePost(id: string): Promise<boolean> {
  const result = await sql.query(
    "UPDATE posts SET deleted_at = NULL WHERE id = $1 AND deleted_at IS NOT NULL",
    [id],
  );
  return result.rowCount === 1;
}
