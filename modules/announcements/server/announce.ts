import { log, notify, retractNotification, sql } from "@graft/sdk/server";

interface DuePost {
  id: string;
  title: string;
  body: string;
  groups: string[];
  authorId: string;
}

/** For posts whose day comes without anybody pressing a button. */
const checkMs = 30_000;

export function watchSchedule(): void {
  setInterval(announceDue, checkMs).unref();
}

/** Tells readers of what has become visible. Each post is claimed first, so that no two processes tell it. */
export async function announceDue(): Promise<void> {
  try {
    for (const post of await claimDue()) await announce(post);
  } catch (error) {
    log.warn("announcements could not be announced", { error: String(error) });
  }
}

/** Nobody needs to be told any more: of a post that is gone, or, with `readers`, those who have read it. */
export async function withdraw(postId: string, readers?: string[]): Promise<void> {
  await retractNotification(keyOf(postId), readers);
}

async function announce({ id, title, body, groups, authorId }: DuePost): Promise<void> {
  const told = await notify({
    kind: "published",
    to: groups.length === 0 ? { everyone: true } : { groups },
    except: [authorId],
    title: shorten(title, 120),
    body: shorten(firstParagraph(body), 300),
    path: `/posts/${id}`,
    key: keyOf(id),
  });
  // The host could not be reached: the next check tries again.
  if (told === null) await sql`UPDATE posts SET announced_at = NULL WHERE id = ${id}`;
}

function claimDue(): Promise<DuePost[]> {
  return sql<DuePost>`
    UPDATE posts SET announced_at = now()
     WHERE announced_at IS NULL AND deleted_at IS NULL AND published_at IS NOT NULL
       AND (visible_from IS NULL OR visible_from <= now()) AND (visible_until IS NULL OR visible_until > now())
    RETURNING id, title, body, groups, author_id AS "authorId"`;
}

const keyOf = (postId: string) => `post:${postId}`;

/** Markdown as plain text, as far as one line in a list needs it. */
function firstParagraph(markdown: string): string {
  const paragraph = markdown.split(/\n\s*\n/).find((part) => part.trim() !== "") ?? "";
  return paragraph
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/[*_`#>~]+/g, "")
    .replace(/\s+/g, " ")
    .trim();
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`;
}
