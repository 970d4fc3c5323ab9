import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth from "next-auth";
import { afterAll, beforeAll, expect, test } from "vitest";
import { authOptions } from "./auth-options.ts";
import { addressHeader } from "./request-stamp.ts";
import { identifyCookie, sessionCookieName, sessionSecret } from "./session-cookie.ts";
import { decodeSignInError } from "./sign-in-error.ts";
import { createTestEngine, testPassword } from "./testing/create-test-engine.ts";

let engine: Awaited<ReturnType<typeof createTestEngine>>;
beforeAll(async () => {
  engine = await createTestEngine();
});
afterAll(() => engine.close());

interface Answer {
  status: number;
  setCookie: string[];
  body: { url?: string; csrfToken?: string; user?: { name: string; email: string } };
}

/** One request to /api/auth as a browser that typed `host` sends it. */
async function ask(
  path: string,
  init: { host?: string; cookies?: Record<string, string>; form?: object } = {},
) {
  const [pathname = "", query] = path.split("?");
  const answer: Answer = { status: 200, setCookie: [], body: {} };
  const headers: Record<string, string[]> = {};
  const res = {
    status(code: number) {
      answer.status = code;
      return res;
    },
    getHeader: (name: string) => headers[name.toLowerCase()],
    setHeader(name: string, value: string | string[]) {
      headers[name.toLowerCase()] = [value].flat();
      return res;
    },
    json: (body: Answer["body"]) => Object.assign(answer, { body }),
    send: (body: Answer["body"]) => Object.assign(answer, { body }),
    end: () => res,
  };
  const req = {
    method: init.form === undefined ? "GET" : "POST",
    query: { ...Object.fromEntries(new URLSearchParams(query)), nextauth: pathname.split("/") },
    cookies: init.cookies ?? {},
    headers: {
      host: init.host ?? "localhost:3000",
      "x-forwarded-proto": "http",
      [addressHeader]: "192.0.2.7",
    },
    body: init.form,
  };
  await NextAuth(req as unknown as NextApiRequest, res as unknown as NextApiResponse, authOptions());
  answer.setCookie = headers["set-cookie"] ?? [];
  return answer;
}

function jar(answers: Answer[]) {
  const pairs = answers.flatMap(({ setCookie }) =>
    setCookie.map((cookie) => (cookie.split(";")[0] ?? "").split("=")),
  );
  return Object.fromEntries(pairs.map(([name, ...value]) => [name, decodeURIComponent(value.join("="))]));
}

async function signIn(
  email: string,
  password: string,
  options: { host?: string; callbackUrl?: string } = {},
) {
  const host = options.host ?? "localhost:3000";
  const csrf = await ask("csrf", { host });
  const form = {
    email,
    password,
    csrfToken: csrf.body.csrfToken,
    callbackUrl: options.callbackUrl ?? "/",
    json: "true",
  };
  return ask("callback/credentials", { host, cookies: jar([csrf]), form });
}

const errorOf = (answer: Answer) =>
  decodeSignInError(new URL(answer.body.url ?? "").searchParams.get("error"));

test("the right password gives a cookie that the gateway reads, closed to scripts and other sites", async () => {
  const answer = await signIn("root@example.org", testPassword);
  const cookie = answer.setCookie.find((line) => line.startsWith(`${sessionCookieName}=`)) ?? "";
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Lax/);
  expect(cookie).toMatch(/Path=\//);
  expect(cookie).not.toMatch(/Secure/);
  const claims = await identifyCookie(cookie.split(";")[0], sessionSecret(engine.secret));
  expect(claims).toMatchObject({ userId: engine.actor.userId, epoch: 1 });
  const [entry] = (await engine.access.audit.list({ action: "user.sign-in" })).items;
  expect(entry?.ip).toBe("192.0.2.7");
});

test.each(["localhost:3000", "127.0.0.1:8123", "graft.lan"])(
  "signing in on %s stays on it, and leads nowhere else",
  async (host) => {
    const answer = await signIn("root@example.org", testPassword, { host, callbackUrl: "/admin?tab=a" });
    expect(answer.body.url).toBe(`http://${host}/admin?tab=a`);
    const away = await signIn("root@example.org", testPassword, {
      host,
      callbackUrl: "http://evil.example/",
    });
    expect(away.body.url).toBe(`http://${host}`);
  },
);

test("a wrong password gives no session and says so; a lock says until when", async () => {
  const first = await signIn("nobody@example.org", "wrong");
  expect(first.status).toBe(401);
  expect(first.setCookie.join()).not.toContain(sessionCookieName);
  expect(errorOf(first)).toMatchObject({ code: "SIGN_IN_FAILED", status: 401 });
  for (let i = 0; i < 4; i++) await signIn("nobody@example.org", "wrong");
  const locked = errorOf(await signIn("nobody@example.org", "wrong"));
  expect(locked?.code).toBe("ACCOUNT_LOCKED");
  expect(Date.parse(String(locked?.details?.until))).toBeGreaterThan(Date.now());
});

test("a form from another site, without this browser's token, signs nobody in", async () => {
  const answer = await ask("callback/credentials", {
    form: { email: "root@example.org", password: testPassword, csrfToken: "guessed", json: "true" },
  });
  expect(answer.setCookie.join()).not.toContain(sessionCookieName);
});

test("a visit prolongs a live session and removes one that has ended", async () => {
  const { user, secret } = await engine.access.users.invite(engine.actor, {
    name: "Ada",
    email: "ada@example.org",
    role: "member",
    groups: [],
  });
  await engine.access.invites.accept({ secret, password: testPassword });
  const cookies = jar([await signIn("ada@example.org", testPassword)]);
  const live = await ask("session", { cookies });
  expect(live.body.user).toEqual({ name: "Ada", email: "ada@example.org" });
  const renewed = live.setCookie.find((line) => line.startsWith(`${sessionCookieName}=`)) ?? "";
  expect(renewed.split(";")[0]).not.toBe(`${sessionCookieName}=${cookies[sessionCookieName]}`);
  const days = (Date.parse(/Expires=([^;]+)/.exec(renewed)?.[1] ?? "") - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(29.9);
  await engine.access.users.disable(engine.actor, user.id);
  const ended = await ask("session", { cookies });
  expect(ended.body).toEqual({});
  expect(ended.setCookie.join()).toMatch(new RegExp(`${sessionCookieName}=;.*Max-Age=0`));
});

test("with a public https address the cookie travels over https alone", async () => {
  const secure = authOptions();
  Object.assign(engine.settings, { publicUrl: "https://graft.example.org" });
  expect(secure.cookies?.sessionToken?.options.secure).toBe(false);
  expect(authOptions().cookies?.sessionToken?.options.secure).toBe(true);
  Object.assign(engine.settings, { publicUrl: undefined });
});
