import { join } from "node:path";
import {
  openApiCheck,
  type RunningModule,
  readBadgeAnswer,
  readWidgetAnswer,
  startModule,
  type TestRequest,
  type TestUser,
} from "@graft/sdk/testing";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { routes } from "./routes.ts";

interface Post {
  id: string;
  title: string;
  state: string;
  read: boolean;
  readers: number | null;
  version: number;
  pinned: boolean;
}
interface PostPage {
  items: Post[];
  nextCursor: string | null;
  unread: number;
}

const ada: TestUser = { userId: "u-ada", name: "Ada", role: "administrator" };
const ben: TestUser = { userId: "u-ben", name: "Ben", groups: ["staff"] };
const cyd: TestUser = { userId: "u-cyd", name: "Cyd", groups: ["guests"] };
const dee: TestUser = { userId: "u-dee", name: "Dee", groups: ["editors"] };

const openapi = await openApiCheck(join(import.meta.dirname, "../openapi/v1.json"));

let module: RunningModule;
beforeAll(async () => {
  module = await startModule(join(import.meta.dirname, ".."), {
    postgresUrl: inject("postgresUrl"),
    config: { authors: ["editors"] },
  });
});
afterAll(() => module.stop());

async function ask<T>(
  user: TestUser,
  path: string,
  init?: TestRequest,
): Promise<{ status: number; body: T }> {
  const response = await module.fetch(user, path, init);
  const text = await response.text();
  const body: unknown = text === "" ? undefined : JSON.parse(text);
  openapi.answer(init?.method ?? (init?.body ? "POST" : "GET"), path, response.status, body);
  return { status: response.status, body: body as T };
}

async function post(fields: Record<string, unknown>, user: TestUser = ada): Promise<Post> {
  const { status, body } = await ask<Post>(user, "/v1/posts", { body: fields });
  expect(status).toBe(201);
  return body;
}

async function titles(user: TestUser, search = ""): Promise<string[]> {
  const { body } = await ask<PostPage>(user, `/v1/posts?limit=100${search}`);
  return body.items.map((p) => p.title);
}

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const anHourAgo = () => new Date(Date.now() - 3_600_000).toISOString();

describe("who sees what", () => {
  it("shows a post for a group to its members alone", async () => {
    const { id } = await post({ title: "For staff", groups: ["staff"] });
    expect(await titles(ben)).toContain("For staff");
    expect(await titles(cyd)).not.toContain("For staff");
    expect((await ask(cyd, `/v1/posts/${id}`)).status).toBe(404);
    expect((await ask(cyd, `/v1/posts/${id}/read`, { method: "PUT" })).status).toBe(404);
  });

  it("hides drafts, posts whose day has not come and posts that have ended from readers", async () => {
    await post({ title: "A draft", published: false });
    await post({ title: "Tomorrow", visibleFrom: inAnHour() });
    await post({ title: "Yesterday", visibleUntil: anHourAgo() });
    const seen = await titles(ben);
    for (const title of ["A draft", "Tomorrow", "Yesterday"]) expect(seen).not.toContain(title);
    expect(await titles(ada, "&view=draft")).toContain("A draft");
    expect(await titles(ada, "&view=scheduled")).toContain("Tomorrow");
    expect(await titles(ada, "&view=past")).toContain("Yesterday");
    expect((await ask(ben, "/v1/posts?view=draft")).status).toBe(403);
  });

  it("puts pinned posts first and pages through the rest without a gap or a repeat", async () => {
    await post({ title: "Pinned", pinned: true });
    for (let i = 0; i < 5; i++) await post({ title: `Page ${i}`, body: "paging" });
    expect((await titles(ben))[0]).toBe("Pinned");
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const next: string = cursor === null ? "" : `&cursor=${cursor}`;
      const { body } = await ask<PostPage>(ben, `/v1/posts?limit=2${next}`);
      seen.push(...body.items.map((p) => p.id));
      cursor = body.nextCursor;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBe((await titles(ben)).length);
  });

  it("finds by words of title or text, taking % and _ as they are", async () => {
    await post({ title: "Lift repaired", body: "The **lift** runs again: 100% safe" });
    expect(await titles(ben, "&query=LIFT")).toEqual(["Lift repaired"]);
    expect(await titles(ben, "&query=100%25%20s")).toEqual(["Lift repaired"]);
    expect(await titles(ben, "&query=%25%25%25")).toEqual([]);
  });
});

describe("who may write", () => {
  it("refuses a member and lets the configured groups, operators and administrators", async () => {
    const refused = await ask<{ code: string }>(ben, "/v1/posts", { body: { title: "No" } });
    expect(refused.status).toBe(403);
    expect(refused.body.code).toBe("NOT_AN_AUTHOR");
    await post({ title: "By an editor" }, dee);
    await post({ title: "By an operator" }, { userId: "u-op", role: "operator" });
  });

  it("names the field that is wrong", async () => {
    const empty = await ask<{ detail: string }>(ada, "/v1/posts", { body: { title: "  " } });
    expect([empty.status, empty.body.detail]).toEqual([422, "title: give it a title"]);
    const unknown = await ask(ada, "/v1/posts", { body: { title: "x", colour: "red" } });
    expect(unknown.status).toBe(422);
    const period = { title: "x", visibleFrom: inAnHour(), visibleUntil: anHourAgo() };
    expect((await ask(ada, "/v1/posts", { body: period })).status).toBe(422);
    expect((await ask(ada, "/v1/posts?cursor=nonsense")).status).toBe(400);
    expect((await ask(ada, "/v1/posts/not-a-uuid")).status).toBe(404);
  });

  it("refuses an edit of a version that somebody else has changed", async () => {
    const { id, version } = await post({ title: "First" });
    const edit = (title: string) =>
      ask<Post>(ada, `/v1/posts/${id}`, { method: "PATCH", body: { version, title } });
    expect((await edit("Second")).body.title).toBe("Second");
    expect((await edit("Third")).status).toBe(409);
  });

  it("takes a post back to draft, out of the sight of readers", async () => {
    const { id, version } = await post({ title: "To and fro" });
    const patch = { version, published: false };
    const draft = await ask<Post>(ada, `/v1/posts/${id}`, { method: "PATCH", body: patch });
    expect(draft.body.state).toBe("draft");
    expect((await ask(ben, `/v1/posts/${id}`)).status).toBe(404);
  });

  it("brings a deleted post back with its receipts", async () => {
    const { id } = await post({ title: "Oops" });
    await ask(ben, `/v1/posts/${id}/read`, { method: "PUT" });
    expect((await ask(ada, `/v1/posts/${id}`, { method: "DELETE" })).status).toBe(204);
    expect((await ask(ben, `/v1/posts/${id}`)).status).toBe(404);
    expect((await ask(ada, `/v1/posts/${id}`, { method: "DELETE" })).status).toBe(404);
    const restored = await ask<Post>(ada, `/v1/posts/${id}/restore`, { method: "POST" });
    expect([restored.status, restored.body.readers]).toEqual([200, 1]);
  });
});

describe("read receipts", () => {
  const eve: TestUser = { userId: "u-eve", name: "Eve", groups: ["staff"] };
  const unread = async () => (await ask<{ unread: number }>(eve, "/v1/me")).body.unread;

  it("counts each reader once and tells only authors who they are", async () => {
    const { id } = await post({ title: "Read me" });
    const before = await unread();
    for (let i = 0; i < 2; i++) await ask(eve, `/v1/posts/${id}/read`, { method: "PUT" });
    expect(await unread()).toBe(before - 1);
    const readers = await ask<{ items: { name: string }[] }>(ada, `/v1/posts/${id}/readers`);
    expect(readers.body.items.map((r) => r.name)).toEqual(["Eve"]);
    expect((await ask(eve, `/v1/posts/${id}/readers`)).status).toBe(403);
    expect((await ask<Post>(eve, `/v1/posts/${id}`)).body).toMatchObject({ read: true, readers: null });
  });

  it("marks everything addressed to the reader, and nothing else", async () => {
    const other = await post({ title: "Guests only", groups: ["guests"] });
    await ask(eve, "/v1/read", { method: "POST" });
    expect(await unread()).toBe(0);
    const readers = await ask<{ items: unknown[] }>(ada, `/v1/posts/${other.id}/readers`);
    expect(readers.body.items).toEqual([]);
  });
});

describe("what the host draws", () => {
  const fay: TestUser = { userId: "u-fay", name: "Fay", groups: ["parents"] };
  const latest = async (search = "") => {
    const { body } = await ask<unknown>(fay, `/v1/latest${search}`);
    const read = readWidgetAnswer("list", body);
    if (!read.ok) throw new Error(read.problem);
    return read.answer;
  };
  const unread = async () => {
    const read = readBadgeAnswer((await ask(fay, "/v1/unread")).body);
    return read.ok ? read.answer.count : Number.NaN;
  };

  it("lists what is addressed to the reader, with a mark until it is read", async () => {
    const { id } = await post({ title: "School closes early", body: "At **noon**.", groups: ["parents"] });
    await post({ title: "Only for staff", groups: ["staff"] });
    const before = await unread();
    const all = await latest("?limit=20");
    expect(all.items.map(({ title }) => title)).not.toContain("Only for staff");
    expect(all.items.find(({ link }) => link === `/posts/${id}`)).toMatchObject({
      title: "School closes early",
      text: "At noon.",
      unread: true,
    });
    expect(all.unread).toBe(before);
    await ask(fay, `/v1/posts/${id}/read`, { method: "PUT" });
    expect(await unread()).toBe(before - 1);
    const left = await latest("?limit=20&unreadOnly=true");
    expect(left.items.map(({ link }) => link)).not.toContain(`/posts/${id}`);
  });

  it("shows as many as the instance's settings ask for", async () => {
    expect((await latest("?limit=2")).items).toHaveLength(2);
    expect((await ask(fay, "/v1/latest?limit=0")).status).toBe(400);
  });
});

it("refuses a request that Graft did not sign", async () => {
  expect((await module.fetch(null, "/v1/posts")).status).toBe(401);
  const forged = await module.fetch(null, "/v1/posts", { headers: { "graft-identity": "a.b.c" } });
  expect(forged.status).toBe(401);
});

it("serves exactly what its OpenAPI document describes", () => {
  expect(openapi.routes).toEqual(Object.keys(routes).sort());
});
