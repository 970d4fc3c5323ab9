import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { GraftError } from "../engine/core/index.ts";
import type { Role } from "../engine/core/types.ts";
import { problemOf } from "./problem.ts";
import { addressHeader, pathHeader } from "./request-stamp.ts";
import { sessionCookieName, sessionSecret } from "./session-cookie.ts";
import { createTestEngine, testPassword } from "./testing/create-test-engine.ts";

const request = { cookie: "", headers: {} as Record<string, string> };
vi.mock("next/headers", () => ({
  cookies: async () => ({ toString: () => request.cookie }),
  headers: async () => new Headers(request.headers),
}));

const { redirect } = await import("next/navigation");
const { administratorAction, memberAction, operatorAction, publicAction } = await import("./action.ts");
const { getViewer, requireRole, requireViewer, safeNext } = await import("./session.ts");

let engine: Awaited<ReturnType<typeof createTestEngine>>;
beforeAll(async () => {
  engine = await createTestEngine();
});
afterAll(() => engine.close());
beforeEach(() => {
  request.cookie = "";
  request.headers = { [addressHeader]: "192.0.2.9" };
});

async function signInAs(role: Role) {
  const email = `${role}-${Math.random()}@example.org`;
  const input = { name: role, email, role, groups: [] };
  const { user, secret } = await engine.access.users.invite(engine.actor, input);
  await engine.access.invites.accept({ secret, password: testPassword });
  const epoch = engine.access.directory.identity(user.id)?.sessionEpoch;
  const token = await encode({ token: { sub: user.id, epoch }, secret: sessionSecret(engine.secret) });
  request.cookie = `${sessionCookieName}=${token}`;
  return user;
}

const clients = { member: memberAction, operator: operatorAction, administrator: administratorAction };
const ranks: Role[] = ["member", "operator", "administrator"];

test.each(ranks.flatMap((needed) => ["nobody" as const, ...ranks].map((who) => [who, needed] as const)))(
  "%s calling an action for %s runs it only if the role suffices",
  async (who, needed) => {
    const run = vi.fn(async () => "done");
    const action = clients[needed].inputSchema(z.object({ n: z.number() })).action(run);
    if (who !== "nobody") await signInAs(who);
    const result = await action({ n: 1 });
    if (who !== "nobody" && ranks.indexOf(who) >= ranks.indexOf(needed)) {
      expect(result.data).toBe("done");
    } else {
      expect(result.serverError?.code).toBe(who === "nobody" ? "UNAUTHENTICATED" : "FORBIDDEN");
      expect(run).not.toHaveBeenCalled();
    }
  },
);

test("the cookie of a disabled user runs nothing", async () => {
  const user = await signInAs("administrator");
  await engine.access.users.disable(engine.actor, user.id);
  const run = vi.fn(async () => "done");
  expect((await administratorAction.action(run)()).serverError?.code).toBe("UNAUTHENTICATED");
  expect(run).not.toHaveBeenCalled();
});

test("the actor is the viewer with the address that the server saw", async () => {
  const user = await signInAs("operator");
  const result = await operatorAction.action(async ({ ctx }) => ctx.actor)();
  expect(result.data).toEqual({
    userId: user.id,
    name: "operator",
    role: "operator",
    via: "user",
    ip: "192.0.2.9",
  });
});

test("an expected error becomes its problem, an unknown one an id in the log and nothing more", async () => {
  const known = await publicAction.action(async () => {
    throw new GraftError("PLAN_STALE", "The plan is stale.", {
      hint: "Look at a fresh one.",
      details: { base: 4 },
    });
  })();
  expect(problemOf(known)).toMatchObject({ code: "PLAN_STALE", status: 409, hint: "Look at a fresh one." });
  const unknown = await publicAction.action(async () => {
    throw new Error("password of the database: hunter2");
  })();
  expect(problemOf(unknown)).toMatchObject({ code: "INTERNAL", errorId: expect.any(String) });
  expect(JSON.stringify(unknown)).not.toContain("hunter2");
  expect(engine.unknown).toHaveLength(1);
});

test("wrong input comes back by field and runs nothing", async () => {
  const run = vi.fn(async () => "done");
  const action = publicAction.inputSchema(z.object({ name: z.string().min(2, "too short") })).action(run);
  expect(problemOf(await action({ name: "x" }))).toMatchObject({
    code: "INVALID_INPUT",
    detail: "name: too short",
    details: { fieldErrors: { name: ["too short"] } },
  });
  expect(run).not.toHaveBeenCalled();
});

test("redirect() in an action reaches Next", async () => {
  const action = publicAction.action(async () => redirect("/admin"));
  await expect(action()).rejects.toMatchObject({ digest: expect.stringContaining("NEXT_REDIRECT") });
});

test("a page asks a stranger to sign in and remembers where they wanted to go", async () => {
  expect(await getViewer()).toBeNull();
  request.headers[pathHeader] = "/admin/users?query=a";
  await expect(requireViewer()).rejects.toMatchObject({
    digest: expect.stringContaining(`/sign-in?next=${encodeURIComponent("/admin/users?query=a")}`),
  });
});

test("a page for administrators does not exist for a member", async () => {
  await signInAs("member");
  await expect(requireRole("operator")).rejects.toMatchObject({ digest: expect.stringContaining("404") });
  const user = await signInAs("administrator");
  expect((await requireRole("operator")).userId).toBe(user.id);
});

test.each([
  ["/admin?tab=a#b", "/admin?tab=a#b"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["https://evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/x/..//evil.example", "/"],
  [undefined, "/"],
])("after signing in, %s leads to %s", (next, expected) => {
  expect(safeNext(next)).toBe(expected);
});
