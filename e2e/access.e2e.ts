import { expect, type Page, test } from "@playwright/test";
import { findFrame } from "./support/find-frame.ts";
import { administrator, cookieOf, createPerson, openAs, type Person, signIn } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";

const host = serveGraft({
  async prepare({ api }) {
    await api.install("announcements");
    await api.install("polls");
    await api.call("POST", "/api/v1/announcements/posts", {
      title: "Welcome to the office",
      body: "Coffee is upstairs.",
    });
  },
});
const mia: Person = { name: "Mia Berg", email: "mia@example.org", password: "harbour-violin-snowdrift-42" };
let admin: Page;
let member: Page;

test.beforeAll(async ({ browser }) => {
  admin = await openAs(browser, host.graft, administrator, "/admin/groups");
});

test("an administrator makes a group and invites somebody into it", async ({ browser }) => {
  await admin.getByRole("button", { name: "Create group" }).first().click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Staff");
  await dialog.getByRole("button", { name: "Create group" }).click();
  await expect(admin).toHaveURL(`${host.graft.url}/admin/groups/staff`);

  await admin
    .getByRole("navigation", { name: "Administration" })
    .getByRole("link", { name: "Users" })
    .click();
  await admin.getByRole("button", { name: "Invite" }).click();
  await dialog.getByLabel("Name").fill(mia.name);
  await dialog.getByLabel("E-mail").fill(mia.email);
  await dialog.getByRole("checkbox", { name: "Staff" }).check();
  await dialog.getByRole("button", { name: "Create invitation" }).click();
  const link = await dialog.getByRole("textbox", { name: "Link" }).inputValue();
  expect(link).toMatch(new RegExp(`^${host.graft.url}/invite/`));
  await admin.keyboard.press("Escape");
  await expect(admin.getByRole("row", { name: new RegExp(mia.name) })).toContainText("Invited");

  const context = await browser.newContext();
  member = await context.newPage();
  await member.goto(link);
  await expect(member.getByLabel("E-mail")).toHaveValue(mia.email);
  await member.getByLabel("Password", { exact: true }).fill(mia.password);
  await member.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(member).toHaveURL(`${host.graft.url}/`);
  await expect(member.getByRole("heading", { name: "Hello, Mia" })).toBeVisible();
  await expect(member.getByText("Nothing here yet")).toBeVisible();

  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(link);
  await expect(stranger.getByLabel("Password", { exact: true })).toHaveCount(0);
  await stranger.context().close();
});

test("one switch gives the plugin with its widget to the group, in the open page of its member", async () => {
  await admin.goto(`${host.graft.url}/admin/groups/staff`);
  await admin.getByRole("switch", { name: "Announcements" }).first().check();
  const navigation = member.getByRole("navigation", { name: "Main" });
  await expect(navigation.getByRole("link", { name: "Announcements" })).toBeVisible();
  const widget = member.getByRole("region", { name: "Announcements" });
  await expect(widget.getByRole("link", { name: "Welcome to the office" })).toBeVisible();
});

test("a single widget can be given without its module's other parts changing", async () => {
  await admin.goto(`${host.graft.url}/admin/modules/polls?tab=access`);
  const module = admin.getByRole("region", { name: "The module" });
  await module.getByText("Groups", { exact: true }).click();
  await module.getByRole("checkbox", { name: /Staff/ }).check();
  await expect(member.getByRole("region", { name: "Polls" })).toBeVisible();
  const widgets = admin.getByRole("region", { name: "Widgets" });
  await widgets.getByText("Nobody", { exact: true }).click();
  await expect(member.getByRole("region", { name: "Polls" })).toHaveCount(0);
  await expect(member.getByRole("region", { name: "Announcements" })).toBeVisible();
});

test("a member uses the widget and the plugin; what they do is theirs", async () => {
  const widget = member.getByRole("region", { name: "Announcements" });
  await expect(widget.getByText("Unread")).toHaveCount(1);
  await widget.getByRole("link", { name: "Welcome to the office" }).click();
  const page = await findFrame(member, "Announcements: Announcements");
  await expect(page.getByText("Coffee is upstairs.")).toBeVisible();
  const navigation = member.getByRole("navigation", { name: "Main" });
  await navigation.getByRole("link", { name: "Home" }).click();
  await expect(widget.getByRole("link", { name: "Welcome to the office" })).toBeVisible();
  await expect(widget.getByText("Unread")).toHaveCount(0);
  await navigation.getByRole("link", { name: "Announcements" }).click();
  await page.getByRole("button", { name: "Welcome to the office" }).click();
  await expect(page.getByText("Coffee is upstairs.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Write", exact: true })).toHaveCount(0);
  await member.goBack();
  await expect(page.getByRole("button", { name: "Welcome to the office" })).toBeVisible();
});

test("a user outside the group sees neither, gets 403 from the API and 404 from the page", async ({
  browser,
}) => {
  const outsider = await createPerson(host.graft, { name: "Otto Outside" });
  const page = await openAs(browser, host.graft, outsider);
  await expect(page.getByText("Nothing here yet")).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link")).toHaveText(["Home"]);
  expect((await page.request.get(`${host.graft.url}/api/v1/announcements/posts`)).status()).toBe(403);
  const answer = await page.goto(`${host.graft.url}/m/announcements`);
  expect(answer?.status()).toBe(404);
  expect((await page.goto(`${host.graft.url}/m/no-such-module`))?.status()).toBe(404);
  await page.context().close();
});

test("switching it off takes effect in the open home page and in the API, with no reload", async () => {
  await member.goto(host.graft.url);
  await expect(member.getByRole("region", { name: "Announcements" })).toBeVisible();
  const marker = await member.evaluate(() => Object.assign(window, { marker: 1 }).marker);
  expect(marker).toBe(1);
  await admin.goto(`${host.graft.url}/admin/groups/staff`);
  await admin.getByRole("switch", { name: "Announcements" }).first().uncheck();
  await expect(member.getByRole("region", { name: "Announcements" })).toHaveCount(0);
  await expect(member.getByRole("navigation", { name: "Main" }).getByRole("link")).toHaveText(["Home"]);
  expect(await member.evaluate(() => "marker" in window)).toBe(true);
  expect((await member.request.get(`${host.graft.url}/api/v1/announcements/posts`)).status()).toBe(403);
});

test("the toast takes a switch back", async () => {
  await admin.getByRole("button", { name: "Undo" }).click();
  await expect(member.getByRole("region", { name: "Announcements" })).toBeVisible();
});

test("disabling a user ends their session at once, in pages and in the API", async () => {
  const cookie = await cookieOf(member);
  await admin.goto(`${host.graft.url}/admin/users`);
  await admin.getByRole("button", { name: `Actions for ${mia.name}` }).click();
  await admin.getByRole("menuitem", { name: "Disable" }).click();
  await expect(admin.getByRole("row", { name: new RegExp(mia.name) })).toContainText("Disabled");
  for (const path of ["/api/v1/announcements/posts", "/api/v1/graft/me"]) {
    const answer = await fetch(host.graft.url + path, { headers: { cookie } });
    expect(answer.status).toBe(401);
  }
  await member.goto(host.graft.url);
  await expect(member).toHaveURL(/\/sign-in/);
  await member.getByLabel("E-mail").fill(mia.email);
  await member.getByLabel("Password", { exact: true }).fill(mia.password);
  await member.getByRole("button", { name: "Sign in" }).click();
  await expect(member.getByRole("alert").filter({ hasText: /\w/ }).first()).toBeVisible();
  await expect(member).toHaveURL(/\/sign-in/);
});

test("once enabled again they sign in, but the old session stays ended", async ({ browser }) => {
  await admin.getByRole("button", { name: `Actions for ${mia.name}` }).click();
  await admin.getByRole("menuitem", { name: "Enable" }).click();
  await expect(admin.getByRole("row", { name: new RegExp(mia.name) })).toContainText("Active");
  await member.goto(host.graft.url);
  await expect(member).toHaveURL(/\/sign-in/);
  const page = await (await browser.newContext()).newPage();
  await signIn(page, host.graft, mia);
  await expect(page.getByRole("region", { name: "Announcements" })).toBeVisible();
  await page.context().close();
});
