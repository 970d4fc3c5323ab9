/** @jsxImportSource preact */

import { useLoad } from "@graft/sdk/preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "./icons.tsx";
import { Markdown } from "./markdown.tsx";
import { PostMeta } from "./post-meta.tsx";
import { useApp } from "./use-app.ts";

/** One announcement in full. Opening it is what counts as reading it. */
export function PostView({ id, mayWrite }: { id: string; mayWrite: boolean }) {
  const { api, graft } = useApp();
  const [deleted, setDeleted] = useState(false);
  const loaded = useLoad(id, () => api.get(id));
  const post = loaded.data;

  useEffect(() => {
    if (!post) return;
    graft.title(post.title);
    if (post.addressed && !post.read && post.state === "current") {
      void api.markRead(post.id).then(({ unread }) => graft.badge(unread));
    }
  }, [api, graft, post]);

  const back = (
    <button type="button" class="back" data-variant="ghost" onClick={() => graft.navigate("/")}>
      <Icon name="back" size={14} /> All announcements
    </button>
  );
  if (!post) {
    return (
      <div class="page">
        {back}
        {loaded.error && <p role="alert">{loaded.error}</p>}
      </div>
    );
  }
  const attempt = (work: () => Promise<unknown>) =>
    work().catch((error: Error) => {
      graft.toast(error.message, "error");
    });
  const remove = () =>
    attempt(async () => {
      await api.remove(id);
      setDeleted(true);
    });
  const undo = () =>
    attempt(async () => {
      await api.restore(id);
      setDeleted(false);
    });

  return (
    <div class="page">
      <header class="toolbar">
        {back}
        <span class="grow" />
        {mayWrite && !deleted && (
          <>
            <button type="button" onClick={() => graft.navigate(`/posts/${id}/edit`)}>
              Edit
            </button>
            <button type="button" data-variant="destructive" onClick={() => void remove()}>
              Delete announcement
            </button>
          </>
        )}
      </header>
      {deleted ? (
        <div class="notice" role="status">
          <p>“{post.title}” is deleted. It can be brought back for 30 days.</p>
          <button type="button" onClick={() => void undo()}>
            Undo
          </button>
        </div>
      ) : (
        <article class="post">
          <h1>{post.title}</h1>
          <PostMeta post={post} />
          <Markdown text={post.body} />
          {mayWrite && post.state !== "draft" && <Readers id={id} count={post.readers ?? 0} />}
        </article>
      )}
    </div>
  );
}

function Readers({ id, count }: { id: string; count: number }) {
  const { api, formats } = useApp();
  const [open, setOpen] = useState(false);
  const readers = useLoad(`${id} ${open}`, async () => (open ? (await api.readers(id)).items : []));
  return (
    <section class="readers">
      <button
        type="button"
        class="back"
        data-variant="ghost"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon name="users" size={14} />
        {formats.count(count, { one: "Read by # person", other: "Read by # people" })}
      </button>
      {open && (
        <ul class="rows">
          {readers.data?.map((reader) => (
            <li key={reader.userId} class="reader">
              <span>{reader.name}</span>
              <time class="quiet" dateTime={reader.readAt}>
                {formats.dateTime(reader.readAt)}
              </time>
            </li>
          ))}
          {readers.data?.length === 0 && !readers.loading && <li class="quiet">Nobody yet.</li>}
        </ul>
      )}
    </section>
  );
}
