import { defineConfig } from "@playwright/test";
import { findChromium } from "./e2e/support/find-chromium.ts";

// Isolation is under test: no flag here may weaken web security. The sandbox of the browser itself needs
// rights that containers do not give.
const launchOptions = {
  executablePath: await findChromium(),
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
};

process.env.GRAFT_CHECK_ANSWERS ??= "1";

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.e2e.ts",
  globalSetup: "./e2e/support/prepare-run.ts",
  fullyParallel: false,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  use: {
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    browserName: "chromium",
    launchOptions,
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    // A trace of each test costs a fifth of the run; `--trace retain-on-failure` makes them.
    trace: "off",
    screenshot: "only-on-failure",
  },
});
