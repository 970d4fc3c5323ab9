import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { planChange } from "../../../contract/plan-change.ts";
import type { Role } from "../../core/index.ts";
import { silentLog } from "../../core/index.ts";
import type { Identity } from "../../people/index.ts";
import { hostIdentity } from "../../serving/gateway/index.ts";
import { createApi } from "./create-api.ts";
import { definePublicRoute, defineRoute, eventStream, reply } from "./define-route.ts";
import { queueEvents } from "./event-queue.ts";
import type { ApiEngine } from "./types.ts";

const seen: unknown[] = [];
let subscribers = 0;
const routes = [
  definePublicRoute("GET", "/open", { summary: "Open", handle: () => ({ open: true }) }),
  defineRoute("GET", "/things/{number}", {
    summary: "One thing",
    role: "member",
    query: z.object({ limit: z.coerce.number().int().max(10).optional() }),
    handle: ({ params, query, actor }) => {
      seen.push(actor);
      return { number: params.number, limit: query.limit ?? null };
    },
  }),
  defineRoute("POST", "/things", {
    summary: "Make one",
    role: "operator",
    body: z.strictObject({ name: z.string() }),
    status: 201,
    handle: ({ body, baseUrl }) => reply(201, body, { location: `${baseUrl}/things/${body.name}` }),
  }),
  defineRoute("DELETE", "/things/{number}", {
    summary: "Remove",
    role: "administrator",
    handle: () => undefined,
  }),
  defineRoute("POST", "/plans", {
    summary: "Plan",
    role: "operator",
    body: z.strictObject({ changes: z.array(planChange).min(1) }),
    handle: ({ body }) => body,
  }),
  defineRoute("GET", "/broken", {
    summary: "Breaks",
    role: "member",
    handle: () => {
      throw new TypeError("a secret of the inside");
    },
  }),
  defineRoute("GET", "/watch", {
    summary: "Watch",
    role: "operator",
    events: {},
    handle: ({ signal }) => eventStream(queueEvents(signal, () => () => {})),
  }),
  defineRoute("GET", "/events", {
    summary: "Events",
    role: "member",
    events: { first: z.object({ n: z.int() }), message: z.object({ n: z.int() }) },
    handle: ({ signal }) =>
      eventStream(
        queueEvents(signal, (push) => {
          subscribers++;
          push({ event: "first", data: { n: 1 } });
          push({ data: { n: 2 } });
          return () => void subscribers--;
        }),
      ),
  }),
];

let session: Identity | null = hostIdentity;
const listeners = new Set<() => void>();
const directory = {
  session: () => session,
  onChange(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
const engine = {
  settings: { publicUrl: undefined },
  log: silentLog,
  access: { directory },
} as unknown as ApiEngine;
let tokenIsValid = true;
let server: Server;
let url: string;
beforeEach(async () => {
  seen.length = 0;
  const api = createApi(engine, routes);
  server = createServer((req, res) => {
    const role = req.headers["x-role"] as Role | undefined;
    api(
      req,
      res,
      role === undefined
        ? null
        : {
            ...{ identity: { ...hostIdentity, userId: "u", name: "Ada", role }, via: "token" },
            token: { id: "t", isValid: () => tokenIsValid },
          },
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/graft`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function call(method: string, path: string, role?: Role, body?: string, type = "application/json") {
  const headers = {
    ...(role ? { "x-role": role } : {}),
    ...(body === undefined ? {} : { "content-type": type }),
  };
  const answer = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === "" ? null : JSON.parse(text) };
}

it("each row is open to its role and above, and to nobody else", async () => {
  expect((await call("GET", "/open")).body).toEqual({ open: true });
  expect((await call("GET", "/things/7")).status).toBe(401);
  expect((await call("GET", "/things/7", "member")).status).toBe(200);
  const make = (role?: Role) => call("POST", "/things", role, '{"name":"x"}');
  expect((await make("member")).body).toMatchObject({ code: "FORBIDDEN", details: { needed: "operator" } });
  expect((await make("operator")).status).toBe(201);
  expect((await make("administrator")).headers.get("location")).toBe(`${new URL(url).origin}/things/x`);
  expect((await call("DELETE", "/things/7", "operator")).status).toBe(403);
  expect((await call("DELETE", "/things/7", "administrator")).status).toBe(204);
});

it("a call without the right is refused before its body is looked at", async () => {
  expect((await call("POST", "/things", "member", "{broken")).status).toBe(403);
});

it("a handler is told who calls, from where and by what means", async () => {
  await call("GET", "/things/7", "member");
  expect(seen).toEqual([
    { userId: "u", name: "Ada", role: "member", via: "token", tokenId: "t", ip: "127.0.0.1" },
  ]);
});

it("paths that no row has are 404, methods that no row has 405 with Allow", async () => {
  expect((await call("GET", "/nothing", "member")).body.code).toBe("NOT_FOUND");
  expect((await call("GET", "/things/seven", "member")).status).toBe(404);
  expect((await call("GET", "/things/%zz", "member")).status).toBe(404);
  const wrong = await call("PUT", "/things/7", "member");
  expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "DELETE, GET, HEAD, OPTIONS"]);
  const options = await call("OPTIONS", "/things", "member");
  expect([options.status, options.headers.get("allow")]).toEqual([204, "OPTIONS, POST"]);
});

it("what has not changed is 304 for its entity tag, weak and in a list too; a body and a change never are", async () => {
  const ask = (given: Record<string, string>, path = "/open", method = "GET") =>
    fetch(url + path, { method, headers: given });
  const etag = (await ask({})).headers.get("etag") ?? "";
  expect(etag).toMatch(/^"[\w-]{27}"$/);
  for (const tag of [etag, `W/${etag}`, `"old", ${etag}`, "*"]) {
    const answer = await ask({ "if-none-match": tag });
    expect([tag, answer.status, answer.headers.get("etag"), await answer.text()]).toEqual([
      tag,
      304,
      etag,
      "",
    ]);
    expect((await ask({ "if-none-match": tag }, "/open", "HEAD")).status).toBe(304);
  }
  expect((await ask({ "if-none-match": '"old"' })).status).toBe(200);
  const role = { "x-role": "member", "if-none-match": etag };
  expect((await ask(role, "/things/7")).status).toBe(200);
  expect((await ask({ ...role, "if-none-match": "*" }, "/broken")).status).toBe(500);
  const made = await call("POST", "/things", "operator", '{"name":"x"}');
  expect([made.status, made.headers.get("etag")]).toEqual([201, null]);
});

it("HEAD is GET without a body", async () => {
  const answer = await fetch(`${url}/open`, { method: "HEAD" });
  expect([answer.status, answer.headers.get("content-length"), await answer.text()]).toEqual([200, "13", ""]);
});

it.each([
  ['{"name":1}', "application/json", 400, "INVALID_INPUT"],
  ['{"name":"x","nane":1}', "application/json", 400, "INVALID_INPUT"],
  ["{", "application/json", 400, "INVALID_INPUT"],
  ["name=x", "application/x-www-form-urlencoded", 415, "UNSUPPORTED_MEDIA_TYPE"],
  [`{"name":"${"x".repeat(1_100_000)}"}`, "application/json", 413, "PAYLOAD_TOO_LARGE"],
])("the body %.40s as %s is refused with %i", async (body, type, status, code) => {
  const answer = await call("POST", "/things", "operator", body, type);
  expect([answer.status, answer.body.code]).toEqual([status, code]);
});

it("a wrong query names the field", async () => {
  const { body } = await call("GET", "/things/7?limit=ten", "member");
  expect(body).toMatchObject({
    code: "INVALID_INPUT",
    details: { fieldErrors: { limit: [expect.any(String)] } },
  });
});

it("an unknown action of a plan is named", async () => {
  const plan = (changes: unknown) => call("POST", "/plans", "operator", JSON.stringify({ changes }));
  const unknown = await plan([{ action: "frobnicate", module: "polls" }]);
  expect(unknown.status).toBe(400);
  expect(unknown.body.detail).toContain(
    'there is no action "frobnicate", only install, upgrade, uninstall, restore, rollback',
  );
  expect((await plan([{ module: "polls" }])).body.detail).toContain("an action is missing");
  expect((await plan([{ action: "uninstall", module: "polls" }])).body.detail).toContain("changes.0.data");
  expect((await plan([])).status).toBe(400);
  expect((await plan([{ action: "install", module: "polls", version: "^1" }])).status).toBe(200);
});

it("an unforeseen error shows an id and nothing of the inside", async () => {
  const { status, body } = await call("GET", "/broken", "member");
  expect([status, body.code]).toEqual([500, "INTERNAL"]);
  expect(JSON.stringify(body)).not.toContain("secret");
  expect(body.errorId).toMatch(/^[0-9a-f-]{36}$/);
});

it("events are sent as they come, and their source is let go when the client leaves", async () => {
  const req = request(`${url}/events`, { headers: { "x-role": "member" } }).end();
  const [res] = (await once(req, "response")) as [IncomingMessage];
  expect(res.headers["content-type"]).toBe("text/event-stream; charset=utf-8");
  let text = "";
  for await (const chunk of res) {
    text += String(chunk);
    if (text.includes('{"n":2}')) break;
  }
  expect(text).toBe('event: first\ndata: {"n":1}\n\ndata: {"n":2}\n\n');
  await expect.poll(() => subscribers).toBe(0);
});

it.each([
  [null, true],
  [{ ...hostIdentity, role: "member" as const }, true],
  [hostIdentity, false],
])("a stream ends when its caller becomes %o, and the token's being good %s", async (next, isValid) => {
  session = hostIdentity;
  tokenIsValid = true;
  const req = request(`${url}/watch`, { headers: { "x-role": "operator" } }).end();
  const [res] = (await once(req, "response")) as [IncomingMessage];
  res.resume();
  const ended = once(res, "end");
  session = next;
  tokenIsValid = isValid;
  for (const listener of listeners) listener();
  await ended;
  expect(listeners.size).toBe(0);
});
