import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./support/expect-accessible.ts";
import { administrator, createGroup, createPerson, openAs, type Person } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";

type Somebody = Person & { id: string };
const tenth = {
  mode: "rules",
  targeting: {
    if: [
      { in: ["staff", { var: "groups" }] },
      {
        fractional: [
          ["given", 10],
          ["withheld", 90],
        ],
      },
      null,
    ],
  },
};
const access = "/modules/announcements/widgets/recent/access";
let chosen: Somebody;
let other: Somebody;
let staff = 0;
let admin: Page;

const host = serveGraft({
  async prepare({ api, graft }) {
    await api.install("announcements");
    await api.call("PUT", "/modules/announcements/access", { mode: "nobody" });
    await createGroup(graft, "Staff");
    // Who is in a tenth is drawn by ids that are made up here: people join until one is in it.
    const people: Somebody[] = [];
    for (let i = 0; i < 80; i++) {
      people.push(await createPerson(graft, { name: `Member ${i + 1}`, groups: ["staff"] }));
      const { body } = await api.call("POST", `${access}/preview`, tenth);
      const within = new Set(body.changed.users.map(({ userId }: { userId: string }) => userId));
      const [one, another] = [true, false].map((is) => people.find(({ id }) => within.has(id) === is));
      if (one === undefined || another === undefined) continue;
      chosen = one;
      other = another;
      break;
    }
    staff = people.length;
  },
});
test.beforeAll(async ({ browser }) => {
  admin = await openAs(browser, host.graft, administrator, "/admin/modules/announcements?tab=access");
});

test("an administrator gives a widget to a tenth of a group, seeing first who gains", async () => {
  await admin.getByRole("link", { name: /^Announcements: Announcements: 0 of/ }).click();
  await expect(admin.getByRole("heading", { level: 2, name: "People" })).toBeVisible();
  await admin.getByRole("radio", { name: "Rules" }).click();
  await admin.getByLabel("Add a group").selectOption("Staff");
  await expect(admin.getByLabel("Shares of rule 1, gets it: percent")).toHaveValue("10");
  await admin.getByRole("button", { name: "Review" }).click();
  const dialog = admin.getByRole("dialog");
  await expect(dialog).toContainText(
    `1 user of ${staff + 1} would get something else: 1 gain it, 0 lose it.`,
  );
  await expect(dialog.getByRole("list", { name: "Users who would get something else" })).toContainText(
    chosen.name,
  );
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(admin.getByText("These rules are in effect.")).toBeVisible();
});

test("the page says who has it and why, and of anybody else what would give it to them", async () => {
  const row = admin.getByRole("row", { name: new RegExp(`${chosen.name} `) });
  await expect(row).toContainText("rule 1 matches (in staff), of given 10 %, withheld 90 %");
  await expect(admin.getByText(`1 of ${staff + 1} users has access.`)).toBeVisible();
  await admin.getByRole("button", { name: "Choose user" }).click();
  await admin.getByRole("combobox", { name: "Find people" }).fill(other.email);
  await admin.getByRole("option", { name: new RegExp(other.email) }).click();
  await expect(admin.getByRole("status").filter({ hasText: `${other.name} does not have` })).toBeVisible();
  await expect(admin.getByText(/given, once its share is \d+ % or more\./)).toBeVisible();
  await expectAccessible(admin, "who gets a widget");
});

test("what an install gave is in the history too, undone alone or with its generation", async () => {
  await host.api.install("polls", { mode: "everyone" });
  const { body } = await host.api.call("GET", "/generations");
  const { number } = body.items[0];
  await admin.goto(`${host.graft.url}/admin/access/polls`);
  const given = admin.getByRole("listitem").filter({ hasText: "Gave polls to everyone" });
  await expect(given).toContainText(`with generation ${number}`);
  await given.getByRole("button", { name: "Undo" }).click();
  await expect(admin.getByText("Took back of polls: gave polls to everyone")).toBeVisible();
  expect((await host.api.call("GET", "/modules/polls/access")).body).not.toMatchObject({ mode: "everyone" });
  await given.getByRole("link", { name: `generation ${number}` }).click();
  await expect(admin.getByRole("heading", { level: 1, name: "History" })).toBeVisible();
  await expect(admin.getByRole("button", { name: `Go back to generation ${number - 1}` })).toBeVisible();
});
