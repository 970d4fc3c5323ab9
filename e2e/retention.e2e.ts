import { expect, type Page, test } from "@playwright/test";
import { queryRows } from "./support/database.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { administrator, openAs } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";

const host = serveGraft({
  async prepare({ api }) {
    await api.install("announcements");
    await api.apply([{ action: "uninstall", module: "announcements", data: "delete" }], ["announcements"]);
    await api.install("polls");
  },
});
let page: Page;
test.beforeAll(async ({ browser }) => {
  page = await openAs(browser, host.graft, administrator, "/admin/data");
});

test("each snapshot says why it was taken", async () => {
  const row = page.getByRole("row", { name: /announcements/ });
  await expect(row).toContainText("Before uninstall");
  await expectAccessible(page, "retention");
});

test("a number that cannot be is refused beside its field", async () => {
  const form = page.getByRole("region", { name: "Retention" });
  await form.getByLabel("Snapshots per module").fill("0");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByText("Give a number of snapshots from 1 to 100.")).toBeVisible();
  await form.getByLabel("Snapshots per module").fill("5");
});

test("saving says what would go; cancelled nothing goes, confirmed it goes and is in the audit", async () => {
  await queryRows(host.graft, "UPDATE graft.kept_data SET created_at = now() - interval '40 days'");
  const form = page.getByRole("region", { name: "Retention" });
  await form.getByRole("checkbox", { name: "Forever" }).first().click();
  await form.getByLabel("Days to keep snapshots").fill("30");
  await form.getByRole("button", { name: "Save" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Delete 1 item now?" });
  await expect(dialog).toContainText("1 item of announcements");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  expect((await host.api.call("GET", "/kept-data")).body.items).toHaveLength(1);
  expect((await host.api.call("GET", "/kept-data/retention")).body.snapshotDays).toBeNull();

  await form.getByRole("button", { name: "Save" }).click();
  await dialog.getByRole("button", { name: "Save and delete 1 item" }).click();
  await expect(page.getByText(/1 item deleted/)).toBeVisible();
  await expect(page.getByText("No kept data")).toBeVisible();
  await page.reload();
  await expect(form.getByLabel("Days to keep snapshots")).toHaveValue("30");
  const { items } = (await host.api.call("GET", "/audit?action=data.expire")).body;
  expect(items).toMatchObject([{ target: "announcements", actorName: expect.any(String) }]);
});
