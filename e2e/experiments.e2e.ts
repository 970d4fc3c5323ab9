import { OFREPProvider } from "@openfeature/ofrep-provider";
import { OpenFeature } from "@openfeature/server-sdk";
import { expect, type Page, test } from "@playwright/test";
import { expectOk } from "./support/api.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { findFrame } from "./support/find-frame.ts";
import { administrator, createPerson, openAs, type Person } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";
import { makeCatalog, writeModule } from "./support/write-module.ts";

const flagKey = "order-desk.quick";
const catalog = makeCatalog();
writeModule(catalog, "order-desk", {
  manifest: {
    type: "plugin",
    pages: [{ path: "/", title: "Order desk", entry: "client/page.html" }],
    flags: { quick: { type: "boolean", default: false, description: "Orders in one step" } },
    goals: { ordered: { title: "Placed an order" } },
  },
  server: `import { defineModule, goals } from "@graft/sdk/server";
    export default defineModule({ routes: {
      "POST /v1/orders": async ({ json }) => { await goals.report((await json()).user, "ordered"); return {}; },
    } });`,
  files: {
    "client/page.html": `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Order desk</title>
      <script type="module" src="page.js"></script></head><body><main><h1>Orders</h1></main></body></html>`,
    "client/page.js": `import { connect } from "/frames/sdk/v1.js"; const graft = await connect();
      const button = document.createElement("button");
      button.textContent = graft.flag("quick") ? "Order at once" : "Order";
      button.onclick = () => graft.goal("ordered");
      document.querySelector("main").append(button);
      graft.ready();`,
  },
});

const crowd: string[] = [];
let mia: Person;
let admin: Page;
const host = serveGraft({
  env: { GRAFT_CATALOGS: `dir:${catalog}` },
  async prepare({ graft, api }) {
    await api.install("order-desk", { mode: "everyone" });
    mia = await createPerson(graft, { name: "Mia Berg" });
    for (let i = 0; i < 80; i++) {
      const body = { name: `Person ${i}`, email: `person${i}@example.org`, role: "member" };
      crowd.push(expectOk(await api.call("POST", "/users", body)).user.id);
    }
  },
});
test.beforeAll(async ({ browser }) => {
  const headers: [string, string][] = [["authorization", `Bearer ${host.graft.hostToken}`]];
  await OpenFeature.setProviderAndWait(new OFREPProvider({ baseUrl: host.graft.url, headers }));
  admin = await openAs(browser, host.graft, administrator, "/admin/experiments");
});

test.afterAll(() => OpenFeature.close());

/** As a client that knows nothing of Graft asks. */
const variantOf = (user: string): Promise<boolean> =>
  OpenFeature.getClient().getBooleanValue(flagKey, false, { targetingKey: user });

test("an administrator designs an experiment and sees who gets something else before it starts", async () => {
  await expect(admin.getByText("No experiments yet")).toBeVisible();
  await admin.getByRole("link", { name: "New experiment" }).click();
  await expect(admin.getByRole("heading", { level: 1, name: "New experiment" })).toBeVisible();
  await admin.getByLabel("Flag", { exact: true }).selectOption(flagKey);
  await admin.getByRole("button", { name: "Create draft" }).click();
  await expect(admin.getByText("Give it a title.")).toBeVisible();
  await expectAccessible(admin, "a new experiment");
  await admin.getByLabel("Title").fill("Orders");
  await admin.getByLabel("Share of the audience").fill("50");
  await admin.getByRole("button", { name: "Create draft" }).click();
  await expect(admin.getByRole("heading", { level: 1, name: "Orders" })).toBeVisible();
  await expect(admin.getByText("50 % of the audience")).toBeVisible();

  await admin.getByRole("link", { name: "Edit" }).click();
  await expect(admin.getByRole("heading", { level: 1, name: "Edit Orders" })).toBeVisible();
  await expect(admin.getByLabel("Share of the audience")).toHaveValue("50");
  await admin.getByLabel("Title").fill("Orders in one step");
  await admin.getByLabel("Share of the audience").fill("100");
  await expectAccessible(admin, "a draft that is edited");
  await admin.getByRole("button", { name: "Save draft" }).click();
  await expect(admin.getByRole("heading", { level: 1, name: "Orders in one step" })).toBeVisible();
  await expect(admin.getByText("50 % of the audience")).toHaveCount(0);
  await admin.getByRole("button", { name: "Start" }).click();
  const dialog = admin.getByRole("dialog");
  await expect(dialog).toContainText("of 82 would get something else");
  await dialog.getByRole("button", { name: "Start" }).click();
  await expect(admin.getByText("Running")).toBeVisible();
  await expect(admin.getByText("Too early to say.")).toBeVisible();
});

test("while it runs the flag's rules stay as they are", async () => {
  const { definition } = expectOk(await host.api.call("GET", `/flags/${flagKey}`));
  const answer = await host.api.call("PUT", `/flags/${flagKey}`, { ...definition, targeting: {} });
  expect(answer.status).toBe(409);
  expect(answer.body.detail).toContain("Orders in one step");
});

test("what runs is not edited, and why; a copy of it is a draft of its own", async () => {
  await expect(admin.getByRole("link", { name: "Edit" })).toHaveCount(0);
  await expect(admin.getByText("The design cannot be edited once the experiment has started")).toBeVisible();
  const page = admin.url();
  await admin.goto(`${page}/edit`);
  await expect(
    admin.getByText("Orders in one step has started, so it can no longer be edited."),
  ).toBeVisible();
  await admin.getByRole("link", { name: "Duplicate" }).click();
  await expect(admin.getByLabel("Title")).toHaveValue("Orders in one step (copy)");
  await admin.getByRole("button", { name: "Create draft" }).click();
  await expect(admin.getByRole("heading", { level: 1, name: "Orders in one step (copy)" })).toBeVisible();
  await expect(admin.getByText("Draft", { exact: true })).toBeVisible();
  await admin.getByRole("button", { name: "Delete" }).click();
  await admin.getByRole("alertdialog").getByRole("button", { name: "Delete the experiment" }).click();
  await expect(admin.getByRole("heading", { level: 1, name: "Experiments" })).toBeVisible();
  await admin.goto(page);
});

test("use and goals from frames and servers become a decision on the page", async ({ browser }) => {
  const page = await openAs(browser, host.graft, mia, "/m/order-desk");
  const frame = await findFrame(page, "Order desk: Order desk");
  const reported = page.waitForResponse((response) => response.url().endsWith("/me/goals"));
  await frame.getByRole("button", { name: /^Order/ }).click();
  expect((await reported).status()).toBe(200);
  await page.context().close();

  for (const [i, user] of crowd.entries()) {
    const quick = await variantOf(user);
    // Most of those who have it, few of the others.
    if (quick !== (i % 8 === 0)) expectOk(await host.api.call("POST", "/api/v1/order-desk/orders", { user }));
  }
  await expect(admin.getByText("Decided: on is better.")).toBeVisible({ timeout: 30_000 });
  await expect(admin.getByText("81 users used a variant")).toBeVisible();
  await expect(admin.getByRole("img", { name: /Difference of on from the control/ })).toBeVisible();
  await expect(admin.getByText("You can look at the results on any day")).toBeVisible();
  await expectAccessible(admin, "an experiment that is decided");
});

test("the winner is rolled out after a preview, a user of the control gets it, and undo takes it back", async () => {
  let control = "";
  for (const user of crowd) if (control === "" && !(await variantOf(user))) control = user;
  await admin.getByRole("button", { name: "Roll out the winner" }).click();
  const dialog = admin.getByRole("dialog");
  await expect(dialog).toContainText("0 lose it");
  await dialog.getByRole("button", { name: "Roll out on" }).click();
  await expect(admin.getByText("on was rolled out.").first()).toBeVisible();
  await expect(admin.getByText("Everyone in the audience gets it.")).toBeVisible();
  expect(await variantOf(control)).toBe(true);

  await admin.getByRole("button", { name: "Undo roll-out" }).click();
  await expect(admin.getByText("Stopped", { exact: true })).toBeVisible();
  expect(await variantOf(control)).toBe(false);
});

test("once over it can be deleted with its figures", async () => {
  await admin.getByRole("button", { name: "Delete" }).click();
  await admin.getByRole("alertdialog").getByRole("button", { name: "Delete the experiment" }).click();
  await expect(admin.getByText("No experiments yet")).toBeVisible();
});

test("users of one variant who are not counted raise the alarm, which no verdict stands beside", async () => {
  const design = {
    title: "Orders, half counted",
    flagKey,
    variants: ["off", "on"].map((variant) => ({ variant, weight: 1 })),
    goals: [{ module: "order-desk", goal: "ordered" }],
  };
  const { id } = expectOk(await host.api.call("POST", "/experiments", design));
  expectOk(await host.api.call("POST", `/experiments/${id}/start`));
  // As a client that breaks for nearly all who get one of the variants, before it asks for the flag: however chance shared
  // the crowd out, that is no chance.
  for (const [i, user] of crowd.entries()) {
    const { evaluation } = expectOk(await host.api.call("GET", `/flags/${flagKey}/users/${user}`));
    if (evaluation.variant === "on" && i % 40 !== 0) continue;
    await variantOf(user);
    expectOk(await host.api.call("POST", "/api/v1/order-desk/orders", { user }));
  }
  await admin.goto(`${host.graft.url}/admin/experiments/${id}`);
  await expect(admin).toHaveTitle(/^Orders, half counted/);
  await expect(admin.getByText("The shares are wrong: do not trust these results.")).toBeVisible();
  await expect(admin.getByText(/^Users counted: off \d+ instead of about \d+, on \d+ instead/)).toBeVisible();
  await expect(admin.getByText("Counted just now.")).toBeVisible();
  await expectAccessible(admin, "an experiment whose shares are wrong");
  await admin.getByRole("button", { name: "Roll out", exact: true }).click();
  await expect(admin.getByRole("dialog")).toContainText("The shares are wrong: this would be your choice");
});
