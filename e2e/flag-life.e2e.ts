import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./support/expect-accessible.ts";
import { administrator, createGroup, openAs } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";

let admin: Page;
const onOff = { state: "ENABLED", variants: { on: true, off: false }, defaultVariant: "off" };

const host = serveGraft({
  async prepare({ api, graft }) {
    await createGroup(graft, "Staff");
    await api.call("PUT", "/flags/search", { ...onOff, description: "The new search" });
    await api.call("PUT", "/flags/ranking", onOff);
  },
});
test.beforeAll(async ({ browser }) => {
  admin = await openAs(browser, host.graft, administrator, "/admin/flags/ranking");
});

test("a flag comes to require another, which then cannot be removed", async () => {
  await admin.getByRole("button", { name: "Add rule" }).click();
  await admin.getByRole("button", { name: "Remove condition 1 of rule 1" }).click();
  await admin.getByLabel("Add a condition to rule 1").selectOption("Another flag");
  await admin.getByLabel("Required flag").selectOption("search");
  await admin.getByRole("button", { name: "Review" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(admin.getByText("Changed the rules of ranking")).toBeVisible();
  await expect(admin.getByRole("link", { name: "search", exact: true })).toBeVisible();

  await admin.goto(`${host.graft.url}/admin/flags/search`);
  await admin.getByRole("button", { name: "Remove", exact: true }).click();
  await admin.getByRole("alertdialog").getByRole("button", { name: "Remove" }).click();
  await expect(admin.getByText("search is required by ranking.")).toBeVisible();
  await admin.keyboard.press("Escape");
});

test("dates are written in the administrator's zone, which stands beside, and kept in UTC", async () => {
  await host.api.call("PATCH", `/users/${await ownId()}`, { timeZone: "Europe/Berlin" });
  await admin.goto(`${host.graft.url}/admin/flags/search`);
  await admin.getByRole("button", { name: "Add rule" }).click();
  await admin.getByRole("button", { name: "Remove condition 1 of rule 1" }).click();
  await admin.getByLabel("Add a condition to rule 1").selectOption("From a date");
  await admin.getByLabel(/^From, Europe\/Berlin/).fill("2031-01-10T09:00");
  await expect(admin.getByText("Europe/Berlin, UTC+01:00")).toBeVisible();
  await admin.getByRole("button", { name: "Review" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(admin.getByText("Changed the rules of search")).toBeVisible();
  const { body } = await host.api.call("GET", "/flags/search");
  const at = Date.parse("2031-01-10T08:00:00Z") / 1000;
  expect(body.definition.targeting.if[0]).toEqual({ ">=": [{ var: "$flagd.timestamp" }, at] });
});

test("an archived flag is listed apart and brought back", async () => {
  await admin.goto(`${host.graft.url}/admin/flags/ranking`);
  await admin.getByRole("button", { name: "Archive", exact: true }).click();
  await expect(admin.getByText("This flag is archived.")).toBeVisible();
  await admin.goto(`${host.graft.url}/admin/flags`);
  const archived = admin.getByRole("region", { name: "Archived" });
  await expect(archived).toContainText("ranking");
  await expect(admin.getByRole("table", { name: "Flags" })).not.toContainText("ranking");
  await expectAccessible(admin, "the flags with an archived one");
  await archived.getByRole("button", { name: "Restore ranking" }).click();
  await expect(admin.getByRole("table", { name: "Flags" })).toContainText("ranking");
});

test("flags leave as a flagd document and come in as one, after its lines are right", async () => {
  const [download] = await Promise.all([
    admin.waitForEvent("download"),
    admin.getByRole("link", { name: "Export" }).click(),
  ]);
  const text = await readFile(await download.path(), "utf8");
  const document = JSON.parse(text);
  expect(Object.keys(document.flags)).toEqual(["ranking", "search"]);

  await admin.getByRole("button", { name: "Import" }).click();
  const dialog = admin.getByRole("dialog");
  const wrong = text.replace('"state": "ENABLED"', '"state": "ON"');
  await dialog.getByLabel("Document").fill(wrong);
  await dialog.getByRole("button", { name: "Check" }).click();
  await expect(dialog.getByRole("alert")).toContainText("1 problem: nothing would be imported.");
  await expect(dialog.getByRole("alert")).toContainText(/Line \d+, column \d+/);
  document.flags.fresh = { ...onOff, defaultVariant: "on" };
  await dialog.getByLabel("File").setInputFiles({
    name: "flags.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(document)),
  });
  const changes = dialog.getByRole("list", { name: "What the import changes" });
  await expect(changes.getByRole("listitem").filter({ hasText: "fresh" })).toContainText(
    "1 user would get something else: 1 gain, 0 lose",
  );
  await expect(changes.getByRole("listitem").filter({ hasText: "ranking" })).toContainText("Unchanged");
  await dialog.getByRole("button", { name: "Import 1 flag" }).click();
  await expect(admin.getByRole("table", { name: "Flags" })).toContainText("fresh");
});

async function ownId(): Promise<string> {
  const { body } = await host.api.call("GET", "/users");
  return body.items[0].id;
}
