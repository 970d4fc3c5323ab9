import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { administrator, createGroup, createPerson, openAs } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";

const host = serveGraft();
let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await openAs(browser, host.graft, administrator, "/admin/marketplace/polls");
  await page.getByRole("button", { name: "Install", exact: true }).click();
  await page.getByRole("button", { name: "Install Polls" }).click();
  await expect(page.getByText("Succeeded")).toBeVisible();
  await createGroup(host.graft, "Board");
  await createPerson(host.graft, { name: "Bo Larsson", groups: ["board"] });
  await host.api.call("PUT", "/modules/polls/access", { mode: "groups", groups: ["board"] });
  await page.goto(`${host.graft.url}/admin/audit`);
});

const rows = () => page.getByRole("table", { name: "Audit" }).getByRole("row");

test("an entry says who, when, what, through what, and leads to the plan that was applied", async () => {
  const entry = rows().filter({ hasText: administrator.name }).filter({ hasText: "polls" }).first();
  await expect(entry).toBeVisible();
  await expect(entry.locator("time")).toHaveAttribute(
    "datetime",
    new RegExp(`^${new Date().getUTCFullYear()}-`),
  );
  await entry.getByRole("button").click();
  const details = page.getByRole("dialog");
  await expect(details).toContainText(administrator.name);
  await expect(details).toContainText("browser");
  await expect(details).toContainText("127.0.0.1");
  await details.getByRole("link", { name: "Open the plan" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Install Polls 1.0.0" })).toBeVisible();
  await page.getByRole("link", { name: "See the operation" }).click();
  await expect(page.getByText("Succeeded")).toBeVisible();
});

test("what was done from the command line is told apart from the browser", async () => {
  await page.goto(`${host.graft.url}/admin/audit`);
  await expect(rows().filter({ hasText: "Bo Larsson" }).first()).toBeVisible();
  await expect(
    rows().filter({ hasText: /polls/ }).filter({ hasText: "via command line" }).first(),
  ).toBeVisible();
});

test("kind, words and person filter the list, and the address keeps them", async () => {
  await page.goto(`${host.graft.url}/admin/audit`);
  await page.getByRole("combobox", { name: "Kind of action" }).click();
  await page.getByRole("option", { name: "Groups" }).click();
  await expect(page).toHaveURL(/action=group\./);
  await expect(rows().filter({ hasText: "Board" }).first()).toBeVisible();
  await expect(rows().filter({ hasText: "polls" })).toHaveCount(0);
  await page.reload();
  await expect(rows().filter({ hasText: "polls" })).toHaveCount(0);

  await page.goto(`${host.graft.url}/admin/audit`);
  await page.getByRole("searchbox", { name: "Search by action, person or target" }).fill("Bo Larsson");
  await expect(page).toHaveURL(/query=Bo/);
  await expect(rows().filter({ hasText: "Bo Larsson" }).first()).toBeVisible();
  await expect(rows().filter({ hasText: "polls" })).toHaveCount(0);
  await page
    .getByRole("searchbox", { name: "Search by action, person or target" })
    .fill("nobody did such a thing");
  await expect(page.getByText("Nothing matches")).toBeVisible();
});

test("a person's entries are one click away from the list of users", async () => {
  await page.goto(`${host.graft.url}/admin/users`);
  await page.getByRole("button", { name: "Actions for Bo Larsson" }).click();
  await page.getByRole("menuitem", { name: "View activity" }).click();
  await expect(page.getByRole("button", { name: "Remove the filter By Bo Larsson" })).toBeVisible();
  const names = await rows().locator("td:nth-child(2)").allInnerTexts();
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(name).toContain("Bo Larsson");
});

test("the whole list is a CSV file that no spreadsheet executes", async () => {
  await page.goto(`${host.graft.url}/admin/audit`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download CSV" }).click(),
  ]);
  const lines = readFileSync(await download.path(), "utf8")
    .trim()
    .split("\r\n");
  expect(lines.length).toBeGreaterThan(4);
  expect(lines.some((line) => line.includes("polls") && line.includes(administrator.name))).toBe(true);
  for (const line of lines) expect(line).not.toMatch(/(^|,)"?[=+@-]/);
});
