import { OFREPProvider } from "@openfeature/ofrep-provider";
import { OFREPWebProvider } from "@openfeature/ofrep-web-provider";
import { OpenFeature } from "@openfeature/server-sdk";
import { OpenFeature as WebOpenFeature } from "@openfeature/web-sdk";
import { expect, type Page, test } from "@playwright/test";
import { administrator, createGroup, createPerson, openAs, type Person } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";

const people: (Person & { id: string })[] = [];
let admin: Page;

const host = serveGraft({
  async prepare({ graft }) {
    await createGroup(graft, "Editors");
    for (const name of ["Mia Berg", "Noor Haddad"]) {
      people.push(await createPerson(graft, { name, groups: name.startsWith("Mia") ? ["editors"] : [] }));
    }
  },
});
test.beforeAll(async ({ browser }) => {
  admin = await openAs(browser, host.graft, administrator, "/admin/flags");
});
test.afterAll(() => OpenFeature.close());

test("an administrator makes a flag and gives it to a group, seeing first who gains", async () => {
  await admin.getByRole("button", { name: "Create flag" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("Key").fill("new-editor");
  await dialog.getByRole("button", { name: "Create flag" }).click();
  await expect(admin.getByRole("heading", { level: 1, name: "new-editor" })).toBeVisible();

  await admin.getByRole("button", { name: "Add rule" }).click();
  await expect(admin.getByRole("button", { name: "Review" })).toBeDisabled();
  await admin.getByLabel("Add a group").selectOption("Editors");
  await admin.getByRole("button", { name: "Review" }).click();
  await expect(dialog).toContainText("1 user of 3 would get something else: 1 gain it, 0 lose it.");
  await expect(dialog.getByRole("list", { name: "Users who would get something else" })).toContainText(
    "Mia Berg",
  );
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(admin.getByText("Changed the rules of new-editor")).toBeVisible();
});

test("an explanation says who has it, by which rule, and what would change it", async () => {
  await admin.getByRole("button", { name: "Choose user" }).click();
  await admin.getByPlaceholder("Name or e-mail").fill("noor");
  await admin.getByRole("option", { name: /Noor Haddad/ }).click();
  await expect(admin.getByText("Noor Haddad gets off: no rule matches.")).toBeVisible();
  await expect(admin.getByText("on, if rule 1 matched: in editors.")).toBeVisible();
});

test("an OpenFeature client that knows nothing of Graft gets the same answers", async () => {
  const headers: [string, string][] = [["authorization", `Bearer ${host.graft.hostToken}`]];
  await OpenFeature.setProviderAndWait(new OFREPProvider({ baseUrl: host.graft.url, headers }));
  const client = OpenFeature.getClient();
  const answers = people.map(({ id }) => client.getBooleanValue("new-editor", false, { targetingKey: id }));
  expect(await Promise.all(answers)).toEqual([true, false]);
});

test("OpenFeature's web client gets them too, all at once", async () => {
  const headers: [string, string][] = [["authorization", `Bearer ${host.graft.hostToken}`]];
  for (const [i, { id }] of people.entries()) {
    await WebOpenFeature.setContext({ targetingKey: id });
    const provider = new OFREPWebProvider({ baseUrl: host.graft.url, headers, pollInterval: -1 });
    await WebOpenFeature.setProviderAndWait(provider);
    expect(WebOpenFeature.getClient().getBooleanValue("new-editor", false)).toBe(i === 0);
  }
  await WebOpenFeature.close();
});

test("the switch ends it for everyone at once, and the history takes that back", async () => {
  const client = OpenFeature.getClient();
  const mia = { targetingKey: people[0]?.id ?? "" };
  await admin.getByRole("switch", { name: "new-editor is on" }).click();
  await expect(admin.getByText("This flag is switched off.")).toBeVisible();
  expect(await client.getBooleanValue("new-editor", false, mia)).toBe(false);
  await admin
    .getByRole("listitem")
    .filter({ hasText: "Switched new-editor off" })
    .getByRole("button", { name: "Undo" })
    .click();
  await expect(admin.getByText("This flag is switched off.")).toBeHidden();
  expect(await client.getBooleanValue("new-editor", false, mia)).toBe(true);
});
