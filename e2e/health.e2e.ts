import { expect, type Page, test } from "@playwright/test";
import { administrator, openAs } from "./support/people.ts";
import { isRunning, until } from "./support/processes.ts";
import { serveGraft } from "./support/serve-graft.ts";
import { makeCatalog, writeModule } from "./support/write-module.ts";

const catalog = makeCatalog();

/** Answers its probe with 200 until told otherwise, and prints each request. */
const server = `
import { createServer } from "node:http";
let status = 200;
createServer((req, res) => {
  if (req.url.startsWith("/v1/status/")) status = Number(req.url.split("/").pop());
  if (req.url !== "/healthz") console.log("asked for " + req.url);
  res.writeHead(req.url === "/healthz" ? status : 200, { "content-type": "text/plain" }).end("answer");
}).listen(process.env.GRAFT_SOCKET);
console.log("the patient is awake");
`;

const host = serveGraft({
  env: { GRAFT_CATALOGS: `builtin,dir:${catalog}` },
  async prepare({ api }) {
    writeModule(catalog, "patient", { server, manifest: { health: { intervalSeconds: 1 } } });
    await api.install("announcements");
    await api.install("patient");
  },
});
let page: Page;
test.beforeAll(async ({ browser }) => {
  page = await openAs(browser, host.graft, administrator, "/admin");
});

const row = (name: string) => page.getByRole("row", { name: new RegExp(name) });
const health = async (name: string) => (await host.api.call("GET", `/modules/${name}/health`)).body;

test("one look at the overview answers whether everything is well", async () => {
  await expect(page.getByRole("status").filter({ hasText: "Everything is running normally" })).toBeVisible();
  await expect(row("Patient")).toContainText("Healthy");
  await expect(row("Announcements")).toContainText("Healthy");
  await page
    .getByRole("navigation", { name: "Administration" })
    .getByRole("link", { name: "Health" })
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "Health" })).toBeVisible();
  await expect(row("Patient")).toContainText(/\d+ MB/);
  await expect(row("Patient")).toContainText(/\d\s?ms/);
});

test("the log is live: a line appears as the module prints it", async () => {
  await page.goto(`${host.graft.url}/admin/modules/patient?tab=logs`);
  const log = page.getByRole("region", { name: "Log" });
  await expect(log).toContainText("the patient is awake");
  await expect(page.getByRole("status").filter({ hasText: "Live" })).toBeVisible();
  await host.api.call("GET", "/api/v1/patient/visitors");
  await expect(log).toContainText("asked for /v1/visitors");
  await page.getByRole("searchbox", { name: "Filter lines" }).fill("visitors");
  await expect(log).not.toContainText("the patient is awake");
  await page.getByRole("searchbox", { name: "Filter lines" }).fill("");
  await page.getByRole("button", { name: "Pause" }).click();
  await host.api.call("GET", "/api/v1/patient/unseen");
  await expect(page.getByText("1 new line waiting")).toBeVisible();
  await expect(log).not.toContainText("/v1/unseen");
  await page.getByRole("button", { name: "Resume" }).click();
  await expect(log).toContainText("/v1/unseen");
});

test("a killed process is started again, and the page says what happened", async () => {
  await page.goto(`${host.graft.url}/admin/modules/patient?tab=health`);
  await expect(
    page.getByText("Nothing has gone wrong so far.").or(page.getByText("0 restarts")).first(),
  ).toBeVisible();
  const { pid } = await health("patient");
  process.kill(pid, "SIGKILL");
  await until(async () => (await host.api.call("GET", "/api/v1/patient/back")).status === 200, 5000);
  await expect(page.getByText("1 restart", { exact: false }).first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Events" })).toContainText(/SIGKILL|killed/);
  await expect(page.getByRole("region", { name: "Now" })).toContainText("Healthy");
  const after = await health("patient");
  expect(after.pid).not.toBe(pid);
  expect(isRunning(pid)).toBe(false);
});

test("a module that answers its probe with 503 is named on the overview until it recovers", async () => {
  await page.goto(`${host.graft.url}/admin`);
  await host.api.call("GET", "/api/v1/patient/status/503");
  await expect(page.getByRole("status").filter({ hasText: "1 issue needs attention" })).toBeVisible({
    timeout: 30_000,
  });
  const verdict = page.getByRole("region", { name: "Status" });
  await expect(verdict).toContainText("Patient");
  await expect(verdict).toContainText("503");
  await verdict
    .getByRole("link", { name: /View: / })
    .first()
    .click();
  await expect(page).toHaveURL(/\/admin\/modules\/patient/);
  await host.api.call("GET", "/api/v1/patient/status/200");
  await until(async () => (await health("patient")).state === "healthy");
  await page.goto(`${host.graft.url}/admin`);
  await expect(page.getByRole("status").filter({ hasText: "Everything is running normally" })).toBeVisible();
});

test("Restart gives the module a fresh process, and the audit has it", async () => {
  const { pid } = await health("patient");
  await page.goto(`${host.graft.url}/admin/modules/patient?tab=health`);
  await page.getByRole("button", { name: "Restart" }).click();
  await expect(page.getByText("Patient was restarted")).toBeVisible();
  await until(() => !isRunning(pid));
  expect((await health("patient")).pid).not.toBe(pid);
  const { items } = (await host.api.call("GET", "/audit?target=patient")).body;
  expect(items[0].summary).toBe("Restarted Patient");
});

test("an administrator gives a module its time limit, and takes it back", async () => {
  await page.goto(`${host.graft.url}/admin/modules/patient?tab=health`);
  const section = page.getByRole("region", { name: "Time limit" });
  await section.getByRole("spinbutton", { name: "Seconds" }).fill("0");
  await section.getByRole("button", { name: "Save" }).click();
  await expect(section.getByRole("spinbutton", { name: "Seconds" })).toHaveAttribute("aria-invalid", "true");
  await section.getByRole("spinbutton", { name: "Seconds" }).fill("90");
  await section.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The time limit of Patient was saved.")).toBeVisible();
  expect((await host.api.call("GET", "/modules/patient")).body.timeoutMs).toBe(90_000);
  await page.reload();
  await expect(section.getByRole("spinbutton", { name: "Seconds" })).toHaveValue("90");
  await section.getByRole("spinbutton", { name: "Seconds" }).fill("");
  await section.getByRole("button", { name: "Save" }).click();
  await expect
    .poll(async () => (await host.api.call("GET", "/modules/patient")).body.timeoutMs)
    .toBeUndefined();
});
