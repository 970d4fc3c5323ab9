import { rmSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./support/expect-accessible.ts";
import { administrator, openAs } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";
import { type ModuleSource, makeCatalog, writeModule } from "./support/write-module.ts";

const catalog = makeCatalog();
const table = "CREATE TABLE station (id int PRIMARY KEY, name text);\n";
const changes = "CREATE INDEX station_name ON station (name);\nALTER TABLE station ADD COLUMN height int;\n";
const second = { "prisma/migrations/20260201000000_next/migration.sql": changes };

function publish(name: string, version: string, source: ModuleSource = {}): void {
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  writeModule(catalog, `${name}-${version}`, {
    ...source,
    manifest: { name, title, version, ...source.manifest },
  });
}

const host = serveGraft({
  env: { GRAFT_CATALOGS: `dir:${catalog}` },
  async prepare({ api }) {
    publish("tides", "1.0.0", { sql: table });
    publish("weather", "1.0.0", { manifest: { permissions: { network: ["old.example"] } } });
    publish("winds", "1.0.0");
    for (const module of ["tides", "weather", "winds"]) await api.install(module);
    publish("tides", "1.0.1", { sql: table, files: second });
    publish("weather", "1.1.0", {
      manifest: { permissions: { network: ["forecast.example"] } },
      files: { "CHANGELOG.md": "## 1.1.0\n- A forecast for seven days.\n" },
    });
    publish("winds", "2.0.0", { manifest: { dependencies: { nowhere: "^1.0.0" } } });
    publish("winds", "3.0.0", { manifest: { engines: { graft: "^99.0.0" } } });
  },
});
let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await openAs(browser, host.graft, administrator, "/admin/modules");
});
test.afterAll(async () => {
  await page.close();
  rmSync(catalog, { recursive: true, force: true });
});

const main = () => page.getByRole("main");
const row = (name: string) => page.getByRole("row").filter({ hasText: name });

test("what is outdated shows in the navigation and with each module", async () => {
  await expect(row("Weather")).toContainText("1.0.0 → 1.1.0");
  await expect(row("Tides")).toContainText("1.0.0 → 1.0.1");
  // The count is taken when a page looks at the catalogs.
  await page.reload();
  await expect(page.getByRole("link", { name: "Upgrades 3 available" }).first()).toBeVisible();
  await page.goto(`${host.graft.url}/admin/upgrades`);
  await expect(main()).toContainText("3 modules can be upgraded");
  await expect(row("Winds")).toContainText("1.0.0 → 2.0.0");
  await expect(row("Winds")).toContainText("major");
  await expect(row("Winds")).toContainText("3.0.0 needs Graft ^99.0.0");
  await expectAccessible(page, "upgrades");
});

test("Upgrade all is one plan: changes, SQL with its verdicts, new permissions, and what is left out", async () => {
  await page.getByRole("button", { name: "Upgrade all (3)" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Upgrade 2 modules" })).toBeVisible();
  await expect(main()).toContainText("Winds 1.0.0 → 2.0.0 is left out");
  await expect(page.getByRole("region", { name: "What's new" })).toContainText("A forecast for seven days.");
  const permissions = page.getByRole("region", { name: "Changed permissions" });
  await expect(permissions.getByRole("listitem").filter({ hasText: "forecast.example" })).toContainText(
    "New",
  );
  await expect(permissions.getByRole("listitem").filter({ hasText: "old.example" })).toContainText("Removed");
  const sql = page.getByRole("region", { name: "SQL", exact: true });
  await expect(sql).toContainText("Quick on this data");
  await expect(sql).toContainText("Line 1: Builds an index on station while writes to it wait (0 rows");
  await expectAccessible(page, "a plan with new permissions");
});

test("it cannot be applied before the new permissions are accepted", async () => {
  const confirm = page.getByRole("button", { name: "Upgrade 2 modules" });
  await expect(confirm).toBeDisabled();
  await page.getByRole("checkbox", { name: /I accept 1 new permission for Weather/ }).check();
  await confirm.click();
  await expect(page).toHaveURL(/\/admin\/operations\//);
  await expect(main()).toContainText("Succeeded", { timeout: 30_000 });
  const { items } = (await host.api.call("GET", "/audit?action=module.consent")).body;
  expect(items[0]).toMatchObject({ target: "weather", actorName: administrator.name });
  await page.goto(`${host.graft.url}/admin/upgrades`);
  await expect(row("Weather")).toContainText("1.1.0");
  await expect(row("Weather")).toContainText("Up to date");
});

test("an administrator sets the maintenance window, in a time zone of their choosing", async () => {
  const form = page.getByRole("region", { name: "Automatic upgrades" });
  await form.getByRole("switch", { name: "Upgrade modules automatically" }).check();
  await form.getByRole("radio", { name: /Patch and minor/ }).check();
  for (const day of ["Saturday", "Sunday"]) await form.getByRole("checkbox", { name: day }).uncheck();
  await form.getByLabel("From").fill("22:30");
  await form.getByLabel("To", { exact: true }).fill("04:00");
  await expect(form).toContainText("The next day.");
  await form.getByLabel("Time zone").selectOption("America/New_York");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Automatic upgrades are on.")).toBeVisible();
  await expect(form).toContainText(/Next: .*22:30.*04:00.* \(America\/New York\)/);
  await page.reload();
  await expect(form.getByLabel("From")).toHaveValue("22:30");
  await expect(form.getByRole("checkbox", { name: "Sunday" })).not.toBeChecked();
  await expect(form.getByRole("radio", { name: /Patch and minor/ })).toBeChecked();
});

test("a module can be left alone, and the toast takes that back", async () => {
  const automatic = page.getByRole("switch", { name: "Upgrade Winds automatically" });
  await automatic.uncheck();
  await expect(page.getByText("Automatic upgrades are off for Winds.")).toBeVisible();
  await expect(automatic).not.toBeChecked();
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(automatic).toBeChecked();
});

test("in an open window upgrades happen by themselves and say what they did", async () => {
  publish("tides", "1.0.2", { sql: table, files: second });
  publish("weather", "1.2.0", { manifest: { permissions: { network: ["more.example"] } } });
  const form = page.getByRole("region", { name: "Automatic upgrades" });
  for (const day of ["Saturday", "Sunday"]) await form.getByRole("checkbox", { name: day }).check();
  await form.getByLabel("From").fill("00:00");
  await form.getByLabel("To", { exact: true }).fill("00:00");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toContainText("The maintenance window is open");
  const did = page.getByRole("region", { name: "Recent runs" });
  await expect(async () => {
    await page.reload();
    await expect(did.getByRole("listitem").filter({ hasText: "Weather" }).last()).toContainText("Skipped", {
      timeout: 1000,
    });
  }).toPass({ timeout: 45_000 });
  await expect(did).toContainText("asks for a new permission");
  await expect(
    did
      .getByRole("listitem")
      .filter({ hasText: /Tides 1\.0\.1 → 1\.0\.2/ })
      .last(),
  ).toContainText("Upgraded");
  await expect(row("Tides")).toContainText("1.0.2");
  await expectAccessible(page, "upgrades with a run");
});
