import { expect, type Page, test } from "@playwright/test";
import { build } from "esbuild";
import { browserOptions, fromRoot } from "../sdk/build/esbuild-options.ts";
import { writeRules } from "../sdk/flags/index.ts";
import { expectAccessible } from "./support/expect-accessible.ts";
import { findFrame } from "./support/find-frame.ts";
import { administrator, createGroup, openAs } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";
import { makeCatalog, writeModule } from "./support/write-module.ts";

// Roll-outs on hold, access in the history, a widget as its module, a group that is named, and a frame that follows.

const catalog = makeCatalog();
const day = 86_400;
const bundle = await build({
  ...browserOptions,
  write: false,
  stdin: {
    resolveDir: fromRoot("."),
    contents: `import { OpenFeature } from "@openfeature/web-sdk";
      import { connect, createFlagProvider } from "./sdk/client/index.ts";
      const graft = await connect();
      await OpenFeature.setProviderAndWait(createFlagProvider(graft));
      const client = OpenFeature.getClient();
      const born = String(Math.random());
      const draw = () => {
        document.querySelector("main").innerHTML =
          "<p id=value>" + client.getStringValue("look", "none") + "</p><p id=born>" + born + "</p>";
      };
      client.addHandler("PROVIDER_CONFIGURATION_CHANGED", draw);
      draw();
      graft.ready();`,
  },
});
writeModule(catalog, "looks", {
  manifest: {
    type: "widget",
    flags: { look: { type: "string", default: "plain", variants: { plain: "plain", bold: "bold" } } },
    widgets: [{ id: "shown", title: "Shown", entry: "client/shown.html" }],
  },
  files: {
    "client/shown.html": `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title>
      <script type="module" src="shown.js"></script></head><body><main></main></body></html>`,
    "client/shown.js": bundle.outputFiles[0]?.text ?? "",
  },
});
const inStaff = { in: ["staff", { var: "groups" }] };
const rollOut = (from: number) => {
  const steps = [5, 25, 100].map((on, i) => ({
    at: from + i * 2 * day,
    weights: [
      { variant: "on", weight: on },
      { variant: "off", weight: 100 - on },
    ],
  }));
  return writeRules([{ conditions: [], outcome: { kind: "rollout", steps } }]);
};
const onOff = { state: "ENABLED", variants: { on: true, off: false }, defaultVariant: "off" };

const host = serveGraft({
  env: { GRAFT_CATALOGS: `dir:${catalog}` },
  async prepare({ api, graft }) {
    await createGroup(graft, "Staff");
    await api.install("looks", { mode: "everyone" });
    const targeting = rollOut(Math.floor(Date.now() / 1000) - 60);
    await api.call("PUT", "/flags/new-editor", { ...onOff, targeting });
    await api.call("PUT", "/flags/for-staff", { ...onOff, targeting: { if: [inStaff, "on", null] } });
    const three = { a: "a", b: "b", c: "c" };
    const fractional = [
      ["a", 10],
      ["b", 20],
      ["c", 70],
    ];
    await api.call("PUT", "/flags/three", {
      state: "ENABLED",
      variants: three,
      defaultVariant: "c",
      targeting: { if: [true, { fractional }, null] },
    });
  },
});
let admin: Page;
test.beforeAll(async ({ browser }) => {
  admin = await openAs(browser, host.graft, administrator, "/admin/flags/new-editor");
});
const toast = (text: string) => admin.getByRole("listitem").filter({ hasText: text });

test("a roll-out is held and goes on, each taken back from its toast", async () => {
  const section = admin.getByRole("region", { name: "Roll-out" });
  await expect(section).toContainText("Running: on 5 %, off 95 %. Next: on 25 %, off 75 %");
  await section.getByRole("button", { name: "Hold" }).click();
  await expect(section).toContainText("On hold: on 5 %");
  await expect(section).toContainText("2 steps to come, the next 1 day 23 hours");
  const { body } = await host.api.call("GET", "/flags/new-editor");
  expect(JSON.stringify(body.definition.targeting)).toMatch(/25340\d{7}/);
  await toast("The roll-out of new-editor is on hold.").getByRole("button", { name: "Undo" }).click();
  await expect(section).toContainText("Running: on 5 %");
  await section.getByRole("button", { name: "Hold" }).click();
  await expect(section).toContainText("On hold");
  await expectAccessible(admin, "a roll-out on hold");
  await section.getByRole("button", { name: "Continue" }).click();
  await expect(section).toContainText("Running: on 5 %");
  await section.getByRole("button", { name: "Next step now" }).click();
  await expect(section).toContainText("Running: on 25 %, off 75 %. Next: on 100 %");
  await expect(admin.getByText("Began the next step of new-editor: on 25 %, off 75 %")).toBeVisible();
});

test("one of three shares that is raised takes from the last alone", async () => {
  await admin.goto(`${host.graft.url}/admin/flags/three`);
  await admin.getByLabel("Shares of rule 1, a: percent").fill("25");
  await admin.getByRole("button", { name: "Review" }).click();
  await admin.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(admin.getByText("Changed the rules of three")).toBeVisible();
  const { body } = await host.api.call("GET", "/flags/three");
  expect(body.definition.targeting.if[1].fractional).toEqual([
    ["a", 10],
    ["b", 20],
    ["a", 15],
    ["c", 55],
  ]);
  await expect(admin.getByLabel("Shares of rule 1, a: percent")).toHaveValue("25");
});

test("a widget follows its module again, and the history of its access takes that back", async () => {
  await host.api.call("PUT", "/modules/looks/widgets/shown/access", { mode: "nobody" });
  await admin.goto(`${host.graft.url}/admin/access/looks/shown`);
  await expect(admin.getByRole("radio", { name: "Nobody" })).toBeChecked();
  await admin.getByRole("radio", { name: "As module" }).check();
  await expect(admin.getByRole("radio", { name: "As module" })).toBeChecked();
  const history = admin.getByRole("region", { name: "History" });
  await expect(history.getByRole("listitem")).toHaveCount(2);
  await expect(history.getByRole("listitem").first()).toContainText("Took back the rule of looks/shown");
  await history.getByRole("button", { name: "Undo" }).first().click();
  await expect(admin.getByRole("radio", { name: "Nobody" })).toBeChecked();
  await expect(history.getByRole("listitem")).toHaveCount(3);
  await expectAccessible(admin, "the history of access");
  const { status, body } = await host.api.call("DELETE", "/modules/looks/widgets/shown/access");
  expect([status, body.inherited]).toEqual([200, true]);
});

test("deleting a group says what names it, and takes it out of all of that", async () => {
  await host.api.call("PUT", "/modules/looks/access", { mode: "groups", groups: ["staff"] });
  await admin.goto(`${host.graft.url}/admin/groups/staff`);
  await admin.getByRole("button", { name: "Delete", exact: true }).click();
  const dialog = admin.getByRole("alertdialog");
  await expect(dialog).toContainText("module looks");
  await expect(dialog).toContainText("flag for-staff");
  await dialog.getByRole("textbox").fill("staff");
  await dialog.getByRole("button", { name: "Delete Staff" }).click();
  await expect(admin).toHaveURL(`${host.graft.url}/admin/groups`);
  const { body } = await host.api.call("GET", "/flags/for-staff");
  expect(body.definition.targeting).toBeUndefined();
  await admin.goto(`${host.graft.url}/admin/flags/for-staff`);
  await expect(admin.getByText("Took the deleted group staff out of the rules of for-staff")).toBeVisible();
  await host.api.call("PUT", "/modules/looks/access", { mode: "everyone" });
});

test("a frame that asks through OpenFeature's web provider follows a flag without a reload", async () => {
  await admin.goto(host.graft.url);
  const frame = await findFrame(admin, "Shown");
  await expect(frame.locator("#value")).toHaveText("plain");
  const born = await frame.locator("#born").textContent();
  await host.api.call("PUT", "/flags/looks.look", {
    state: "ENABLED",
    variants: { plain: "plain", bold: "bold" },
    defaultVariant: "bold",
  });
  await expect(frame.locator("#value")).toHaveText("bold");
  await expect(frame.locator("#born")).toHaveText(born ?? "");
});
