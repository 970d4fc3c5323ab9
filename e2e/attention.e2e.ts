import { expect, type Page, test } from "@playwright/test";
import { expectOk } from "./support/api.ts";
import { queryRows } from "./support/database.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { administrator, openAs } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";
import { makeCatalog, writeModule } from "./support/write-module.ts";

// A change that can be neither finished nor taken back: its module is stopped, its neighbour serves, an administrator ends it.

const catalog = makeCatalog();
const answering = `
import { createServer } from "node:http";
createServer((req, res) => res.end("{}")).listen(process.env.GRAFT_SOCKET);
`;
const sql = "CREATE TABLE things (id int);";

const host = serveGraft({
  env: { GRAFT_CATALOGS: `dir:${catalog}` },
  async prepare({ api }) {
    writeModule(catalog, "neighbour", { server: answering });
    writeModule(catalog, "torn", { server: answering, sql });
    await api.install("neighbour", { mode: "everyone" });
    await api.install("torn", { mode: "everyone" });
    writeModule(catalog, "torn-2", {
      manifest: { name: "torn", version: "1.1.0", title: "torn" },
      server: 'throw new Error("torn in two");',
      sql,
    });
  },
});
let page: Page;
test.beforeAll(async ({ browser }) => {
  page = await openAs(browser, host.graft, administrator, "/admin");
});

async function upgradeBadly(): Promise<void> {
  const changes = [{ action: "upgrade", module: "torn" }];
  const plan = expectOk(await host.api.call("POST", "/plans", { changes }));
  const begun = expectOk(await host.api.call("POST", "/operations", { plan: plan.id }));
  const status = async () => expectOk(await host.api.call("GET", `/operations/${begun.id}`)).status;
  await expect.poll(status, { timeout: 60_000 }).toBe("attention");
}

test("an administrator reads what happened, tries again in vain, and then with success", async () => {
  test.setTimeout(150_000);
  await queryRows(host.graft, refuseTakingBack);
  await upgradeBadly();
  await page.goto(`${host.graft.url}/admin`);
  await expect(page.getByText("Take back: Upgrade torn 1.1.0")).toBeVisible();
  await page.getByRole("link", { name: "View: Take back: Upgrade torn 1.1.0" }).click();
  const section = page.getByRole("region", { name: "Needs attention" });
  await expect(section).toContainText("Stopped until somebody decides · Tried once");
  await expectAccessible(page, "what needs attention");
  await section.getByRole("button", { name: "Try again" }).click();
  await expect(section).toContainText("Tried 2 times");
  expect((await host.api.call("GET", "/api/v1/neighbour/x")).status).toBe(200);
  await section.getByRole("link", { name: "View the operation" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Needs attention" })).toBeVisible();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Its modules are stopped");
  await queryRows(host.graft, mayTakeBack);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Reverted" })).toBeVisible();
  await expect.poll(async () => (await host.api.call("GET", "/api/v1/torn/x")).status).toBe(200);
});

test("removed in the browser while its neighbour serves, nothing needs attention any more", async () => {
  test.setTimeout(150_000);
  await queryRows(host.graft, refuseTakingBack);
  await upgradeBadly();
  await page.goto(`${host.graft.url}/admin/modules/torn`);
  await expect(page.getByText("Stopped").first()).toBeVisible();
  let failed = 0;
  const timer = setInterval(async () => {
    if ((await host.api.call("GET", "/api/v1/neighbour/x")).status !== 200) failed++;
  }, 50);
  await page.getByRole("button", { name: "Uninstall…" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "See the plan" }).click();
  await page.getByRole("button", { name: "Uninstall torn" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Succeeded" })).toBeVisible({ timeout: 30_000 });
  clearInterval(timer);
  expect(failed).toBe(0);
  await queryRows(host.graft, mayTakeBack);
  expect(expectOk(await host.api.call("GET", "/attention")).items).toEqual([]);
  await page.goto(`${host.graft.url}/admin/health`);
  await expect(page.getByRole("region", { name: "Needs attention" })).toBeHidden();
});

const refuseTakingBack = `
  CREATE FUNCTION graft.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no way back'; END $$;
  CREATE TRIGGER refuse BEFORE INSERT ON graft.generations FOR EACH ROW
    WHEN (NEW.reason LIKE 'Taken back%') EXECUTE FUNCTION graft.refuse()`;
const mayTakeBack = "DROP FUNCTION graft.refuse() CASCADE";
