import { type Context, problem } from "@graft/sdk/server";
import type { BadgeAnswer, ListAnswer } from "@graft/sdk/views";
import { excerpt } from "./excerpt.ts";
import { countUnread, listPosts, type PostRow } from "./posts.sql.ts";

type Ctx = Context<unknown, Record<never, string>>;

/** The widget: what is addressed to the asking user, whoever may write included. The host draws it. */
export async function getLatest({ identity, query }: Ctx): Promise<ListAnswer> {
  const limit = Number(query.get("limit") ?? 5);
  if (!Number.isInteger(limit) || limit < 1 || limit > 20) throw problem(400, "limit must be 1 to 20.");
  const unreadOnly = query.get("unreadOnly") === "true";
  const [rows, unread] = await Promise.all([
    listPosts({ identity, writer: false, view: "current", query: null, unreadOnly, limit, after: null }),
    countUnread(identity),
  ]);
  return {
    items: rows.slice(0, limit).map(toItem),
    unread,
    empty: unreadOnly ? "You have read everything." : "No announcements right now.",
  };
}

/** The number beside the page in the navigation. */
export async function getUnread({ identity }: Ctx): Promise<BadgeAnswer> {
  return { count: await countUnread(identity) };
}

function toItem(row: PostRow): ListAnswer["items"][number] {
  const text = excerpt(row.body, 160);
  return {
    title: row.title,
    ...(text === "" ? {} : { text }),
    time: row.sortAt.toISOString(),
    link: `/posts/${row.id}`,
    unread: !row.read,
    ...(row.pinned ? { badge: { text: "Pinned" } } : {}),
  };
}
