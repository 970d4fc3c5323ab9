import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { startTestHost, type TestHost } from "./testing/start-test-host.ts";
import { echoServer, writeModule } from "./testing/write-module.ts";

let database: TestDatabase;
let host: TestHost;
let hostToken: string;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  database = await createTestDatabase();
  host = await startTestHost({ databaseUrl: database.url });
  hostToken = JSON.parse(await readFile(`${host.dataDir}/host.json`, "utf8")).token;
  writeModule(host.catalogDir, "echo", {
    server: `console.log("listening");\n${echoServer}`,
    migrations: { "20260101000000_init": "CREATE TABLE items (id int PRIMARY KEY);" },
    manifest: {
      widgets: [{ id: "small", title: "Small", entry: "client/small.html" }],
      config: { type: "object", properties: { key: { type: "string", format: "secret" } } },
    },
    files: { "client/small.html": "<!doctype html>" },
  });
}, 60_000);
afterAll(async () => {
  await host?.end();
  await database?.close();
});

interface Result {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into freely
  body: any;
}

async function call(method: string, path: string, body?: unknown, token = hostToken): Promise<Result> {
  const answer = await fetch(`${host.url}/api/v1/${path.startsWith("/") ? path.slice(1) : `graft/${path}`}`, {
    method,
    headers: {
      ...(token === "" ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === "" ? null : JSON.parse(text) };
}

async function readEvents(path: string, until: (data: string) => boolean, act?: () => Promise<unknown>) {
  const req = request(`${host.url}/api/v1/graft/${path}`, {
    headers: { authorization: `Bearer ${hostToken}`, accept: "text/event-stream" },
  }).end();
  const [res] = (await once(req, "response")) as [IncomingMessage];
  void act?.();
  let text = "";
  for await (const chunk of res) {
    text += String(chunk);
    if (until(text)) break;
  }
  return text;
}

async function apply(change: Record<string, unknown>, confirm?: string[]) {
  const plan = await call("POST", "plans", { changes: [change] });
  expect(plan.status, JSON.stringify(plan.body)).toBe(201);
  const started = await call("POST", "operations", { plan: plan.body.id, ...(confirm ? { confirm } : {}) });
  expect(started.status, JSON.stringify(started.body)).toBe(202);
  expect(started.headers.get("location")).toBe(`${host.url}/api/v1/graft/operations/${started.body.id}`);
  const text = await readEvents(`operations/${started.body.id}`, () => false);
  const last =
    text
      .trim()
      .split("\n\n")
      .filter((event) => event.startsWith("data:"))
      .at(-1) ?? "";
  return JSON.parse(last.slice(6)) as { status: string; generation: number; error: unknown };
}

it("the catalog lists what can be installed", async () => {
  const { body } = await call("GET", "catalog?query=echo");
  expect(body).toMatchObject({
    items: [{ name: "echo", latest: "1.0.0", installed: null }],
    nextCursor: null,
  });
  expect((await call("GET", "catalog/echo")).body.versions).toHaveLength(1);
  expect((await call("GET", "catalog/nothing")).body.code).toBe("MODULE_NOT_IN_CATALOG");
});

it("a plan for a module whose folder is refused says what is wrong with the folder, and where", async () => {
  writeModule(host.catalogDir, "wrong", { manifest: { config: { type: "object", $async: true } } });
  const { status, body } = await call("POST", "plans", { changes: [{ action: "install", module: "wrong" }] });
  expect([status, body.code]).toEqual([404, "MODULE_NOT_IN_CATALOG"]);
  expect(body.detail).toMatch(/wrong.*config\.\$async: is not taken/s);
});

it("a plan shows its SQL and applies once; its operation streams until it succeeded", async () => {
  const plan = await call("POST", "plans", { changes: [{ action: "install", module: "echo" }] });
  expect(plan.status).toBe(201);
  for (const key of ["id", "base", "target", "steps", "sql", "permissions", "warnings", "destructive"]) {
    expect(plan.body).toHaveProperty(key);
  }
  expect(plan.body.sql[0].sql).toContain("CREATE TABLE items");
  expect((await call("GET", `plans/${plan.body.id}`)).body.id).toBe(plan.body.id);
  const done = await apply({ action: "install", module: "echo" });
  expect(done, JSON.stringify(done.error)).toMatchObject({ status: "succeeded", generation: 1 });
  const stale = await call("POST", "operations", { plan: plan.body.id });
  expect([stale.status, stale.body.code]).toEqual([409, "PLAN_STALE"]);
}, 30_000);

it("an installed module is listed, healthy, and answers the host token through the gateway", async () => {
  const { body } = await call("GET", "modules");
  expect(body.items).toMatchObject([
    { name: "echo", version: "1.0.0", type: "module", state: "healthy", generation: 1 },
  ]);
  expect((await call("GET", "modules/echo")).body.manifest.name).toBe("echo");
  const answer = await call("GET", "/echo/items?x=1");
  expect(answer.body).toMatchObject({ module: "echo", url: "/v1/items?x=1" });
  expect(answer.body.headers).not.toHaveProperty("authorization");
  expect((await call("GET", "modules/echo/health")).body).toMatchObject({ module: "echo", state: "healthy" });
  expect((await call("GET", "health")).body).toMatchObject({
    status: "healthy",
    items: [{ module: "echo" }],
  });
});

it("settings are read and written, and a secret never leaves the host", async () => {
  expect((await call("PUT", "modules/echo/config", { key: "hush" })).body).toEqual({ key: "••••" });
  expect((await call("GET", "modules/echo/config")).body).toEqual({ key: "••••" });
  expect((await call("GET", "modules/echo")).body.config).toEqual({ key: "••••" });
  const wrong = await call("PUT", "modules/echo/config", { key: 1 });
  expect([wrong.status, wrong.body.details.fieldErrors]).toEqual([400, { key: ["must be of type string"] }]);
  expect((await call("PUT", "modules/echo/config", ["x"])).status).toBe(400);
});

it("people are invited, set their password and get tokens of their own", async () => {
  for (const [name, role] of [
    ["Ada", "member"],
    ["Otto", "operator"],
    ["Ann", "administrator"],
  ] as const) {
    const invited = await call("POST", "users", { name, email: `${name}@example.org`, role });
    expect(invited.status, JSON.stringify(invited.body)).toBe(201);
    expect(invited.body.url).toBe(`${host.url}/invite/${invited.body.secret}`);
    expect((await call("GET", `invites/${invited.body.secret}`, undefined, "")).body.name).toBe(name);
    const accept = await call(
      "POST",
      `invites/${invited.body.secret}`,
      { password: "four horses under a bridge" },
      "",
    );
    expect(accept.status, JSON.stringify(accept.body)).toBe(200);
    const made = await call("POST", "tokens", { name: "test", userId: invited.body.user.id });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    tokens[role] = made.body.secret;
  }
  expect((await call("GET", "users?query=ada")).body.items).toHaveLength(1);
});

it("access takes effect with the next request, for a group and for everyone", async () => {
  const asAda = () => call("GET", "/echo/items", undefined, tokens.member);
  await call("PUT", "modules/echo/access", { mode: "nobody" });
  expect((await asAda()).status).toBe(403);
  await call("PUT", "modules/echo/access", { mode: "everyone" });
  expect((await asAda()).status).toBe(200);
  expect((await call("POST", "groups", { name: "Staff" })).body.key).toBe("staff");
  await call("PUT", "modules/echo/access", { mode: "groups", groups: ["staff"] });
  expect((await asAda()).status).toBe(403);
  const ada = (await call("GET", "users?query=ada")).body.items[0];
  await call("PATCH", "groups/staff", { members: [ada.id] });
  expect((await asAda()).status).toBe(200);
  expect((await call("GET", `modules/echo/access/users/${ada.id}`)).body).toMatchObject({
    allowed: true,
    reason: "IN_GROUP",
    group: "staff",
  });
  expect((await call("GET", "modules/echo/widgets/small/access")).body).toEqual({
    mode: "groups",
    groups: ["staff"],
    inherited: true,
  });
  const widget = await call("PUT", "modules/echo/widgets/small/access", { mode: "nobody" });
  expect(widget.body).toEqual({ mode: "nobody", inherited: false });
  expect((await call("PUT", "modules/echo/widgets/none/access", { mode: "nobody" })).status).toBe(404);
  expect((await call("PUT", "modules/echo/access", { mode: "groups", groups: ["nope"] })).status).toBe(404);
  const me = await call("GET", "me", undefined, tokens.member);
  expect(me.body).toMatchObject({ user: { name: "Ada", groups: ["staff"] }, role: "member", widgets: [] });
});

it("one person joins a group, and one group is given a module, beside all others", async () => {
  const ada = (await call("GET", "users?query=ada")).body.items[0];
  await call("POST", "groups", { name: "Crew" });
  expect((await call("PUT", `groups/crew/members/${ada.id}`)).body.groups).toEqual(["crew", "staff"]);
  const given = await call("PUT", "modules/echo/access/groups/crew");
  expect(given.body).toEqual({ mode: "groups", groups: ["crew", "staff"] });
  const taken = await call("DELETE", "modules/echo/widgets/small/access");
  expect(taken.body).toEqual({ mode: "groups", groups: ["crew", "staff"], inherited: true });
  const widget = await call("DELETE", "modules/echo/widgets/small/access/groups/crew");
  expect(widget.body).toEqual({ mode: "groups", groups: ["staff"], inherited: false });
  expect((await call("GET", `modules/echo/widgets/small/access/users/${ada.id}`)).body).toMatchObject({
    allowed: true,
    group: "staff",
    rules: [],
    changes: expect.any(Array),
  });
  expect((await call("DELETE", `groups/crew/members/${ada.id}`)).body.groups).toEqual(["staff"]);
  expect((await call("DELETE", "groups/crew")).status).toBe(204);
});

it("a flag, and a document of flags, can be tried before they are written", async () => {
  const ada = (await call("GET", "users?query=ada")).body.items[0];
  const variants = { on: true, off: false };
  await call("PUT", "flags/try-me", { state: "ENABLED", variants, defaultVariant: "off" });
  const proposed = { state: "ENABLED", variants, defaultVariant: "on" };
  const tried = await call("POST", `flags/try-me/users/${ada.id}/preview`, proposed);
  expect(tried.body.evaluation).toMatchObject({ variant: "on" });
  expect((await call("GET", `flags/try-me/users/${ada.id}`)).body.evaluation.variant).toBe("off");
  const text = JSON.stringify({ flags: { "try-me": proposed } });
  const plan = await call("POST", "flag-definitions/preview", { text });
  expect(plan.body).toMatchObject({ problems: [], flags: [{ key: "try-me", kind: "changed" }] });
  const broken = await call("POST", "flag-definitions/preview", { text: "{" });
  expect(broken.body.problems).toMatchObject([{ line: 1 }]);
  await call("DELETE", "flags/try-me");
});

it("a home is arranged, and reset, by whom it belongs to", async () => {
  const mine = () => call("GET", "me/home", undefined, tokens.member);
  await call("PUT", "modules/echo/widgets/small/access", { mode: "groups", groups: ["staff"] });
  expect((await mine()).body).toMatchObject({ source: "generated", items: [{ widget: "echo/small" }] });
  const item = { id: "a", widget: "echo/small", x: 3, y: 0, w: 6, h: 2 };
  const saved = await call("PUT", "me/home", { items: [item] }, tokens.member);
  expect(saved.body).toMatchObject({ source: "own", items: [item] });
  expect((await call("PUT", "groups/staff/home", { items: [{ ...item, locked: true }] })).status).toBe(200);
  expect((await mine()).body.items).toMatchObject([{ ...item, locked: true }]);
  expect((await call("DELETE", "groups/staff/home")).status).toBe(204);
  expect((await call("DELETE", "me/home", undefined, tokens.member)).body.source).toBe("generated");
  expect((await call("PUT", "me/home", { items: [{ ...item, w: 99 }] }, tokens.member)).status).toBe(400);
  expect((await call("GET", "me/home")).body.code).toBe("FORBIDDEN");
});

it("every row of the table refuses roles below its own", async () => {
  const { paths } = (await call("GET", "openapi.json", undefined, "")).body;
  const rank = ["member", "operator", "administrator"];
  for (const [path, methods] of Object.entries<Record<string, { description: string }>>(paths)) {
    const address = path
      .replace("{id}", "0190a6f0-0000-7000-8000-000000000001")
      .replace("{user}", "0190a6f0-0000-7000-8000-000000000001")
      .replace(/\{(module|widget|key|flag|kind|experiment)\}/g, "echo")
      .replace("{backup}", "graft-20260101-000000")
      .replace(/\{(number|other)\}/g, "1")
      .replace("{secret}", "x".repeat(40));
    for (const [method, { description }] of Object.entries(methods)) {
      const needed = rank.findIndex((role) => description.includes(role));
      if (needed < 0) continue;
      const verb = method.toUpperCase();
      expect((await call(verb, address.slice(1), undefined, "")).status, `${verb} ${path} as nobody`).toBe(
        401,
      );
      for (const role of rank.slice(0, needed)) {
        expect(
          (await call(verb, address.slice(1), undefined, tokens[role])).status,
          `${verb} ${path} as ${role}`,
        ).toBe(403);
      }
    }
  }
});

it("tokens of others are out of a member's reach", async () => {
  const own = await call("GET", "tokens", undefined, tokens.member);
  expect(own.body.items).toHaveLength(1);
  expect((await call("GET", "tokens?all=true", undefined, tokens.member)).status).toBe(403);
  const all = (await call("GET", "tokens")).body.items as { id: string; userId: string }[];
  const other = all.find(({ userId }) => userId !== own.body.items[0].userId);
  expect((await call("DELETE", `tokens/${other?.id}`, undefined, tokens.member)).status).toBe(404);
  expect((await call("POST", "tokens", { name: "x", userId: other?.userId }, tokens.member)).status).toBe(
    403,
  );
  expect((await call("POST", "tokens", { name: "second" }, tokens.member)).status).toBe(201);
});

it("a browser hears of an access change, and its stream ends when its user is disabled", async () => {
  const heard = await readEvents(
    "me/events",
    (text) => text.includes("event: access"),
    () => call("PUT", "modules/echo/access", { mode: "everyone" }),
  );
  expect(heard).toContain("event: access");
  const ada = (await call("GET", "users?query=ada")).body.items[0];
  const req = request(`${host.url}/api/v1/graft/me/events`, {
    headers: { authorization: `Bearer ${tokens.member}` },
  }).end();
  const [res] = (await once(req, "response")) as [IncomingMessage];
  res.resume();
  const ended = once(res, "end");
  expect((await call("POST", `users/${ada.id}/disable`)).body.status).toBe("disabled");
  await ended;
  expect((await call("GET", "me", undefined, tokens.member)).status).toBe(401);
});

it("a module's log is listed and followed", async () => {
  const text = await readEvents(
    "modules/echo/logs?follow=true&limit=5",
    // After the install and the change of settings, the third process is the restarted one.
    (seen) => seen.split("listening").length > 3,
    async () => call("POST", "modules/echo/restart"),
  );
  expect(text).toMatch(/data: \{"at":/);
  expect((await call("GET", "modules/echo/logs?limit=5")).body.items.length).toBeGreaterThan(0);
});

it("an uninstall with deletion needs the name, and afterwards the address is gone", async () => {
  const plan = await call("POST", "plans", {
    changes: [{ action: "uninstall", module: "echo", data: "delete" }],
  });
  const unconfirmed = await call("POST", "operations", { plan: plan.body.id });
  expect([unconfirmed.status, unconfirmed.body.code]).toEqual([422, "CONFIRMATION_REQUIRED"]);
  expect(await apply({ action: "uninstall", module: "echo", data: "delete" }, ["echo"])).toMatchObject({
    status: "succeeded",
  });
  expect((await call("GET", "/echo/items")).body.code).toBe("MODULE_NOT_INSTALLED");
  expect((await call("GET", "generations")).body.items).toMatchObject([
    { number: 2, current: true, changes: [{ kind: "removed", name: "echo", from: "1.0.0", to: null }] },
    { number: 1, changes: [{ kind: "added", name: "echo", from: null, to: "1.0.0" }] },
    { number: 0, changes: [] },
  ]);
  const newest = (await call("GET", "generations?limit=1")).body.items;
  expect(newest).toEqual([(await call("GET", "generations/2")).body]);
  expect((await call("GET", "generations/1")).body.modules).toMatchObject([{ name: "echo" }]);
  expect((await call("GET", "generations/99")).status).toBe(404);
  expect((await call("GET", "operations")).body.items.length).toBe(2);
  // What undoing it brings the rows back from.
  const kept = (await call("GET", "kept-data")).body.items;
  expect(kept).toEqual([expect.objectContaining({ kind: "snapshot", module: "echo" })]);
});

it("the audit names each change, and who asked by what means", async () => {
  const { items } = (await call("GET", "audit?limit=100")).body;
  const actions = new Set(items.map((entry: { action: string }) => entry.action));
  expect(actions).toContain("module.restart");
  expect(
    items.every((entry: { via: string }) => ["cli", "token", "user", "system"].includes(entry.via)),
  ).toBe(true);
});
