import { expect, type Page, test } from "@playwright/test";
import { findFrame } from "./support/find-frame.ts";
import {
  boxOf,
  done,
  dragByTouch,
  edit,
  grip,
  heightHandle,
  openPhone,
  rowsOf,
  titles,
} from "./support/home.ts";
import { administrator, createGroup, createPerson, openAs, type Person } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";
import { settle } from "./support/settle.ts";

let mia: Person;
const host = serveGraft({
  async prepare({ api, graft }) {
    for (const module of ["announcements", "polls"]) {
      await api.install(module);
      await api.call("PUT", `/modules/${module}/access`, { mode: "everyone" });
    }
    mia = await createPerson(graft, { name: "Mia Berg", groups: [await createGroup(graft, "Staff")] });
  },
});
let desk: Page;
let phone: Page;
let admin: Page;

/** Whether any script that the page has loaded holds the grid library. */
async function loadedGrid(page: Page): Promise<boolean> {
  const scripts = await page.evaluate(() =>
    performance.getEntriesByType("resource").flatMap(({ name }) => (/\.js(\?|$)/.test(name) ? [name] : [])),
  );
  expect(scripts.length).toBeGreaterThan(0);
  const sources = await Promise.all(scripts.map(async (url) => (await page.request.get(url)).text()));
  return sources.some((source) => source.includes("react-grid-item"));
}

test("the grid library is loaded by those who arrange, not by those who look", async ({ browser }) => {
  desk = await openAs(browser, host.graft, mia);
  await desk.reload();
  await findFrame(desk, "Polls");
  expect(await loadedGrid(desk)).toBe(false);
  expect(await titles(desk)).toEqual(["Announcements", "Polls"]);
  await edit(desk);
  await expect(grip(desk, "Polls")).toBeVisible();
  expect(await loadedGrid(desk)).toBe(true);
});

test("keys move and resize, each step is said, and the focus stays", async () => {
  const announcements = grip(desk, "Announcements");
  await announcements.focus();
  await desk.keyboard.press("Shift+ArrowLeft");
  await expect(desk.getByText("3 of 12 columns wide, 4 rows high.")).toBeAttached();
  await expect(announcements).toBeFocused();
  await grip(desk, "Polls").focus();
  await desk.keyboard.press("ArrowLeft");
  await expect(desk.getByText("Column 4, row 1.")).toBeAttached();
  await expect(grip(desk, "Polls")).toBeFocused();
});

test("a second instance is added, configured for itself, removed and brought back", async () => {
  await desk.getByRole("button", { name: "Add widget" }).click();
  await desk.getByRole("button", { name: "Add Announcements" }).click();
  await desk.keyboard.press("Escape");
  await expect(grip(desk, "Announcements")).toHaveCount(2);
  await desk.getByRole("button", { name: "Settings of Announcements" }).last().click();
  const dialog = desk.getByRole("dialog");
  await dialog.getByLabel("How many").fill("50");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("Must be 20 or less.")).toBeVisible();
  await dialog.getByLabel("How many").fill("2");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toHaveCount(0);
  await desk.getByRole("button", { name: "Remove Polls" }).click();
  await expect(grip(desk, "Polls")).toHaveCount(0);
  await desk.getByRole("button", { name: "Undo" }).click();
  await expect(grip(desk, "Polls")).toHaveCount(1);
  await done(desk);
  await desk.reload();
  await expect.poll(() => titles(desk)).toEqual(["Announcements", "Polls", "Announcements"]);
});

test("a height that is set on a phone by touch holds there, is found on the desktop, and can be let go", async ({
  browser,
}) => {
  const before = await rowsOf(desk, "Polls");
  phone = await openPhone(browser, host.graft, mia);
  await settle(phone);
  const byContent = await rowsOf(phone, "Polls");
  await edit(phone);
  const handle = heightHandle(phone, "Polls");
  const { width, height } = await boxOf(handle);
  expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
  // Two rows of the phone's column.
  await dragByTouch(phone, handle, 64);
  await expect(phone.getByText(`${before + 2} rows`)).toBeVisible();
  await done(phone);
  await expect.poll(() => rowsOf(phone, "Polls")).toBe(before + 2);
  await phone.reload();
  await expect.poll(() => rowsOf(phone, "Polls")).toBe(before + 2);
  await desk.reload();
  expect(await rowsOf(desk, "Polls")).toBe(before + 2);

  await edit(phone);
  await phone.getByRole("button", { name: "Fit Polls to its content" }).click();
  await done(phone);
  await settle(phone);
  await expect.poll(() => rowsOf(phone, "Polls")).toBe(byContent);
  expect(byContent).not.toBe(before + 2);
});

test("an administrator sets what a group begins with, and what is locked stays on every home", async ({
  browser,
}) => {
  admin = await openAs(browser, host.graft, administrator, "/admin/groups/staff");
  await admin.getByRole("link", { name: "Home layout" }).click();
  await expect(admin.getByRole("heading", { name: "Home of Staff" })).toBeVisible();
  await expect(admin).toHaveTitle("Home of Staff · Graft");
  await admin.getByRole("button", { name: "Remove Announcements" }).click();
  await admin.getByRole("button", { name: "Lock Polls" }).click();
  await admin.getByRole("button", { name: "Save for the group" }).click();
  await expect(admin.getByText("Members of Staff start with this home now.")).toBeVisible();
  await desk.reload();
  await edit(desk);
  await expect(desk.getByText("Set by an administrator")).toBeVisible();
  await desk.getByRole("button", { name: "Reset" }).click();
  await expect(desk.getByRole("button", { name: /^Remove / })).toHaveCount(0);
  await done(desk);
  expect(await titles(desk)).toEqual(["Polls"]);
});

test("an administrator looks at somebody's home without what its widgets tell them", async () => {
  await admin.reload();
  const preview = admin.getByRole("region", { name: "Preview" });
  await preview.getByRole("combobox", { name: "Preview as" }).click();
  await admin.getByRole("option", { name: mia.name }).click();
  await expect(admin).toHaveURL(/\?as=/);
  await expect(preview.getByRole("heading", { name: "Polls" })).toBeVisible();
  await expect(preview.locator("iframe")).toHaveCount(0);
});

test("an administrator fills in a module's settings, and takes them back", async () => {
  await admin.goto(`${host.graft.url}/admin/modules/announcements?tab=settings`);
  await admin.getByRole("button", { name: "Add" }).click();
  await expect(admin.getByLabel("Groups that may write, 1")).toBeFocused();
  await admin.keyboard.type("staff");
  await admin.getByRole("button", { name: "Save settings" }).click();
  await expect(admin.getByText("Settings of Announcements saved.")).toBeVisible();
  const stored = async () => (await host.api.call("GET", "/modules/announcements/config")).body;
  expect(await stored()).toEqual({ authors: ["staff"] });
  await admin.getByRole("button", { name: "Undo" }).click();
  await expect(admin.getByText("has its previous settings again")).toBeVisible();
  // As after the install: the schema's default.
  expect(await stored()).toEqual({ authors: [] });
});
