/** @jsxImportSource preact */
import type { Post } from "./api.ts";
import { Icon } from "./icons.tsx";
import { useApp } from "./use-app.ts";

/** Who, when, for whom, and what state it is in. */
export function PostMeta({ post }: { post: Post }) {
  const { formats } = useApp();
  const at = post.publishedAt ?? post.updatedAt;
  return (
    <p class="meta">
      {post.pinned && (
        <span>
          <Icon name="pin" size={13} /> Pinned
        </span>
      )}
      <span>{post.author.name}</span>
      <time dateTime={at} title={formats.dateTime(at)}>
        {post.state === "draft" ? "draft, edited " : ""}
        {formats.relative(at)}
      </time>
      {post.state === "scheduled" && post.visibleFrom && (
        <span>
          <Icon name="clock" size={13} /> from {formats.dateTime(post.visibleFrom)}
        </span>
      )}
      {post.visibleUntil && (
        <span>
          <Icon name="clock" size={13} /> {post.state === "past" ? "ended" : "until"}{" "}
          {formats.dateTime(post.visibleUntil)}
        </span>
      )}
      {post.groups.length > 0 && (
        <span>
          <Icon name="users" size={13} /> {post.groups.join(", ")}
        </span>
      )}
      {post.readers !== null && post.readers > 0 && (
        <span>{formats.count(post.readers, { one: "read by # person", other: "read by # people" })}</span>
      )}
    </p>
  );
}
