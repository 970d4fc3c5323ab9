import { expect, test } from "@playwright/test";
import { administrator } from "./support/people.ts";
import { endGraft, type RunningGraft, startGraft } from "./support/start-graft.ts";

test.describe.configure({ mode: "serial" });
let graft: RunningGraft;
test.beforeAll(async () => {
  graft = await startGraft();
});
test.afterAll(() => endGraft(graft));

test("until somebody has set the host up, every page leads to the set-up", async ({ page }) => {
  for (const path of ["/", "/admin", "/admin/marketplace", "/sign-in", "/account", "/m/announcements"]) {
    await page.goto(graft.url + path);
    await expect(page).toHaveURL(`${graft.url}/setup`);
  }
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Who administers this host?");
});

test("the meter says why a password is weak, and the host refuses it", async ({ page }) => {
  await page.goto(`${graft.url}/setup`);
  await page.getByLabel("Your name").fill(administrator.name);
  await page.getByLabel("E-mail").fill(administrator.email);
  const password = page.getByLabel("Password", { exact: true });
  await password.fill("short");
  await expect(
    page.getByRole("status").filter({ hasText: "Too short. 5 more characters needed." }),
  ).toBeVisible();
  await password.fill("password1234");
  await expect(
    page.getByText("Easy to guess. Try four unrelated words, or a phrase of your own."),
  ).toBeVisible();
  await page.getByRole("button", { name: "Create administrator" }).click();
  await expect(page.getByRole("alert").filter({ hasText: /\w/ }).first()).toBeVisible();
  await expect(page).toHaveURL(/\/setup$/);
});

test("the first administrator lands on the overview, signed in", async ({ page }) => {
  await page.goto(`${graft.url}/setup`);
  await page.getByLabel("Your name").fill(administrator.name);
  await page.getByLabel("E-mail").fill(administrator.email);
  await page.getByLabel("Password", { exact: true }).fill(administrator.password);
  await page.getByRole("button", { name: "Create administrator" }).click();
  await expect(page).toHaveURL(`${graft.url}/admin`);
  await expect(page.getByRole("status").filter({ hasText: "Everything is running normally" })).toBeVisible();
  await expect(page.getByRole("button", { name: `Account of ${administrator.name}` })).toBeVisible();
});

test("the set-up is closed once there is an administrator", async ({ page, request }) => {
  await page.goto(`${graft.url}/setup`);
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByLabel("E-mail").fill(administrator.email);
  await page.getByLabel("Password", { exact: true }).fill("not-the-password-at-all");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(
    page
      .getByRole("alert")
      .filter({ hasText: /password/i })
      .first(),
  ).toBeVisible();
  expect((await request.get(`${graft.url}/api/v1/graft/users`)).status()).toBe(401);
});
