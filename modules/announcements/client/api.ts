import type { Graft } from "@graft/sdk/client";

export interface Post {
  id: string;
  title: string;
  body: string;
  pinned: boolean;
  groups: string[];
  visibleFrom: string | null;
  visibleUntil: string | null;
  publishedAt: string | null;
  createdAt: string;
  updatedAt: string;
  version: number;
  author: { id: string; name: string };
  state: "draft" | "scheduled" | "current" | "past";
  addressed: boolean;
  read: boolean;
  readers: number | null;
}

export type View = Post["state"];

export interface PostPage {
  items: Post[];
  nextCursor: string | null;
  unread: number;
}

export interface Me {
  mayWrite: boolean;
  groups: string[];
  unread: number;
}

export interface Reader {
  userId: string;
  name: string;
  readAt: string;
}

export type PostFields = Pick<
  Post,
  "title" | "body" | "pinned" | "groups" | "visibleFrom" | "visibleUntil"
> & {
  published: boolean;
};

/** The announcements API; every call throws an Error with the problem's own words. */
export function createApi(graft: Graft) {
  const one = (id: string, rest = "") => `/v1/posts/${encodeURIComponent(id)}${rest}`;
  return {
    me: () => graft.json<Me>("/v1/me"),
    list(options: { view?: View; query?: string; unread?: boolean; limit?: number; cursor?: string | null }) {
      const search = new URLSearchParams();
      for (const [name, value] of Object.entries(options)) if (value) search.set(name, String(value));
      return graft.json<PostPage>(`/v1/posts?${search}`);
    },
    get: (id: string) => graft.json<Post>(one(id)),
    create: (fields: PostFields) => graft.json<Post>("/v1/posts", { method: "POST", body: { ...fields } }),
    change: (id: string, patch: Partial<PostFields> & { version: number }) =>
      graft.json<Post>(one(id), { method: "PATCH", body: patch }),
    remove: (id: string) => graft.json<void>(one(id), { method: "DELETE" }),
    restore: (id: string) => graft.json<Post>(one(id, "/restore"), { method: "POST" }),
    markRead: (id: string) => graft.json<{ unread: number }>(one(id, "/read"), { method: "PUT" }),
    markAllRead: () => graft.json<{ unread: number }>("/v1/read", { method: "POST" }),
    readers: (id: string) => graft.json<{ items: Reader[] }>(one(id, "/readers")),
  };
}
