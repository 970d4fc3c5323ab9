import { getLatest, getUnread } from "./handle-host-views.ts";
import * as handle from "./handlers.ts";

export const routes = {
  "GET /v1/me": handle.getMe,
  "GET /v1/latest": getLatest,
  "GET /v1/unread": getUnread,
  "GET /v1/posts": handle.getPosts,
  "POST /v1/posts": handle.createPost,
  "GET /v1/posts/:id": handle.getPost,
  "PATCH /v1/posts/:id": handle.patchPost,
  "DELETE /v1/posts/:id": handle.removePost,
  "POST /v1/posts/:id/restore": handle.undoRemovePost,
  "PUT /v1/posts/:id/read": handle.readOne,
  "GET /v1/posts/:id/readers": handle.getReaders,
  "POST /v1/read": handle.readAll,
};
