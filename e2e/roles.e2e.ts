import { createHash } from "node:crypto";
import { expect, type Page, test } from "@playwright/test";
import { queryRows } from "./support/database.ts";
import { administrator, cookieOf, createGroup, createPerson, openAs, type Person } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";
import { callServerAction, listServerActions } from "./support/server-actions.ts";

const host = serveGraft({
  async prepare({ graft, api }) {
    await api.install("announcements");
    await createGroup(graft, "Board");
    member = await createPerson(graft, { name: "Mel Member" });
    operator = await createPerson(graft, { name: "Olga Operator", role: "operator" });
  },
});
let member: Person & { id: string };
let operator: Person & { id: string };
let admin: Page;
let cookies: { member: string; operator: string; admin: string };
/** What the administrator's browser sent while they worked. */
const sent: { id: string; path: string; body: string }[] = [];

test.beforeAll(async ({ browser }) => {
  const pages = await Promise.all([member, operator].map((person) => openAs(browser, host.graft, person)));
  admin = await openAs(browser, host.graft, administrator, "/admin");
  const [ofMember = "", ofOperator = "", ofAdmin = ""] = await Promise.all([...pages, admin].map(cookieOf));
  cookies = { member: ofMember, operator: ofOperator, admin: ofAdmin };
  admin.on("request", (request) => {
    const id = request.headers()["next-action"];
    if (id) sent.push({ id, path: new URL(request.url()).pathname, body: request.postData() ?? "" });
  });
});

/** A fingerprint of everything the host knows, without what merely being asked changes. */
async function fingerprint(): Promise<string> {
  const tables = await queryRows<{ name: string }>(
    host.graft,
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'graft' ORDER BY 1",
  );
  const hash = createHash("sha256");
  for (const { name } of tables) {
    if (/health|event|minute|sample/.test(name)) continue;
    const rows = await queryRows<{ row: string }>(
      host.graft,
      `SELECT t::text AS row FROM graft."${name}" t ORDER BY 1`,
    );
    hash.update(`${name}\n`);
    for (const { row } of rows) hash.update(`${row}\n`);
  }
  return hash.digest("hex");
}

const noId = "00000000-0000-4000-8000-000000000000";
const ownActions = /^components\/(account|auth|home|notifications|widget-view)\//;
const peopleActions = /^components\/people\//;

test("every server action of the administration is refused to a member, and nothing changes", async () => {
  const actions = listServerActions().filter(({ file }) => !ownActions.test(file));
  expect(actions.length).toBeGreaterThan(12);
  const before = await fingerprint();
  for (const action of actions) {
    const { status, text } = await callServerAction(host.graft.url, action, { cookie: cookies.member });
    expect.soft({ action: action.name, status, refused: text.includes('"code":"FORBIDDEN"') }).toEqual({
      action: action.name,
      status: 200,
      refused: true,
    });
  }
  expect(await fingerprint()).toBe(before);
});

test("users and groups are refused to an operator as well", async () => {
  const actions = listServerActions().filter(({ file }) => peopleActions.test(file));
  expect(actions.length).toBeGreaterThan(8);
  const before = await fingerprint();
  for (const action of actions) {
    const { text } = await callServerAction(host.graft.url, action, { cookie: cookies.operator });
    expect
      .soft({ action: action.name, refused: text.includes('"code":"FORBIDDEN"') })
      .toEqual({ action: action.name, refused: true });
  }
  expect(await fingerprint()).toBe(before);
});

test("no server action but set-up and invitation does anything for somebody who is signed out", async () => {
  const before = await fingerprint();
  for (const action of listServerActions().filter(({ file }) => !file.startsWith("components/auth/"))) {
    const { text } = await callServerAction(host.graft.url, action);
    expect
      .soft({ action: action.name, refused: text.includes('"code":"UNAUTHENTICATED"') })
      .toEqual({ action: action.name, refused: true });
  }
  const setup = listServerActions().find(({ name }) => name === "createFirstAdministrator");
  const body = JSON.stringify([
    { name: "Eve", email: "eve@example.org", password: "granite-99-orchard-whistle" },
  ]);
  const { text } = await callServerAction(host.graft.url, { id: setup?.id ?? "", path: "/setup" }, { body });
  expect(text).toContain('"code":"SETUP_DONE"');
  expect(await fingerprint()).toBe(before);
});

test("what an administrator's browser sends does nothing with another's cookie", async () => {
  await admin.goto(`${host.graft.url}/admin/users`);
  await admin.getByRole("button", { name: "Invite" }).click();
  await admin.getByRole("dialog").getByLabel("Name").fill("Nora New");
  await admin.getByRole("dialog").getByLabel("E-mail").fill("nora@example.org");
  await admin.getByRole("dialog").getByRole("button", { name: "Create invitation" }).click();
  await expect(admin.getByRole("textbox", { name: "Link" })).toBeVisible();
  await admin.goto(`${host.graft.url}/admin/modules/announcements?tab=access`);
  await admin.getByRole("region", { name: "The module" }).getByText("Everyone", { exact: true }).click();
  await expect(admin.getByText(/Announcements: /).first()).toBeVisible();
  await admin.goto(`${host.graft.url}/admin/marketplace/polls`);
  await admin.getByRole("button", { name: "Install", exact: true }).click();
  await expect(admin.getByRole("heading", { level: 1, name: "Install Polls 1.0.0" })).toBeVisible();
  expect(sent.length).toBeGreaterThanOrEqual(3);
  const body = sent.find(({ path }) => path === "/admin/users")?.body ?? "";
  expect(body).toContain("nora@example.org");

  const before = await fingerprint();
  for (const { id, path, body } of sent) {
    const { text } = await callServerAction(host.graft.url, { id, path }, { cookie: cookies.member, body });
    expect(text).toContain('"code":"FORBIDDEN"');
  }
  expect(await fingerprint()).toBe(before);
});

test("a server action from another origin is refused though the cookie is right", async () => {
  const action = listServerActions().find(({ name }) => name === "createGroup");
  const body = JSON.stringify([{ name: "Forged", description: "" }]);
  const before = await fingerprint();
  const forged: Record<string, string>[] = [
    { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    { origin: "null", "sec-fetch-site": "cross-site" },
    { origin: "https://evil.example" },
  ];
  for (const headers of forged) {
    const { text } = await callServerAction(
      host.graft.url,
      { id: action?.id ?? "", path: "/admin/groups" },
      { cookie: cookies.admin, body, headers },
    );
    expect.soft(text).not.toContain("forged");
  }
  expect(await fingerprint()).toBe(before);
});

test("a write to an API with a cookie needs a request of the same origin; with a token it does not", async () => {
  const write = (headers: Record<string, string>) =>
    fetch(`${host.graft.url}/api/v1/graft/groups`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ name: `Group ${Object.keys(headers).length}` }),
    });
  const cookie = cookies.admin;
  const strange: Record<string, string>[] = [
    { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    { origin: "null" },
    { "sec-fetch-site": "same-site" },
    {},
  ];
  for (const headers of strange) {
    const answer = await write({ cookie, ...headers });
    expect(answer.status).toBe(403);
    expect(((await answer.json()) as { code: string }).code).toBe("CROSS_ORIGIN");
  }
  expect((await write({ cookie, origin: host.graft.url, "sec-fetch-site": "same-origin" })).status).toBe(201);
  expect((await write({ authorization: `Bearer ${host.graft.hostToken}` })).status).toBe(201);
});

const adminPages = [
  ...["", "/marketplace", "/marketplace/announcements", "/modules", "/modules/announcements", "/health"],
  ...["/operations", "/history", "/data", "/users", "/groups", "/groups/board", "/audit", "/audit/export"],
].map((path) => `/admin${path}`);

test("the pages of the administration are 404 for a member, and lead to sign-in when signed out", async () => {
  for (const path of adminPages) {
    const asMember = await fetch(host.graft.url + path, {
      headers: { cookie: cookies.member },
      redirect: "manual",
    });
    expect.soft({ path, status: asMember.status }).toEqual({ path, status: 404 });
    expect.soft(await asMember.text()).not.toContain("ada@example.org");
    const signedOut = await fetch(host.graft.url + path, { redirect: "manual" });
    expect.soft({ path, status: signedOut.status }).toEqual({ path, status: 307 });
    expect.soft(signedOut.headers.get("location")).toContain("/sign-in");
  }
  for (const path of ["/admin/users", "/admin/groups", "/admin/mail", "/admin/audit"]) {
    const asOperator = await fetch(host.graft.url + path, {
      headers: { cookie: cookies.operator },
      redirect: "manual",
    });
    expect.soft({ path, status: asOperator.status }).toEqual({ path, status: 404 });
  }
});

test("every call of the HTTP API that needs a role refuses those who lack it", async () => {
  const { paths } = (await host.api.call("GET", "/openapi.json")).body as {
    paths: Record<string, Record<string, unknown>>;
  };
  const open = /^\/(openapi\.json|healthz|readyz|me(\/.*)?|invites\/.*|tokens.*)$/;
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase(),
      path: path.replace(/^\/api\/v1\/graft/, ""),
    })),
  );
  const guarded = calls.filter(({ path }) => !open.test(path));
  expect(guarded.length).toBeGreaterThan(30);
  const before = await fingerprint();
  for (const { method, path } of guarded) {
    const address = `${host.graft.url}/api/v1/graft${path
      .replace(/\{(id|user)\}/, noId)
      .replace(/\{(number|other)\}/g, "1")
      .replace("{backup}", "graft-20260101-000000")
      .replaceAll(/\{\w+\}/g, "x")}`;
    const init = { method, ...(method === "GET" ? {} : { body: "{}" }) };
    const headers = {
      "content-type": "application/json",
      origin: host.graft.url,
      "sec-fetch-site": "same-origin",
    };
    const asMember = await fetch(address, { ...init, headers: { ...headers, cookie: cookies.member } });
    expect.soft({ method, path, status: asMember.status }).toEqual({ method, path, status: 403 });
    const signedOut = await fetch(address, { ...init, headers });
    expect.soft({ method, path, status: signedOut.status }).toEqual({ method, path, status: 401 });
  }
  expect(await fingerprint()).toBe(before);
});

test("the session cookie of a disabled user opens nothing any more", async () => {
  await host.api.call("POST", `/users/${operator.id}/disable`);
  const headers = { cookie: cookies.operator };
  expect((await fetch(`${host.graft.url}/api/v1/graft/modules`, { headers })).status).toBe(401);
  const page = await fetch(`${host.graft.url}/admin`, { headers, redirect: "manual" });
  expect({ status: page.status, to: page.headers.get("location") }).toEqual({
    status: 307,
    to: "/sign-in?next=%2Fadmin",
  });
  const action = listServerActions().find(({ name }) => name === "createPlan");
  const { text } = await callServerAction(
    host.graft.url,
    { id: action?.id ?? "", path: "/admin/marketplace/polls" },
    headers,
  );
  expect(text).toContain('"code":"UNAUTHENTICATED"');
});
