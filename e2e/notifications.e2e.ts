import { expect, type Page, test } from "@playwright/test";
import { receiveMail } from "../engine/engagement/notifications/testing/receive-mail.ts";
import { createApi, expectOk } from "./support/api.ts";
import { queryRows } from "./support/database.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { findFrame } from "./support/find-frame.ts";
import { administrator, createGroup, createPerson, openAs, type Person } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";

const post = await receiveMail();
let mia: Person;
let page: Page;
let publish: (input: object) => Promise<{ id: string }>;

const host = serveGraft({
  env: { GRAFT_SMTP_URL: post.url, GRAFT_MAIL_FROM: "Graft <graft@example.org>" },
  async prepare({ graft, api }) {
    await api.install("announcements", { mode: "everyone" });
    mia = await createPerson(graft, { name: "Mia Berg", groups: [await createGroup(graft, "Staff")] });
    const [first] = expectOk(await api.call("GET", "/users?query=ada")).items;
    const { secret } = expectOk(await api.call("POST", "/tokens", { userId: first.id, name: "Writes" }));
    const author = createApi(graft, secret);
    publish = async (input) => expectOk(await author.call("POST", "/api/v1/announcements/posts", input));
  },
});
test.afterAll(() => post.close());

const bell = (unread: number) =>
  page.getByRole("button", {
    name: unread === 0 ? "Notifications" : `Notifications, ${unread} unread`,
    exact: true,
  });

test("news rings the bell of those it is for, with no reload", async ({ browser }) => {
  page = await openAs(browser, host.graft, mia);
  await expect(bell(0)).toBeVisible();
  await publish({ title: "Lift repaired", body: "It **runs** again.", groups: ["staff"] });
  await expect(bell(1)).toBeVisible();
  await publish({ title: "For the board", groups: ["board"] });
  await publish({ title: "Summer party", body: "In the courtyard." });
  await expect(bell(2)).toBeVisible();
  await bell(2).click();
  const list = page.getByRole("dialog", { name: "Notifications" });
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await expect(list.getByText("It runs again.")).toBeVisible();
  await expectAccessible(page, "the bell");
});

test("a click leads into the module's page and reads it; reading it there reads it here", async () => {
  await page
    .getByRole("dialog")
    .getByRole("link", { name: /Lift repaired/ })
    .click();
  await expect(page).toHaveURL(/\/m\/announcements\/posts\//);
  await findFrame(page, "Announcements: Announcements");
  await expect(bell(1)).toBeVisible();
  const { id } = await publish({ title: "Read in the module" });
  await expect(bell(2)).toBeVisible();
  await page.goto(`${host.graft.url}/m/announcements/posts/${id}`);
  await expect(bell(1)).toBeVisible();
});

test("the list keeps everything; marks are set, taken back and undone", async () => {
  await page.goto(`${host.graft.url}/notifications`);
  await expect(page.getByText("1 unread.")).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: "Mark all as read" }).click();
  await expect(page.getByText("You have read everything.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("1 unread.")).toBeVisible();
  await page.getByRole("button", { name: "Mark Lift repaired as unread" }).click();
  await expect(bell(2)).toBeVisible();
  await expectAccessible(page, "notifications");
});

test("each kind comes where its reader wants it: mail on, bell off", async () => {
  await page.goto(`${host.graft.url}/account#notifications`);
  const mail = page.getByRole("switch", { name: "A new announcement by e-mail" });
  await mail.click();
  await expect(mail).toBeChecked();
  await page.getByRole("switch", { name: "A new announcement in the bell" }).click();
  await page.reload();
  await expect(mail).toBeChecked();
  await publish({ title: "By mail alone" });
  await expect(bell(2)).toBeVisible();
  // The mail waits a minute for a reader at the browser; here that minute is over.
  await expect
    .poll(() =>
      queryRows(
        host.graft,
        "UPDATE graft.notifications SET mail_at = now() WHERE mail_at > now() RETURNING 1",
      ),
    )
    .toHaveLength(1);
  await expect.poll(() => post.mails.map(({ to }) => to), { timeout: 30_000 }).toEqual([[mia.email]]);
  expect(post.mails[0]?.raw).toContain("Subject: Announcements: By mail alone");
  expect(post.mails[0]?.raw.replace(/=\r\n/g, "")).toContain(`${host.graft.url}/m/announcements/posts/`);
});

test("an administrator sees the mail server, and is told what came of a test mail", async ({ browser }) => {
  const admin = await openAs(browser, host.graft, administrator, "/admin/mail");
  await expect(admin.getByText(new URL(post.url).host)).toBeVisible();
  const button = admin.getByRole("button", { name: "Send me a test mail" });
  // A click before the page has its scripts does nothing.
  await expect(async () => {
    await button.click();
    await expect(admin.getByText("The mail server accepted it")).toBeVisible({ timeout: 5_000 });
  }).toPass();
  expect(post.mails.at(-1)).toMatchObject({ to: [administrator.email] });
  post.state.refusing = true;
  await button.click();
  await expect(admin.getByRole("alert").filter({ hasText: "Mailbox is taking a rest" })).toBeVisible();
  post.state.refusing = false;
  await expectAccessible(admin, "mail");
  await admin.goto(`${host.graft.url}/admin/audit`);
  await expect(admin.getByText(`A test mail to ${administrator.email} was not sent`)).toBeVisible();
});

test("who lost the module has its news no longer; an administrator who was not given it never had", async ({
  browser,
}) => {
  await host.api.call("PUT", "/modules/announcements/access", { mode: "nobody" });
  await page.goto(`${host.graft.url}/notifications`);
  await expect(page.getByText("No notifications")).toBeVisible();
  await expect(bell(0)).toBeVisible();
  const admin = await openAs(browser, host.graft, administrator, "/account");
  await expect(admin.getByText("None of your modules sends notifications.")).toBeVisible();
});
