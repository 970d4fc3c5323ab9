import { type Context, goals, type Identity, problem, reply } from "@graft/sdk/server";
import { announceDue, withdraw } from "./announce.ts";
import { isUuid, readCursor, writeCursor } from "./cursor.ts";
import { mayWrite, requireWriter } from "./may-write.ts";
import { newPost, postPatch } from "./post-input.ts";
import {
  countUnread,
  deletePost,
  findPost,
  insertPost,
  listPosts,
  type PostRow,
  restorePost,
  updatePost,
  type View,
} from "./posts.sql.ts";
import { listReaders, markAllRead, markRead } from "./receipts.sql.ts";

export interface State {
  authors: readonly string[];
}
type Ctx = Context<State, Record<never, string>>;
type PostCtx = Context<State, { id: string }>;

const views = ["current", "scheduled", "draft", "past", "all"];

export async function getMe({ identity, state }: Ctx) {
  return {
    mayWrite: mayWrite(identity, state.authors),
    groups: identity.groups,
    unread: await countUnread(identity),
  };
}

export async function getPosts({ identity, state, query }: Ctx) {
  const writer = mayWrite(identity, state.authors);
  const view = query.get("view") ?? "current";
  if (!views.includes(view)) throw problem(400, `view must be one of ${views.join(", ")}.`);
  if (view !== "current") requireWriter(identity, state.authors);
  const limit = Number(query.get("limit") ?? 20);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw problem(400, "limit must be 1 to 100.");
  const [rows, unread] = await Promise.all([
    listPosts({
      identity,
      writer,
      view: view as View,
      query: query.get("query")?.trim() || null,
      unreadOnly: query.get("unread") === "true",
      limit,
      after: readCursor(query.get("cursor")),
    }),
    countUnread(identity),
  ]);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => toPost(row, writer)),
    nextCursor: rows.length > limit && last ? writeCursor(last) : null,
    unread,
  };
}

export async function getPost(context: PostCtx) {
  return readPost(context, context.params.id);
}

export async function createPost(context: Ctx) {
  requireWriter(context.identity, context.state.authors);
  const input = await context.json(newPost);
  checkPeriod(input.visibleFrom, input.visibleUntil);
  const post = await readPost(context, await insertPost(input, context.identity));
  void announceDue();
  return reply(201, post, { location: `posts/${post.id}` });
}

export async function patchPost(context: PostCtx) {
  requireWriter(context.identity, context.state.authors);
  const patch = await context.json(postPatch);
  const before = await requirePost(context, context.params.id);
  checkPeriod(patch.visibleFrom ?? before.visibleFrom, patch.visibleUntil ?? before.visibleUntil);
  if (!(await updatePost(before.id, patch))) {
    throw problem(
      409,
      "Somebody else has changed this announcement meanwhile. Load it again, then repeat the change.",
      {
        code: "POST_CHANGED",
      },
    );
  }
  void announceDue();
  return readPost(context, before.id);
}

export async function removePost(context: PostCtx) {
  requireWriter(context.identity, context.state.authors);
  if (!(await deletePost(checkId(context.params.id)))) throw noSuchPost();
  void withdraw(context.params.id);
}

export async function undoRemovePost(context: PostCtx) {
  requireWriter(context.identity, context.state.authors);
  if (!(await restorePost(checkId(context.params.id)))) throw noSuchPost();
  return readPost(context, context.params.id);
}

export async function readOne(context: PostCtx) {
  const post = await requirePost(context, context.params.id);
  if (post.state === "current" && (await markRead(post.id, context.identity))) {
    void withdraw(post.id, [context.identity.userId]);
    reportRead(context.identity, [post.id]);
  }
  return { unread: await countUnread(context.identity) };
}

export async function readAll({ identity }: Ctx) {
  const read = await markAllRead(identity);
  void Promise.all(read.map((id) => withdraw(id, [identity.userId])));
  reportRead(identity, read);
  return { unread: 0 };
}

/** The first reading of each: what experiments are judged by. */
function reportRead(reader: Identity, postIds: readonly string[]): void {
  if (postIds.length === 0) return;
  void goals.report(reader, "read");
  for (const key of postIds.slice(0, 50)) void goals.report(reader, "reads", { key });
}

export async function getReaders(context: PostCtx) {
  requireWriter(context.identity, context.state.authors);
  const post = await requirePost(context, context.params.id);
  return { items: await listReaders(post.id), nextCursor: null };
}

async function readPost(context: Context<State, unknown>, id: string) {
  return toPost(await requirePost(context, id), mayWrite(context.identity, context.state.authors));
}

async function requirePost({ identity, state }: Context<State, unknown>, id: string): Promise<PostRow> {
  const post = await findPost(checkId(id), identity, mayWrite(identity, state.authors));
  if (!post) throw noSuchPost();
  return post;
}

function checkId(id: string): string {
  if (!isUuid(id)) throw noSuchPost();
  return id;
}

function noSuchPost() {
  return problem(404, "There is no such announcement.", { code: "POST_NOT_FOUND" });
}

function checkPeriod(from: Date | null, until: Date | null): void {
  if (from && until && until <= from) {
    throw problem(422, "visibleUntil: must be later than visibleFrom", { code: "BODY_INVALID" });
  }
}

/** How many have read it is the authors' business alone. */
function toPost(row: PostRow, writer: boolean) {
  const { authorId, authorName, sortAt: _order, readers, ...post } = row;
  return { ...post, author: { id: authorId, name: authorName }, readers: writer ? readers : null };
}
