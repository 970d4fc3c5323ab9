import { expect, type Page, test } from "@playwright/test";
import { expectOk } from "./support/api.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { administrator, openAs } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";
import { makeCatalog, writeModule } from "./support/write-module.ts";

const catalog = makeCatalog();
const config = { type: "object", properties: { limit: { type: "integer", title: "Limit" } } };
const host = serveGraft({
  env: { GRAFT_CATALOGS: `builtin,dir:${catalog}` },
  async prepare({ api }) {
    writeModule(catalog, "stock", { manifest: { config } });
    await api.install("stock");
    expectOk(await api.call("PUT", "/modules/stock/access", { mode: "everyone" }));
    expectOk(await api.call("PUT", "/modules/stock/config", { limit: 5 }));
    writeModule(catalog, "shelf");
    await api.install("shelf");
    expectOk(await api.call("PUT", "/modules/stock/access", { mode: "nobody" }));
    expectOk(await api.call("PUT", "/modules/stock/config", { limit: 9 }));
  },
});
let page: Page;
test.beforeAll(async ({ browser }) => {
  page = await openAs(browser, host.graft, administrator, "/admin/history");
});

test("an administrator compares two generations, sees modules, access and settings, and the address keeps the pair", async () => {
  const { items } = (await host.api.call("GET", "/generations")).body;
  const [second, first] = items.map(({ number }: { number: number }) => String(number));
  await page.getByLabel("From generation", { exact: true }).selectOption(first);
  await page.getByLabel("To generation", { exact: true }).selectOption(second);
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`from=${first}&to=${second}`));
  const shown = page.getByTestId("difference");
  await expect(shown.getByRole("listitem").filter({ hasText: "shelf" })).toContainText("added");
  await expect(shown.getByText("Everyone → Nobody")).toBeVisible();
  await expect(shown.getByText("5 → 9")).toBeVisible();
  await expectAccessible(page, "the difference between two generations");

  await page.reload();
  await expect(page.getByLabel("From generation", { exact: true })).toHaveValue(first);
  await expect(shown.getByText("Everyone → Nobody")).toBeVisible();

  await page.getByLabel("From generation", { exact: true }).selectOption(second);
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await expect(page.getByText(`Generations ${second} and ${second} are the same.`)).toBeVisible();
});

test("a pair that does not exist is said so", async () => {
  await page.goto(`${host.graft.url}/admin/history?from=1&to=977`);
  await expect(page.getByText("No such generation")).toBeVisible();
});

test("from the comparison it is one click to the plan that goes back", async () => {
  await page.goto(`${host.graft.url}/admin/history`);
  await page
    .getByRole("link", { name: /Compare generation \d+ with the current one/ })
    .first()
    .click();
  await expect(page.getByTestId("difference")).toBeVisible();
  await page
    .getByRole("button", { name: /^Go back to generation/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/admin\/plans\//);
  await page.getByRole("button", { name: /Go back to generation/ }).click();
  await expect(page.getByText("Succeeded")).toBeVisible();
  expect((await host.api.call("GET", "/modules/shelf")).status).toBe(404);
});
