import { OFREPProvider } from "@openfeature/ofrep-provider";
import { OpenFeature } from "@openfeature/server-sdk";
import { expect, type Page, test } from "@playwright/test";
import { expectOk } from "./support/api.ts";
import { findFrame } from "./support/find-frame.ts";
import { boxOf, done, dragByTouch, edit, grip, openPhone, titles } from "./support/home.ts";
import { administrator, createGroup, createPerson, openAs, type Person } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";
import { makeCatalog, writeModule } from "./support/write-module.ts";

// One flag all along: it gives the new widget to a tenth, is experimented on, and ships it to everybody in the group.
const flagKey = "order-desk.board";
const catalog = makeCatalog();
writeModule(catalog, "order-desk", {
  manifest: {
    widgets: [{ id: "board", title: "Order board", entry: "client/board.html", size: { w: 6, h: 3 } }],
    flags: { board: { type: "boolean", default: false, description: "Orders from the home" } },
    goals: { ordered: { title: "Placed an order" } },
  },
  server: `import { defineModule, goals } from "@graft/sdk/server";
    export default defineModule({ routes: {
      "POST /v1/orders": async ({ json }) => { await goals.report((await json()).user, "ordered"); return {}; },
    } });`,
  files: {
    "client/board.html": `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Order board</title>
      <script type="module" src="board.js"></script></head><body><main></main></body></html>`,
    "client/board.js": `import { connect } from "/frames/sdk/v1.js"; const graft = await connect();
      const button = document.createElement("button");
      button.textContent = graft.flag("board") ? "Order from the home" : "Order";
      button.onclick = () => graft.goal("ordered");
      document.querySelector("main").append(button);
      graft.ready();`,
  },
});

type Somebody = Person & { id: string };
const staff: Somebody[] = [];
let has: Somebody;
let hasNot: Somebody;
let admin: Page;
let homeOfOther: Page;

const host = serveGraft({
  env: { GRAFT_CATALOGS: `builtin,dir:${catalog}` },
  async prepare({ api, graft }) {
    await api.install("announcements", { mode: "everyone" });
    // Everybody orders, as they did before; the widget is new.
    await api.install("order-desk", { mode: "everyone" });
    await api.call("PUT", "/modules/order-desk/widgets/board/access", { mode: "nobody" });
    await createGroup(graft, "Staff");
    await createPerson(graft, { name: "Grace Outside" });
    for (let i = 1; i <= 80; i++)
      staff.push(await createPerson(graft, { name: `Member ${i}`, groups: ["staff"] }));
  },
});
test.beforeAll(async ({ browser }) => {
  const headers: [string, string][] = [["authorization", `Bearer ${host.graft.hostToken}`]];
  await OpenFeature.setProviderAndWait(new OFREPProvider({ baseUrl: host.graft.url, headers }));
  admin = await openAs(browser, host.graft, administrator, `/admin/flags/${flagKey}`);
});
test.afterAll(() => OpenFeature.close());

/** As a client that knows nothing of Graft asks. */
const isOn = (user: Somebody): Promise<boolean> =>
  OpenFeature.getClient().getBooleanValue(flagKey, false, { targetingKey: user.id });

test("an administrator gives a new widget to a tenth of a group, by a flag", async () => {
  await admin.getByRole("button", { name: "Add rule" }).click();
  await admin.getByLabel("Add a group").selectOption("Staff");
  await admin.getByLabel("What rule 1 gives").selectOption("Split by percentage");
  await expect(admin.getByLabel("Shares of rule 1, on: percent")).toHaveValue("10");
  await admin.getByRole("button", { name: "Review" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(admin.getByText(`Changed the rules of ${flagKey}`)).toBeVisible();

  const answers = await Promise.all(staff.map(isOn));
  const holders = staff.filter((_, i) => answers[i]);
  [has, hasNot] = [true, false].map((is) => staff.find((_, i) => answers[i] === is)) as [Somebody, Somebody];
  expect(holders.length).toBeLessThan(staff.length / 4);

  await admin.goto(`${host.graft.url}/admin/access/order-desk/board?edit=rules`);
  await admin.getByRole("button", { name: "Remove condition 1 of rule 1" }).click();
  await admin.getByLabel("Add a condition to rule 1").selectOption("Another flag");
  await admin.getByLabel("Required flag").selectOption(flagKey);
  await admin.getByLabel("What rule 1 gives").selectOption("gets it");
  await admin.getByRole("button", { name: "Review" }).click();
  const gain = `would get something else: ${holders.length} gain it, 0 lose it.`;
  await expect(admin.getByRole("dialog")).toContainText(gain);
  await admin.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(
    admin.getByText(
      `${holders.length} of ${staff.length + 2} users ${holders.length === 1 ? "has" : "have"} access.`,
    ),
  ).toBeVisible();
});

test("who has it and why stands there; of anybody else, what would give it to them", async () => {
  const row = admin.getByRole("row", { name: new RegExp(`^${has.name} `) });
  await expect(row).toContainText(`rule 1 matches (the flag ${flagKey} gives on)`);
  await pickUser(hasNot);
  await expect(admin.getByRole("status").filter({ hasText: `${hasNot.name} does not have` })).toBeVisible();

  await admin.goto(`${host.graft.url}/admin/flags/${flagKey}`);
  await pickUser(has);
  const why = `${has.name} gets on: rule 1 matches (in staff), of on 10 %, off 90 %, where ${has.name} stands`;
  await expect(admin.getByRole("status").filter({ hasText: why })).toBeVisible();
  await pickUser(hasNot);
  await expect(admin.getByText(/^on, once its share is \d+ % or more\.$/)).toBeVisible();
});

test("the home of one of them is previewed with it, and is so for them and for nobody else", async ({
  browser,
}) => {
  await admin.goto(`${host.graft.url}/admin/access/order-desk/board`);
  await admin.getByRole("link", { name: `Home of ${has.name}`, exact: true }).click();
  await expect(admin.getByRole("heading", { level: 1, name: `Home of ${has.name}` })).toBeVisible();
  await expect(admin.getByRole("heading", { level: 2, name: "Order board" })).toBeVisible();

  const home = await openAs(browser, host.graft, has);
  await expect((await findFrame(home, "Order board")).getByRole("button")).toHaveText("Order from the home");
  homeOfOther = await openAs(browser, host.graft, hasNot);
  await expect.poll(() => titles(homeOfOther)).toEqual(["Announcements"]);
});

test("they arrange their home on a phone by touch, and find it so on the desktop", async ({ browser }) => {
  const phone = await openPhone(browser, host.graft, has);
  expect(await titles(phone)).toEqual(["Announcements", "Order board"]);
  await edit(phone);
  const topOf = async (title: string) => (await boxOf(grip(phone, title))).y;
  const distance = (await topOf("Order board")) - (await topOf("Announcements"));
  await dragByTouch(phone, grip(phone, "Announcements"), distance + 40);
  await expect.poll(async () => (await topOf("Order board")) < (await topOf("Announcements"))).toBe(true);
  await done(phone);
  expect(await titles(phone)).toEqual(["Order board", "Announcements"]);
  const desktop = await openAs(browser, host.graft, has);
  expect(await titles(desktop)).toEqual(["Order board", "Announcements"]);
});

test("an experiment on the same flag runs to its end with clients that know OpenFeature alone", async () => {
  await admin.goto(`${host.graft.url}/admin/experiments/new`);
  await admin.getByLabel("Title").fill("Orders from the home");
  await admin.getByLabel("Flag", { exact: true }).selectOption(flagKey);
  await admin.getByRole("checkbox", { name: "Staff" }).check();
  await admin.getByLabel("Goal", { exact: true }).selectOption("Order desk: Placed an order");
  await admin.getByRole("button", { name: "Create draft" }).click();
  await admin.getByRole("button", { name: "Start" }).click();
  const dialog = admin.getByRole("dialog");
  await expect(dialog).toContainText(`of ${staff.length + 2} would get something else`);
  await dialog.getByRole("button", { name: "Start" }).click();
  await expect(admin.getByText("Too early to say.")).toBeVisible();

  for (const [i, user] of staff.entries()) {
    // Most of those who have it order, few of the others.
    if ((await isOn(user)) !== (i % 8 === 0))
      expectOk(await host.api.call("POST", "/api/v1/order-desk/orders", { user: user.id }));
  }
  await expect(admin.getByText("Decided: on is better.")).toBeVisible({ timeout: 30_000 });
});

test("the winner is shipped: everyone in the group has the widget, in every client and on every open home", async () => {
  await admin.getByRole("button", { name: "Roll out the winner" }).click();
  const dialog = admin.getByRole("dialog");
  await expect(dialog).toContainText("0 lose it");
  await dialog.getByRole("button", { name: "Roll out on" }).click();
  await expect(admin.getByText("on was rolled out.").first()).toBeVisible();
  expect(await Promise.all(staff.map(isOn))).toEqual(staff.map(() => true));
  await expect(homeOfOther.getByRole("heading", { level: 2, name: "Order board" })).toBeVisible();

  await admin.goto(`${host.graft.url}/admin/access/order-desk/board`);
  await expect(admin.getByText(`${staff.length} of ${staff.length + 2} users have access.`)).toBeVisible();
});

async function pickUser(user: Somebody): Promise<void> {
  await admin.getByRole("button", { name: "Choose user" }).click();
  await admin.getByRole("combobox", { name: "Find people" }).fill(user.email);
  await admin.getByRole("option", { name: new RegExp(user.email) }).click();
}
