import { expect, type Page, test } from "@playwright/test";
import { createApi, expectOk } from "./support/api.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { findFrame } from "./support/find-frame.ts";
import { administrator, createPerson, openAs, type Person } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";
import { makeCatalog, writeModule } from "./support/write-module.ts";

const answers = {
  figures: {
    figures: [
      {
        label: "Members",
        value: 1234.5,
        delta: { value: 12, label: "this week", good: "up" },
        series: [1, 4, 9],
      },
      { label: "Answer time", value: 84, format: "duration", link: "https://example.org/latency" },
    ],
  },
  chart: {
    type: "line",
    x: { type: "time", values: ["2026-03-01", "2026-03-02", "2026-03-03"] },
    series: [{ name: "Visits", values: [10, null, 12500] }],
  },
  table: {
    columns: [
      { key: "name", title: "Name", type: "link" },
      { key: "size", title: "Size", type: "number" },
      { key: "at", title: "Changed", type: "date" },
    ],
    rows: [
      { name: { text: "Plan", link: "https://example.org/plan" }, size: 2, at: "2026-03-01T23:30:00Z" },
      { name: { text: "Budget", link: "https://example.org/budget" }, size: 10, at: "2026-02-01T12:00:00Z" },
    ],
  },
  markdown: {
    markdown: "**Bold** [inside](/x) [outside](https://example.org) ![far](https://example.org/a.png)",
  },
  list: { items: [], empty: "Nobody said anything." },
  wrong: { items: [{ title: "Fine" }, { title: "Not fine", time: "yesterday" }] },
};
const catalog = makeCatalog();
writeModule(catalog, "view-lab", {
  server: `import { defineModule } from "@graft/sdk/server";
    const answers = ${JSON.stringify(answers)};
    let visits = 0;
    export default defineModule({ routes: {
      ...Object.fromEntries(Object.entries(answers).map(([kind, body]) => ["GET /v1/" + kind, () => body])),
      "GET /v1/echo": ({ query }) => ({ items: [{ title: "Asked for " + query.get("topic") }] }),
    } });`,
  manifest: {
    widgets: [
      ...Object.keys(answers).map((kind) => ({
        id: kind,
        title: `The ${kind}`,
        view: { kind: kind === "wrong" ? "list" : kind, endpoint: `/v1/${kind}` },
      })),
      {
        id: "echo",
        title: "The echo",
        view: { kind: "list", endpoint: "/v1/echo" },
        config: { type: "object", properties: { topic: { type: "string", default: "tea & cake" } } },
      },
    ],
  },
});

let mia: Person & { id: string };
const host = serveGraft({
  env: { GRAFT_CATALOGS: `builtin,dir:${catalog}` },
  async prepare({ api, graft }) {
    for (const module of ["view-lab", "announcements", "knowledge-graph"])
      await api.install(module, { mode: "everyone" });
    mia = await createPerson(graft, { name: "Mia Berg" });
    expectOk(await api.call("PATCH", `/users/${mia.id}`, { locale: "de-DE", timeZone: "Europe/Berlin" }));
  },
});
let page: Page;
const widget = (title: string) => page.getByRole("region", { name: title, exact: true });

test("figures, tables and charts are drawn as the user writes numbers and dates", async ({ browser }) => {
  page = await openAs(browser, host.graft, mia);
  await expect(widget("The figures")).toContainText("1.234,5");
  await expect(widget("The figures")).toContainText("+12");
  await expect(widget("The figures")).toContainText("84 ms");
  const table = widget("The table");
  // Half past eleven in the evening, in Berlin the next day.
  await expect(table.getByRole("row").nth(1)).toContainText("02.03.2026, 00:30");
  await table.getByRole("button", { name: "Size" }).click();
  await table.getByRole("button", { name: "Size" }).click();
  await expect(table.getByRole("row").nth(1)).toContainText("Budget");
  await expect(table.getByRole("columnheader", { name: "Size" })).toHaveAttribute("aria-sort", "descending");
  const chart = widget("The chart").getByRole("table");
  await expect(chart.getByRole("row", { name: "3. März 12.500" })).toBeAttached();
  await expect(chart.getByRole("row", { name: "2. März unknown" })).toBeAttached();
});

test("Markdown is sanitised, links no further than it may, and loads no picture from elsewhere", async () => {
  const markdown = widget("The markdown");
  await expect(markdown.getByText("Bold")).toBeVisible();
  await expect(markdown.getByRole("link")).toHaveText(["outside"]);
  await expect(markdown.getByRole("link", { name: "outside" })).toHaveAttribute("rel", /noreferrer/);
  await expect(markdown.locator(".prose img")).toHaveCount(0);
});

test("an instance's settings are its query, and an empty answer says what it wants to say", async () => {
  await expect(widget("The echo")).toContainText("Asked for tea & cake");
  await expect(widget("The list")).toContainText("Nobody said anything.");
});

test("a wrong answer is a quiet notice, and tells administrators where it is wrong", async ({ browser }) => {
  const wrong = widget("The wrong");
  await expect(wrong.getByRole("alert")).toContainText("This could not be shown.");
  await expect(wrong.getByRole("alert")).not.toContainText("items[1]");
  await expect(wrong.getByRole("button", { name: "Retry" })).toBeVisible();
  const admin = await openAs(browser, host.graft, administrator);
  const told = admin.getByRole("region", { name: "The wrong", exact: true }).getByRole("alert");
  await expect(told).toContainText("/v1/wrong, a list: items[1].time: must be an ISO 8601 date");
  await admin.context().close();
});

test("what is new stands in the widget and beside the page, and goes when it is read", async () => {
  const entry = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: /^Announcements/ });
  await expect(entry).toHaveAccessibleName("Announcements");
  const [first] = expectOk(await host.api.call("GET", "/users?query=ada")).items;
  const token = expectOk(await host.api.call("POST", "/tokens", { userId: first.id, name: "Writes" })).secret;
  const write = createApi(host.graft, token);
  expectOk(
    await write.call("POST", "/api/v1/announcements/posts", { title: "The lift runs", body: "*At last.*" }),
  );
  await expect(entry).toHaveAccessibleName("Announcements 1 new");
  const item = widget("Announcements").getByRole("listitem").filter({ hasText: "The lift runs" });
  await expect(item).toContainText("Unread");
  await expect(item).toContainText("At last.");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: "Menu, 1 new" }).click();
  await expect(page.getByRole("dialog").getByRole("link", { name: "Announcements 1 new" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 1280, height: 800 });
  await item.getByRole("link", { name: "The lift runs" }).click();
  await expect(page).toHaveURL(/\/m\/announcements\/posts\/[0-9a-f-]{36}$/);
  await findFrame(page, "Announcements: Announcements");
  await expect(entry).toHaveAccessibleName("Announcements");
  await page.goBack();
  await expect(item).toBeVisible();
  await expect(item).not.toContainText("Unread");
});

test("a graph's figures follow what is written to it", async () => {
  await expect(widget("Knowledge graph")).toContainText("Entities");
  const entity = { id: "ada", type: "person", name: "Ada Lovelace" };
  expectOk(await host.api.call("POST", "/api/v1/knowledge-graph/entities", entity));
  await expect(async () => {
    await page.reload();
    await expect(widget("Knowledge graph").locator("dd").first()).toHaveText(/^1/, { timeout: 2000 });
  }).toPass({ timeout: 30_000 });
});

test("letters typed before the palette has been loaded are in it", async () => {
  await page.reload();
  await expect(widget("The figures")).toContainText("Members");
  let release = () => {};
  const typed = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/_next\/static\/chunks\//, async (route) => {
    await typed;
    await route.continue();
  });
  await page.keyboard.press("Control+k");
  await page.keyboard.type("announ");
  release();
  await expect(page.getByRole("combobox")).toHaveValue("announ");
  await page.keyboard.type("ce");
  await expect(page.getByRole("combobox")).toHaveValue("announce");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(`${host.graft.url}/m/announcements`);
  await page.unrouteAll({ behavior: "wait" });
  await page.goBack();
});

test("an administrator sets what everyone begins with", async ({ browser }) => {
  const admin = await openAs(browser, host.graft, administrator, "/admin/groups");
  await admin
    .getByRole("navigation", { name: "Administration" })
    .getByRole("link", { name: "Default home" })
    .click();
  await expect(admin.getByRole("heading", { name: "Default home" })).toBeVisible();
  await admin.getByRole("button", { name: "Remove The wrong" }).click();
  await admin.getByRole("button", { name: "Lock The figures" }).click();
  await admin.getByRole("button", { name: "Save for everyone" }).click();
  await expect(admin.getByText("Everyone starts with this home now.")).toBeVisible();
  await page.reload();
  await expect(widget("The figures")).toContainText("Members");
  await expect(widget("The wrong")).toHaveCount(0);
  await admin.context().close();
});

test("axe finds nothing on a home of such widgets", async () => {
  await expect(widget("The figures")).toContainText("Members");
  await expectAccessible(page, "widgets that the host draws");
});
