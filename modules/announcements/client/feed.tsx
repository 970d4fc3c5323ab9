/** @jsxImportSource preact */

import { useLoad } from "@graft/sdk/preact";
import { useEffect, useState } from "preact/hooks";
import type { Post, View } from "./api.ts";
import { Icon } from "./icons.tsx";
import { toExcerpt } from "./markdown.tsx";
import { PostMeta } from "./post-meta.tsx";
import { useApp } from "./use-app.ts";

const views: { view: View; label: string; empty: string }[] = [
  { view: "current", label: "Current", empty: "No announcements right now." },
  { view: "scheduled", label: "Scheduled", empty: "Nothing is waiting for its day." },
  { view: "draft", label: "Drafts", empty: "No drafts. Save one from the editor to go on later." },
  { view: "past", label: "Past", empty: "No announcement has ended yet." },
];

export function Feed({ mayWrite }: { mayWrite: boolean }) {
  const { api, graft, formats } = useApp();
  const [view, setView] = useState<View>("current");
  const [typed, setTyped] = useState("");
  const query = useSettled(typed.trim(), 200);
  const page = useLoad(`${view} ${query}`, () => api.list({ view, query }));
  const { data, error, set } = page;

  useEffect(() => {
    graft.title("Announcements");
    if (data) graft.badge(data.unread);
  }, [graft, data]);

  const loadMore = async () => {
    const next = await api.list({ view, query, cursor: data?.nextCursor ?? null });
    set((old) => ({ ...next, items: [...old.items, ...next.items] }));
  };
  const markAll = async () => {
    await api.markAllRead();
    set((old) => ({
      ...old,
      unread: 0,
      items: old.items.map((p) => ({ ...p, read: p.read || p.addressed })),
    }));
  };

  return (
    <div class="page">
      <header class="toolbar">
        {mayWrite && (
          <fieldset class="segments" aria-label="Which announcements">
            {views.map((v) => (
              <button
                key={v.view}
                type="button"
                aria-pressed={v.view === view}
                onClick={() => setView(v.view)}
              >
                {v.label}
              </button>
            ))}
          </fieldset>
        )}
        <label class="search">
          <span class="visually-hidden">Search announcements</span>
          <Icon name="search" size={14} />
          <input
            type="search"
            placeholder="Search"
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
        <span class="grow" />
        {data !== null && data.unread > 0 && (
          <button type="button" data-variant="ghost" onClick={() => void markAll()}>
            <Icon name="check" size={14} />
            {formats.count(data.unread, { one: "Mark # as read", other: "Mark # as read" })}
          </button>
        )}
        {mayWrite && (
          <button type="button" data-variant="primary" onClick={() => graft.navigate("/new")}>
            <Icon name="plus" size={14} /> Write
          </button>
        )}
      </header>

      {error !== null && (
        <div class="empty" role="alert">
          <p>{error}</p>
          <button type="button" onClick={() => void page.reload()}>
            Retry
          </button>
        </div>
      )}
      {error === null && data?.items.length === 0 && (
        <EmptyFeed view={view} searched={query !== ""} mayWrite={mayWrite} />
      )}
      <ul class="feed" aria-busy={page.loading}>
        {error === null && data?.items.map((post) => <FeedPost key={post.id} post={post} />)}
      </ul>
      {error === null && data?.nextCursor && (
        <button type="button" class="more" onClick={() => void loadMore()}>
          Show more
        </button>
      )}
    </div>
  );
}

function FeedPost({ post }: { post: Post }) {
  const { graft } = useApp();
  const unread = post.addressed && !post.read && post.state === "current";
  return (
    <li>
      <article class="feed-post">
        <span class="dot" data-on={unread} />
        <div>
          <h2>
            <button type="button" class="link" onClick={() => graft.navigate(`/posts/${post.id}`)}>
              {unread && <span class="visually-hidden">Unread: </span>}
              {post.title}
            </button>
          </h2>
          {post.body !== "" && <p class="excerpt">{toExcerpt(post.body, 220)}</p>}
          <PostMeta post={post} />
        </div>
      </article>
    </li>
  );
}

function EmptyFeed({ view, searched, mayWrite }: { view: View; searched: boolean; mayWrite: boolean }) {
  const { graft } = useApp();
  return (
    <div class="empty">
      <Icon name="megaphone" size={24} />
      <p>{searched ? "Nothing matches this search." : views.find((v) => v.view === view)?.empty}</p>
      {mayWrite && !searched && view === "current" && (
        <button type="button" onClick={() => graft.navigate("/new")}>
          Write the first one
        </button>
      )}
    </div>
  );
}

/** The value once it has stayed the same for a while. */
function useSettled(value: string, delayMs: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return settled;
}
