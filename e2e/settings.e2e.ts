import { rmSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./support/expect-accessible.ts";
import { administrator, openAs } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";
import { makeCatalog, writeModule } from "./support/write-module.ts";

// A module that does not start without its settings: they are asked for in the plan, also by a new version.

const catalog = makeCatalog();
const shared = {
  server: { type: "string", title: "Server", description: "Where mail goes out.", minLength: 1 },
  apiKey: { type: "string", title: "API key", format: "secret", minLength: 8 },
};
const first = {
  ...{ type: "object", additionalProperties: false, required: ["apiKey", "server"] },
  properties: {
    ...shared,
    port: { type: "string", title: "Port", default: "587" },
    debug: { type: "boolean", title: "Log every message" },
  },
};
const second = {
  ...{ type: "object", additionalProperties: false, required: ["apiKey", "server", "from"] },
  properties: {
    ...shared,
    port: { type: "integer", title: "Port", default: 587 },
    from: { type: "string", title: "Sender", format: "email", description: "Shown to customers." },
    retries: { type: "integer", title: "Retries", default: 3 },
  },
};
const server = (needed: string[]) => `
import { createServer } from "node:http";
const config = JSON.parse(process.env.GRAFT_CONFIG);
for (const key of ${JSON.stringify(needed)}) if (!config[key]) { console.error(key + " is missing"); process.exit(3); }
createServer((req, res) => {
  res.writeHead(200, { "content-type": "application/json" });
  res.end(JSON.stringify(config));
}).listen(process.env.GRAFT_SOCKET);
process.on("SIGTERM", () => process.exit(0));
`;
const publish = (version: string, config: Record<string, unknown> & { required: string[] }) =>
  writeModule(catalog, `mailer-${version}`, {
    manifest: { name: "mailer", title: "Shop mailer", version, config } as never,
    server: server(config.required),
  });
publish("1.0.0", first);

const host = serveGraft({ env: { GRAFT_CATALOGS: `dir:${catalog}` } });
let page: Page;

test.beforeAll(async ({ browser }) => {
  page = await openAs(browser, host.graft, administrator, "/admin/marketplace/mailer");
});
test.afterAll(async () => {
  await page.close();
  rmSync(catalog, { recursive: true, force: true });
});

const form = () => page.getByRole("form", { name: "Settings of Shop mailer" });
const apply = (name: RegExp) => page.getByRole("main").getByRole("button", { name });
const running = async () => (await host.api.call("GET", "/api/v1/mailer/x")).body;
const useThem = () => form().getByRole("button", { name: "Use these settings" }).click();

test("an install asks for what the module needs to start, and starts with it", async () => {
  await page.getByRole("button", { name: "Install" }).first().click();
  await expect(form()).toBeVisible();
  await expect(page.getByRole("main")).toContainText(
    "Shop mailer needs “API key” and “Server” before it can start.",
  );
  await expect(apply(/^Install Shop mailer/)).toBeDisabled();
  await expectAccessible(page, "a plan that asks for settings");

  await form().getByLabel("Server").fill("mx.example.org");
  await useThem();
  await expect(form().getByText("is missing")).toBeVisible();
  await form().getByLabel("API key").fill("short");
  await useThem();
  await expect(form().getByText("must have at least 8 characters")).toBeVisible();
  await form().getByLabel("API key").fill("a-long-enough-key");
  await useThem();

  await expect(apply(/^Install Shop mailer/)).toBeEnabled();
  await expect(page.getByRole("main")).not.toContainText("a-long-enough-key");
  // Another choice is another plan: the secret goes along.
  await page.getByLabel("Who will have access").getByText("Everyone").click();
  await expect(apply(/^Install Shop mailer/)).toBeEnabled();
  await apply(/^Install Shop mailer/).click();
  await expect(page.getByRole("link", { name: "See the plan" })).toBeVisible();
  expect(await running()).toEqual({ server: "mx.example.org", apiKey: "a-long-enough-key", port: "587" });
});

test("a new version says what becomes of the settings, asks for a new one, and they can be saved afterwards", async () => {
  await host.api.call("PUT", "/modules/mailer/config", {
    ...{ server: "mx.example.org", apiKey: "••••", port: "2525", debug: true },
  });
  publish("1.1.0", second);
  await page.goto(`${host.graft.url}/admin/marketplace/mailer`);
  await page.getByRole("button", { name: "Upgrade" }).first().click();
  const changes = page.getByTestId("setting-changes");
  await expect(changes).toContainText("This version has no such setting. true is kept");
  await expect(changes).toContainText("“2525” must be a whole number, so it becomes 2525.");
  await expect(changes).toContainText("retries");
  await expectAccessible(page, "a plan that changes settings");
  await form().getByLabel("Sender").fill("shop@example.org");
  await useThem();
  await apply(/^Upgrade Shop mailer/).click();
  await expect(page.getByRole("link", { name: "See the plan" })).toBeVisible();
  const settings = { server: "mx.example.org", apiKey: "a-long-enough-key", port: 2525, retries: 3 };
  expect(await running()).toEqual({ ...settings, from: "shop@example.org" });

  await page.goto(`${host.graft.url}/admin/modules/mailer?tab=settings`);
  await page.getByLabel("Retries").fill("5");
  await page.getByRole("button", { name: "Save settings" }).click();
  await expect(page.getByText("Settings of Shop mailer saved.")).toBeVisible();
  expect(await running()).toEqual({ ...settings, from: "shop@example.org", retries: 5 });
});
