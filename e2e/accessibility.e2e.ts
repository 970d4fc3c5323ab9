import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./support/expect-accessible.ts";
import { administrator, createGroup, createPerson, openAs } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";
import { settle } from "./support/settle.ts";

let plan = "";
let removal = "";
let operation = "";

const host = serveGraft({
  journey: false,
  async prepare({ graft, api }) {
    const everyone = { mode: "everyone" };
    for (const module of ["announcements", "polls", "graph-explorer"]) await api.install(module, everyone);
    await api.call("POST", "/api/v1/announcements/posts", {
      title: "The canteen opens",
      body: "With **soup**.",
      pinned: true,
    });
    await createGroup(graft, "Staff");
    await createPerson(graft, { name: "Mia Berg", groups: ["staff"] });
    operation = (await api.apply([{ action: "uninstall", module: "polls", data: "keep" }])).id;
    plan = (await api.call("POST", "/plans", { changes: [{ action: "install", module: "polls" }] })).body.id;
    const changes = [{ action: "uninstall", module: "announcements", data: "delete" }];
    removal = (await api.call("POST", "/plans", { changes })).body.id;
  },
});
let page: Page;
test.beforeAll(async ({ browser }) => {
  page = await openAs(browser, host.graft, administrator);
});

const pages: [string, () => string][] = [
  ["home", () => "/"],
  ["account", () => "/account"],
  ["notifications", () => "/notifications"],
  ["a plugin's page", () => "/m/announcements"],
  ["another plugin's page", () => "/m/graph-explorer"],
  ["a page that does not exist", () => "/nowhere"],
  ["overview", () => "/admin"],
  ["marketplace", () => "/admin/marketplace"],
  ["a search without a result", () => "/admin/marketplace?query=nothing+is+called+this"],
  ["a module of the marketplace", () => "/admin/marketplace/announcements"],
  ["a plan", () => `/admin/plans/${plan}`],
  ["a plan that deletes", () => `/admin/plans/${removal}`],
  ["modules", () => "/admin/modules"],
  ...["overview", "access", "settings", "health", "logs", "data"].map((tab): [string, () => string] => [
    `a module, ${tab}`,
    () => `/admin/modules/announcements?tab=${tab}`,
  ]),
  ["health", () => "/admin/health"],
  ["upgrades", () => "/admin/upgrades"],
  ["operations", () => "/admin/operations"],
  ["an operation", () => `/admin/operations/${operation}`],
  ["history", () => "/admin/history"],
  ["data", () => "/admin/data"],
  ["users", () => "/admin/users"],
  ["groups", () => "/admin/groups"],
  ["a group", () => "/admin/groups/staff"],
  ["mail", () => "/admin/mail"],
  ["audit", () => "/admin/audit"],
];

for (const [name, path] of pages) {
  test(`axe finds nothing and nothing is too wide: ${name}`, async () => {
    await page.goto(host.graft.url + path());
    await settle(page);
    await expectAccessible(page, name);
  });
}

const openings: [string, string, (page: Page) => Promise<void>, boolean?][] = [
  ["the command palette", "/", (p) => p.keyboard.press("Control+k")],
  ["the invitation", "/admin/users", (p) => p.getByRole("button", { name: "Invite" }).click()],
  ["a user's menu", "/admin/users", (p) => p.getByRole("button", { name: "Actions for Mia Berg" }).click()],
  [
    "a user's deletion",
    "/admin/users",
    async (p) => {
      await p.getByRole("button", { name: "Actions for Mia Berg" }).click();
      await p.getByRole("menuitem", { name: "Delete…" }).click();
    },
  ],
  ["a new group", "/admin/groups", (p) => p.getByRole("button", { name: "Create group" }).click()],
  ["a new member", "/admin/groups/staff", (p) => p.getByRole("button", { name: "Add member" }).click()],
  [
    "the question of the data",
    "/admin/modules/announcements",
    (p) => p.getByRole("button", { name: "Uninstall…" }).click(),
  ],
  [
    "an entry of the audit",
    "/admin/audit",
    (p) => p.getByRole("table", { name: "Audit" }).getByRole("button").first().click(),
  ],
  ["a new token", "/account", (p) => p.getByRole("button", { name: /token/i }).first().click()],
  [
    "the deletion of kept data",
    "/admin/data",
    (p) => p.getByRole("button", { name: "Delete the data of polls" }).click(),
  ],
  ["the menu of the account", "/", (p) => p.getByRole("button", { name: /^Account of/ }).click()],
];

for (const [name, path, open] of openings) {
  test(`axe finds nothing and nothing is too wide, opened: ${name}`, async () => {
    await page.goto(host.graft.url + path);
    await settle(page);
    await open(page);
    await expect(page.locator("[role=dialog], [role=alertdialog], [role=menu]").first()).toBeVisible();
    await expectAccessible(page, name);
    await page.keyboard.press("Escape");
    await expect(page.locator("[role=dialog], [role=alertdialog], [role=menu]")).toHaveCount(0);
  });
}

test("axe finds nothing: signing in and the phone's navigation", async ({ browser }) => {
  const context = await browser.newContext();
  const signedOut = await context.newPage();
  await signedOut.goto(`${host.graft.url}/sign-in`);
  await expectAccessible(signedOut, "sign-in");
  await context.close();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(host.graft.url);
  await page
    .getByRole("button", { name: /navigation|menu/i })
    .first()
    .click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page, "the phone's navigation", true);
});

test("every page of the administration is reached from the keyboard alone", async () => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const palette = page.getByRole("dialog", { name: "Command palette" }).getByRole("combobox");
  await page.goto(host.graft.url);
  await page.keyboard.press("Control+k");
  await expect(palette).toBeFocused();
  await page.keyboard.type("audit");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${host.graft.url}/admin/audit`);
  await page.keyboard.press("Control+k");
  await expect(palette).toBeFocused();
  await page.keyboard.type("knowledge");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${host.graft.url}/admin/modules/knowledge-graph`);
  await page.goto(`${host.graft.url}/admin`);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});
