import { expect, type Page, test } from "@playwright/test";
import { administrator, createPerson, openAs, type Person } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";

const host = serveGraft({
  async prepare({ graft }) {
    operator = await createPerson(graft, { name: "Olga Operator", role: "operator" });
  },
});
let operator: Person & { id: string };

const administration = (page: Page) => page.getByRole("navigation", { name: "Administration" });
const group = (page: Page, name: string) => administration(page).getByRole("button", { name, exact: true });
const entry = (page: Page, name: string) => administration(page).getByRole("link", { name, exact: true });

test("a closed group stays closed, and the server already draws it so", async ({ browser }) => {
  const page = await openAs(browser, host.graft, administrator, "/admin");
  await expect(group(page, "People")).toHaveAttribute("aria-expanded", "true");
  await group(page, "People").press("Enter");
  await expect(group(page, "People")).toHaveAttribute("aria-expanded", "false");
  await expect(entry(page, "Users")).toBeHidden();

  const html = await (await page.request.get(`${host.graft.url}/admin`)).text();
  expect(html).toMatch(/aria-expanded="false"[^>]*><span[^>]*>People</);
  await page.reload();
  await expect(group(page, "People")).toHaveAttribute("aria-expanded", "false");
  // Another layout, which the browser may have from before.
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Home" }).click();
  await expect(page).toHaveURL(`${host.graft.url}/`);
  await expect(group(page, "People")).toHaveAttribute("aria-expanded", "false");
  await expect(group(page, "Changes")).toHaveAttribute("aria-expanded", "true");

  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: "Menu" }).click();
  await expect(group(page, "People")).toHaveAttribute("aria-expanded", "false");
});

test("the group of the current page is open, whatever was closed", async ({ browser }) => {
  const page = await openAs(browser, host.graft, administrator, "/admin");
  await group(page, "Decisions").click();
  await page.goto(`${host.graft.url}/admin/flags`);
  await expect(group(page, "Decisions")).toHaveAttribute("aria-expanded", "true");
  await expect(entry(page, "Flags")).toHaveAttribute("aria-current", "page");
  await group(page, "Decisions").click();
  await expect(entry(page, "Flags")).toBeHidden();
  await entry(page, "Overview").click();
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();
  await expect(group(page, "Decisions")).toHaveAttribute("aria-expanded", "false");
});

test("operators are shown what they may open", async ({ browser }) => {
  const page = await openAs(browser, host.graft, operator, "/admin");
  await expect(administration(page).getByRole("button")).toHaveText(["Modules", "Changes", "Insight"]);
  await expect(administration(page).getByRole("link")).toHaveText([
    ...["Overview", "Marketplace", "Installed", "Upgrades", "Data", "Operations", "History", "Health"],
  ]);
});

test("the palette finds a page by another word for it", async ({ browser }) => {
  const page = await openAs(browser, host.graft, administrator, "/admin");
  for (const [words, label, path] of [
    ["kill switch", "Flags", "/admin/flags"],
    ["smtp", "E-mail", "/admin/mail"],
    ["undo", "History", "/admin/history"],
  ] as const) {
    await page.keyboard.press("ControlOrMeta+k");
    const palette = page.getByRole("dialog", { name: "Command palette" });
    await palette.getByRole("combobox").fill(words);
    await expect(palette.getByRole("option").first()).toContainText(label);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(host.graft.url + path);
  }
});

test("in a low window the entry of the current page is scrolled to, and Tab still begins at the top", async ({
  browser,
}) => {
  const page = await openAs(browser, host.graft, administrator, "/admin");
  await page.setViewportSize({ width: 1280, height: 480 });
  await page.goto(`${host.graft.url}/admin/mail`);
  await expect(entry(page, "E-mail")).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
});
