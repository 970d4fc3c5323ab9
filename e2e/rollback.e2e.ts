import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./support/expect-accessible.ts";
import { administrator, openAs } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";
import { makeCatalog, writeModule } from "./support/write-module.ts";

const catalog = makeCatalog();
const table =
  "CREATE TABLE item (id serial PRIMARY KEY, title text NOT NULL); INSERT INTO item (title) VALUES ('first');";

/** The module as its author has it in this version. */
function write(version: string, more: Record<string, string> = {}): void {
  const migrations = Object.entries(more).map(([name, sql]) => [
    `prisma/migrations/${name}/migration.sql`,
    sql,
  ]);
  writeModule(catalog, "stock", { manifest: { version }, sql: table, files: Object.fromEntries(migrations) });
}

const host = serveGraft({
  env: { GRAFT_CATALOGS: `builtin,dir:${catalog}` },
  async prepare({ api }) {
    write("1.0.0");
    await api.install("stock");
    write("1.1.0", {
      "20260201000000_note":
        "ALTER TABLE item ADD COLUMN note text; INSERT INTO item (title, note) VALUES ('since', 'n');",
    });
  },
});
let page: Page;
test.beforeAll(async ({ browser }) => {
  page = await openAs(browser, host.graft, administrator, "/admin/modules/stock");
});

const version = async () => (await host.api.call("GET", "/modules/stock")).body.version;

test("an administrator upgrades, dislikes it, and goes back with two clicks", async () => {
  const plan = (await host.api.call("POST", "/plans", { changes: [{ action: "upgrade", module: "stock" }] }))
    .body;
  await page.goto(`${host.graft.url}/admin/plans/${plan.id}`);
  await page.getByRole("button", { name: "Upgrade Stock" }).click();
  await expect(page.getByText("Succeeded")).toBeVisible();
  expect(await version()).toBe("1.1.0");

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page).toHaveURL(/\/admin\/plans\//);
  const data = page.getByRole("region", { name: "Data of Stock" });
  await expect(data.getByRole("radio", { name: /Keep newer data/ })).toBeChecked();
  await expect(data.getByRole("row", { name: /item\.note Column 1/ })).toBeVisible();
  await expect(page.getByText("DROP COLUMN IF EXISTS note").first()).toBeAttached();
  await expectAccessible(page, "a plan that goes back");
  await page.getByRole("button", { name: /Go back to generation/ }).click();
  await expect(page.getByText("Succeeded")).toBeVisible();
  expect(await version()).toBe("1.0.0");
});

test("the snapshot can be chosen instead, and the choice is another plan", async () => {
  const { items } = (await host.api.call("GET", "/generations")).body;
  const upgraded = items.find((generation: { modules: { version: string }[] }) =>
    generation.modules.some((module) => module.version === "1.1.0"),
  );
  const forward = (
    await host.api.call("POST", "/plans", { changes: [{ action: "rollback", generation: upgraded.number }] })
  ).body;
  await page.goto(`${host.graft.url}/admin/plans/${forward.id}`);
  await page.getByRole("button", { name: /Go back to generation/ }).click();
  await expect(page.getByText("Succeeded")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("radio", { name: /Go back to the snapshot/ }).click();
  await expect(page.getByText(/Everything written since is lost/).first()).toBeVisible();
  await expect(page.getByRole("radio", { name: /Go back to the snapshot/ })).toBeChecked();
  await expect(page.getByRole("heading", { name: "SQL" })).toHaveCount(0);
  await page.getByRole("button", { name: /Go back to generation/ }).click();
  await expect(page.getByText("Succeeded")).toBeVisible();
  expect(await version()).toBe("1.0.0");
});

test("who had a module that stays goes back too, when that is chosen", async () => {
  await host.api.call("PUT", "/modules/stock/access", { mode: "everyone" });
  const { generation } = (await host.api.call("GET", "/modules/stock")).body;
  writeModule(catalog, "other", {});
  await host.api.install("other");
  await host.api.call("PUT", "/modules/stock/access", { mode: "nobody" });
  const plan = await host.api.call("POST", "/plans", { changes: [{ action: "rollback", generation }] });
  await page.goto(`${host.graft.url}/admin/plans/${plan.body.id}`);
  await expect(page.getByRole("radio", { name: /Keep them as they are/ })).toBeChecked();
  const listed = page.getByTestId("settings-back");
  await expect(listed).toContainText("Nobody → Everyone");
  await page.getByRole("radio", { name: /Restore them too/ }).click();
  await expect(page.getByRole("region", { name: "Dependency graph" }).getByText("Settings")).toBeVisible();
  await expectAccessible(page, "a plan that puts settings back");
  await page.getByRole("button", { name: /Go back to generation/ }).click();
  await expect(page.getByText("Succeeded")).toBeVisible();
  expect((await host.api.call("GET", "/modules/stock")).body.access).toEqual({ mode: "everyone" });

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page).toHaveURL(/\/admin\/plans\//);
  await expect(listed).toContainText("Everyone → Nobody");
  await expect(page.getByRole("radio", { name: /Restore them too/ })).toBeChecked();
});
