/** @jsxImportSource preact */

import { useLoad } from "@graft/sdk/preact";
import { useEffect, useRef, useState } from "preact/hooks";
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

export function Feed({ path, mayWrite }: { path: string; mayWrite: boolean }) {
  const { api, graft, formats } = useApp();
  const { view, query } = readFeed(path);
  const { typed, type } = useSearch(query, (text) =>
    graft.navigate(feedPath({ ...readFeed(graft.path), query: text }), { replace: true }),
  );
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
                onClick={() => graft.navigate(feedPath({ view: v.view, query }), { replace: true })}
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
            onInput={(event) => type(event.currentTarget.value)}
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

/** What the list shows is in its address: a way back to it finds it so. */
function readFeed(path: string): { view: View; query: string } {
  const asked = new URLSearchParams(path.split("?")[1]);
  const view = views.find((one) => one.view === asked.get("view"))?.view ?? "current";
  return { view, query: asked.get("query") ?? "" };
}

function feedPath({ view, query }: { view: View; query: string }): string {
  const asked = new URLSearchParams();
  if (view !== "current") asked.set("view", view);
  if (query !== "") asked.set("query", query);
  return asked.size === 0 ? "/" : `/?${asked}`;
}

/** What is typed, and the address that follows once it has stayed the same for a while. */
function useSearch(query: string, search: (query: string) => void) {
  const [typed, setTyped] = useState(query);
  const asked = useRef(query);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // Another address than the one typed here, as by a link or the browser's back button.
    if (query === asked.current) return;
    clearTimeout(timer.current);
    asked.current = query;
    setTyped(query);
  }, [query]);
  function type(text: string) {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      asked.current = text.trim();
      search(asked.current);
    }, 200);
  }
  return { typed, type };
}
