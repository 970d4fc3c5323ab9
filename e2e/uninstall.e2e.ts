import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";
import { moduleDatabases } from "./support/database.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { administrator, openAs } from "./support/people.ts";
import { isRunning } from "./support/processes.ts";
import { serveGraft } from "./support/serve-graft.ts";
import { makeCatalog, writeModule } from "./support/write-module.ts";

const titles = ["The lift is repaired", "Summer party on Friday"];

const catalog = makeCatalog();

const host = serveGraft({
  env: { GRAFT_CATALOGS: `builtin,dir:${catalog}` },
  async prepare({ api }) {
    writeModule(catalog, "printer", { manifest: { dependencies: { announcements: "^1" } } });
    await api.install("printer");
    for (const title of titles) await api.call("POST", "/api/v1/announcements/posts", { title, body: "…" });
  },
});
let page: Page;
test.beforeAll(async ({ browser }) => {
  page = await openAs(browser, host.graft, administrator, "/admin/modules");
});

const posts = async () => (await host.api.call("GET", "/api/v1/announcements/posts")).body.items;

/** From the module's page to the plan of its removal. */
async function planRemoval(module: string, data?: string): Promise<void> {
  await page.goto(`${host.graft.url}/admin/modules/${module}`);
  await page.getByRole("button", { name: "Uninstall…" }).click();
  const dialog = page.getByRole("dialog");
  if (data) await dialog.getByRole("radio", { name: data }).click();
  await dialog.getByRole("button", { name: "See the plan" }).click();
  await expect(page).toHaveURL(/\/admin\/plans\//);
}

test("what others depend on cannot go; the plan names them", async () => {
  await planRemoval("announcements");
  await expect(page.getByText(/Announcements is needed by printer/i)).toBeVisible();
  await expect(page.getByRole("button", { name: /^Uninstall Announcements/ })).toHaveCount(0);
  const { items } = (await host.api.call("GET", "/modules")).body;
  expect(items).toHaveLength(2);
});

test("with those that depend on it, it can go in one plan", async () => {
  await page.getByRole("button", { name: "Plan to uninstall them too" }).click();
  await page.getByRole("button", { name: "Uninstall 2 modules" }).click();
  await expect(page.getByText("Succeeded")).toBeVisible();
  expect((await host.api.call("GET", "/modules")).body.items).toEqual([]);
  await host.api.install("announcements");
});

test("kept data stays out of reach and comes back with a reinstall", async () => {
  await planRemoval("announcements", "Keep the data");
  await page.getByRole("button", { name: "Uninstall Announcements" }).click();
  await expect(page.getByText("Succeeded")).toBeVisible();
  expect((await host.api.call("GET", "/api/v1/announcements/posts")).status).toBe(404);
  await page.goto(`${host.graft.url}/admin/data`);
  await page.getByRole("button", { name: "Install announcements again with its data" }).click();
  const kept = page.getByRole("region", { name: /Data kept from Announcements/ });
  await expect(kept).toContainText(/\d+ tables?, \d+ rows?/);
  await expect(kept.getByRole("radio", { name: /Use the kept data/ })).toBeChecked();
  await page.getByRole("button", { name: "Install Announcements" }).click();
  await expect(page.getByText("Succeeded")).toBeVisible();
  expect((await posts()).map((post: { title: string }) => post.title).sort()).toEqual([...titles].sort());
});

test("export gives a file of every row before the tables go", async () => {
  await planRemoval("announcements", "Export, then remove");
  const lost = page.getByRole("region", { name: "What will be lost" });
  await expect(lost.getByRole("row", { name: /posts/ })).toContainText("2");
  await page.getByRole("button", { name: "Uninstall Announcements" }).click();
  await expect(page.getByText("Succeeded")).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^announcements.*\.gz$/);
  const lines = gunzipSync(readFileSync(await download.path()))
    .toString()
    .trim()
    .split("\n");
  const records = lines.map((line) => JSON.parse(line));
  expect(records.length).toBeGreaterThan(3);
  for (const title of titles) expect(lines.filter((line) => line.includes(title))).toHaveLength(1);
  expect(await moduleDatabases(host.graft)).toEqual({ inUse: [], unlisted: [] });
});

test("deleting the data needs the module's name typed and leaves nothing behind", async () => {
  await host.api.install("announcements");
  for (const title of titles) await host.api.call("POST", "/api/v1/announcements/posts", { title });
  const { pid } = (await host.api.call("GET", "/modules/announcements/health")).body;
  expect(await moduleDatabases(host.graft)).toEqual({ inUse: ["announcements"], unlisted: [] });

  await planRemoval("announcements", "Delete the data");
  const lost = page.getByRole("region", { name: "What will be lost" });
  await expect(lost).toContainText("Only its snapshot can bring it back");
  await expect(lost.getByRole("row", { name: /posts/ })).toContainText("2");
  const confirm = page.getByRole("button", { name: "Uninstall Announcements and delete the data" });
  await expect(confirm).toBeDisabled();
  await page.getByLabel("Type announcements to delete its data").fill("announcement");
  await expect(confirm).toBeDisabled();
  await page.getByLabel("Type announcements to delete its data").fill("announcements");
  await confirm.click();
  await expect(page.getByText("Succeeded")).toBeVisible();

  expect(await moduleDatabases(host.graft)).toEqual({ inUse: [], unlisted: [] });
  expect(isRunning(pid)).toBe(false);
  expect((await host.api.call("GET", "/api/v1/announcements/posts")).status).toBe(404);
  expect((await page.request.get(`${host.graft.url}/m/announcements`)).status()).toBe(404);
});

test("undoing the deletion brings the rows back, and a snapshot is restored from the Data page", async () => {
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page).toHaveURL(/\/admin\/plans\//);
  await expect(page.getByText(/comes back from the snapshot of/)).toBeVisible();
  await page.getByRole("button", { name: /Go back to generation/ }).click();
  await expect(page.getByText("Succeeded")).toBeVisible();
  expect(await posts()).toHaveLength(2);

  // Undo took the database as it stood; deleted once more it is listed under Data.
  const changes = [{ action: "uninstall", module: "announcements", data: "delete" }];
  const plan = (await host.api.call("POST", "/plans", { changes })).body;
  const begun = await host.api.call("POST", "/operations", { plan: plan.id, confirm: ["announcements"] });
  await expect
    .poll(async () => (await host.api.call("GET", `/operations/${begun.body.id}`)).body.status)
    .toBe("succeeded");
  const restore = async () => {
    await page.goto(`${host.graft.url}/admin/data`);
    await page
      .getByRole("button", { name: /^Restore announcements .* from this snapshot$/ })
      .first()
      .click();
    await expect(page).toHaveURL(/\/admin\/plans\//);
  };
  await restore();
  await page.getByRole("button", { name: "Restore the data of Announcements" }).click();
  await expect(page.getByText("Succeeded")).toBeVisible();
  await host.api.call("POST", "/api/v1/announcements/posts", { title: "Written since" });
  expect(await posts()).toHaveLength(3);
  await restore();
  await expectAccessible(page, "a plan that restores a snapshot");
  await page.getByRole("button", { name: "Restore the data of Announcements" }).click();
  await expect(page.getByText("Succeeded")).toBeVisible();
  expect(await posts()).toHaveLength(2);
});

test("the API refuses a deletion whose name was not typed", async () => {
  const changes = [{ action: "uninstall", module: "announcements", data: "delete" }];
  const plan = (await host.api.call("POST", "/plans", { changes })).body;
  const refused = await host.api.call("POST", "/operations", { plan: plan.id });
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect(refused.body.code).toBe("CONFIRMATION_REQUIRED");
  expect((await moduleDatabases(host.graft)).inUse).toEqual(["announcements"]);
});
