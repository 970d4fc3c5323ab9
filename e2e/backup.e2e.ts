import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { childEnv } from "../engine/core/testing/child-env.ts";
import { createApi } from "./support/api.ts";
import { administrator, openAs } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";
import { endGraft, startGraft } from "./support/start-graft.ts";

const host = serveGraft({ own: true });
const cli = join(import.meta.dirname, "../cli/graft.mjs");
const root = mkdtempSync(join(tmpdir(), "graft-e2e-backup-"));
const file = join(root, "all.tar.zst");

test.afterAll(() => rmSync(root, { recursive: true, force: true }));

function graft(
  dataDir: string,
  ...args: string[]
): Promise<{ status: number | null; out: string; err: string }> {
  const { HOME, TMPDIR } = process.env;
  const env = childEnv({ HOME, TMPDIR, GRAFT_DATA_DIR: dataDir });
  const child = spawn(process.execPath, [cli, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  return new Promise((resolve) => child.once("close", (status) => resolve({ status, out, err })));
}

test("a backup made while it runs, restored elsewhere with the command line, is the same system", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  await host.api.install("announcements");
  await host.api.call("POST", "/api/v1/announcements/posts", { title: "Written before the backup" });
  const made = await graft(host.graft.dataDir, "backup", file);
  expect({ status: made.status, err: made.err }).toEqual({ status: 0, err: "" });
  expect((await graft(root, "backup", "verify", file, "--json")).status).toBe(0);
  // Nothing of it stays on the host.
  expect((await host.api.call("GET", "/backups")).body.items).toEqual([]);

  const running = await graft(host.graft.dataDir, "restore", file, "--yes");
  expect(running.status).toBe(1);
  expect(running.err).toContain("DATA_DIR_IN_USE");

  // Not below the folder of the file: as root, PostgreSQL is another account that may not enter that.
  const dataDir = mkdtempSync(join(tmpdir(), "graft-e2e-restored-"));
  const restored = await graft(dataDir, "restore", file, "--yes", "--json");
  expect(restored.err).toBe("");
  expect(restored.status, restored.out).toBe(0);
  const twin = await startGraft({ dataDir });
  try {
    const api = createApi(twin, twin.hostToken);
    await expect
      .poll(async () => (await api.call("GET", "/api/v1/announcements/posts")).status, { timeout: 60_000 })
      .toBe(200);
    const { body } = await api.call("GET", "/api/v1/announcements/posts");
    expect(JSON.stringify(body)).toContain("Written before the backup");
    const page = await openAs(browser, twin, administrator);
    await page.goto(`${twin.url}/admin/data`);
    await expect(page.getByText("No backup has been made yet.")).toBeVisible();
  } finally {
    await endGraft(twin);
  }
});

test("scheduled backups are switched on, one is made, and the page says in green that it is known to restore", async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const page = await openAs(browser, host.graft, administrator);
  await page.goto(`${host.graft.url}/admin/data`);
  const section = page.getByRole("region", { name: "Scheduled backups" });
  await expect(section.getByText("None has been made yet.")).toBeVisible();
  await section.getByLabel("Make a backup every day").click();
  await section.getByLabel("At", { exact: true }).fill("03:15");
  await section.getByLabel("Weeks").fill("8");
  await section.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Scheduled backups are on")).toBeVisible();
  await expect(section.getByText("No recent backup is known to restore")).toBeVisible();
  await expect(section.getByText("The backups are on the disk of this host")).toBeVisible();

  await section.getByRole("button", { name: "Make one now" }).click();
  const row = section.getByRole("row", { name: /graft-.*\.tar\.zst/ });
  await expect(row.getByText("Proved")).toBeVisible({ timeout: 90_000 });
  await expect(row).toContainText("came back equal");
  await expect(section.getByText(/The last backup was proved .* everything came back/)).toBeVisible();
  const { body } = await host.api.call("GET", "/scheduled-backups/schedule");
  expect(body).toMatchObject({ enabled: true, at: "03:15", weeks: 8, isProved: true });

  const shown = await graft(host.graft.dataDir, "backup", "schedule", "show");
  expect(shown.out).toContain("Daily at 03:15");
  expect(shown.out).toContain(`Signed with ${body.key}`);
  const runs = await graft(host.graft.dataDir, "backup", "schedule", "runs");
  expect(runs.out).toContain("proved");
});
