import { expect, type Page, test } from "@playwright/test";
import { findFrame } from "./support/find-frame.ts";
import { administrator, signIn } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";

const host = serveGraft();
let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  await signIn(page, host.graft, administrator, "/admin/marketplace");
});
test.afterAll(() => page.close());

const card = (name: string) => page.getByRole("listitem").filter({ has: page.getByRole("link", { name }) });

test("the marketplace finds modules by words, type and category, and the address restores it", async () => {
  await expect(card("Announcements")).toBeVisible();
  await expect(card("Polls")).toBeVisible();
  await page.getByRole("searchbox", { name: "Search the marketplace" }).fill("vote");
  await expect(card("Polls")).toBeVisible();
  await expect(card("Announcements")).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("searchbox", { name: "Search the marketplace" })).toHaveValue("vote");
  await expect(card("Announcements")).toHaveCount(0);
  await page.getByRole("searchbox", { name: "Search the marketplace" }).fill("");
  await page
    .getByRole("group", { name: "Type" })
    .getByRole("button", { name: /plugins/i })
    .click();
  await expect(card("Announcements")).toBeVisible();
  await expect(card("Polls")).toHaveCount(0);
  await page
    .getByRole("group", { name: "Type" })
    .getByRole("button", { name: /plugins/i })
    .click();
  await page.getByRole("group", { name: "Category" }).getByRole("button", { name: "decisions" }).click();
  await expect(card("Polls")).toBeVisible();
  await expect(card("Announcements")).toHaveCount(0);
  await page.getByRole("searchbox", { name: "Search the marketplace" }).fill("no module is called this");
  await expect(page.getByText("No module matches")).toBeVisible();
  await page.getByRole("link", { name: "Show all modules" }).click();
  await expect(card("Announcements")).toBeVisible();
});

test("a module's page says what it is, adds, asks for and comes from", async () => {
  await page.goto(`${host.graft.url}/admin/marketplace`);
  await page.getByRole("link", { name: "Announcements" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Announcements" })).toBeVisible();
  const adds = page.getByRole("region", { name: "What it adds" });
  await expect(adds).toContainText("A page in the navigation");
  await expect(adds).toContainText("/api/v1/announcements");
  const asks = page.getByRole("region", { name: "What it asks for" });
  await expect(asks).toContainText(
    "Keeps its own tables in a database of its own; it cannot read anyone else's.",
  );
  await expect(asks).toContainText("128 MB");
  await expect(page.getByRole("region", { name: "About" })).not.toBeEmpty();
  await expect(page.getByRole("region", { name: "Versions" })).toContainText("1.0.0");
  const facts = page.getByRole("complementary", { name: "Details" });
  for (const fact of ["Publisher", "License", "Size", "Digest", "Dependencies"])
    await expect(facts).toContainText(fact);
});

test("Install shows a plan with graph, permissions, exact SQL and who gets it, and changes nothing", async () => {
  await page.getByRole("button", { name: "Install", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Install Announcements 1.0.0" })).toBeVisible();
  await expect(page).toHaveURL(/\/admin\/plans\//);
  await expect(page.getByRole("region", { name: "Dependency graph" })).toContainText("Announcements");
  await expect(page.getByRole("region", { name: "Dependency graph" })).toContainText("1.0.0");
  await expect(page.getByRole("region", { name: "What it will be allowed to do" })).toContainText(
    /memory|process/,
  );
  const sql = page.getByRole("region", { name: "SQL", exact: true });
  const fold = sql.getByRole("listitem").first();
  const statement = fold.getByText(/CREATE TABLE/).first();
  if (await statement.isHidden()) await fold.locator("summary").click();
  await expect(statement).toBeVisible();
  await fold.locator("summary").click();
  await expect(statement).toBeHidden();
  const who = page.getByRole("region", { name: "Who will have access" });
  await who.getByRole("radio", { name: "Everyone" }).check();
  await expect(page).toHaveURL(/\/admin\/plans\//);
  await expect(who.getByRole("radio", { name: "Everyone" })).toBeChecked();
  expect((await host.api.call("GET", "/modules")).body.items).toEqual([]);
});

test("confirming runs step after step with its time until the module is healthy", async () => {
  await expect(page.getByRole("group", { name: "Who will have access" })).toBeEnabled();
  await page.getByRole("button", { name: "Install Announcements" }).click();
  await expect(page).toHaveURL(/\/admin\/operations\//);
  await expect(page.getByText("Succeeded")).toBeVisible();
  await expect(page.getByText("Healthy", { exact: true })).toBeVisible();
  const steps = page.getByRole("main").getByRole("listitem").filter({ hasText: ", done" });
  expect(await steps.count()).toBeGreaterThan(3);
  await expect(steps.first()).toContainText(/\d\s?(ms|s)/);
});

test("Open shows the plugin's page in its sandboxed frame, working with data of its own", async () => {
  await page.getByRole("link", { name: "Open", exact: true }).click();
  await expect(page).toHaveURL(`${host.graft.url}/m/announcements`);
  const iframe = page.locator("iframe");
  await expect(iframe).toHaveAttribute("sandbox", "allow-scripts allow-forms");
  await expect(iframe).toHaveAttribute("src", /^\/frames\/[0-9a-f]{64}\//);
  const frame = await findFrame(page, "Announcements: Announcements");
  await frame.getByRole("button", { name: "Write", exact: true }).click();
  await frame.getByLabel("Title").fill("The canteen opens at noon");
  await frame.getByLabel("Text").fill("With **soup**, for *everyone*.");
  await frame.getByRole("button", { name: "Publish" }).click();
  await expect(frame.getByRole("heading", { name: "The canteen opens at noon" })).toBeVisible();
  await expect(frame.locator("strong", { hasText: "soup" })).toBeVisible();
  await expect(page).toHaveURL(/\/m\/announcements\/posts\/[0-9a-f-]{36}$/);
  await page.reload();
  const again = await findFrame(page, "Announcements: Announcements");
  await expect(again.getByRole("heading", { name: "The canteen opens at noon" })).toBeVisible();
  const { body } = await host.api.call("GET", "/api/v1/announcements/posts");
  expect(body.items.map((post: { title: string }) => post.title)).toEqual(["The canteen opens at noon"]);
});

test("graph-explorer brings knowledge-graph along, in one plan", async () => {
  await page.goto(`${host.graft.url}/admin/marketplace/graph-explorer`);
  await page.getByRole("button", { name: "Install", exact: true }).click();
  const graph = page.getByRole("region", { name: "Dependency graph" });
  await expect(graph).toContainText("Graph explorer");
  await expect(graph).toContainText("Knowledge graph");
  await expect(graph).toContainText("needs Knowledge graph");
  await page.getByRole("button", { name: "Install 2 modules" }).click();
  await expect(page.getByText("Succeeded")).toBeVisible();
  const { items } = (await host.api.call("GET", "/modules")).body;
  expect(items.map((item: { name: string }) => item.name).sort()).toEqual([
    "announcements",
    "graph-explorer",
    "knowledge-graph",
  ]);
});

test("Undo leads to the plan that takes the change back, and that does so", async () => {
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page).toHaveURL(/\/admin\/plans\//);
  await expect(page.getByRole("region", { name: "Dependency graph" })).toContainText("Removed");
  await page
    .getByRole("button", { name: /^(Uninstall|Go back|Apply)/ })
    .last()
    .click();
  await expect(page.getByText("Succeeded")).toBeVisible();
  const { items } = (await host.api.call("GET", "/modules")).body;
  expect(items.map((item: { name: string }) => item.name)).toEqual(["announcements"]);
});

test("a plan that has become stale is refused and leads to a fresh one", async ({ browser }) => {
  await page.goto(`${host.graft.url}/admin/marketplace/polls`);
  await page.getByRole("button", { name: "Install", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Install Polls 1.0.0" })).toBeVisible();
  const other = await browser.newPage();
  await signIn(other, host.graft, administrator, "/admin/marketplace/knowledge-graph");
  await other.getByRole("button", { name: "Install", exact: true }).click();
  await other.getByRole("button", { name: "Install Knowledge graph" }).click();
  await expect(other.getByText("Succeeded")).toBeVisible();
  await other.close();
  await page.getByRole("button", { name: "Install Polls" }).click();
  await expect(page.getByText("The host has changed since this plan was made")).toBeVisible();
  await page.getByRole("button", { name: "Create a new plan" }).click();
  await page.getByRole("button", { name: "Install Polls" }).click();
  await expect(page.getByText("Succeeded")).toBeVisible();
});
