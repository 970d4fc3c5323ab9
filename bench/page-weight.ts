/**
 * What the first visit to a page makes a browser load: JavaScript as it travels, compressed, without the headers of its answers.
 * `node bench/page-weight.ts`. Build first: `npm run build`.
 */
import { chromium } from "@playwright/test";
import { findChromium } from "../e2e/support/find-chromium.ts";
import { administrator, administratorEnv, openAs } from "../e2e/support/people.ts";
import { endGraft, startGraft } from "../e2e/support/start-graft.ts";

const pages: [path: string, aimKb: number][] = [
  ["/admin/marketplace", 220],
  ["/", 150],
];

const graft = await startGraft({ env: administratorEnv });
const browser = await chromium.launch({ executablePath: await findChromium(), args: ["--no-sandbox"] });
try {
  const page = await openAs(browser, graft, administrator, "/");
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Network.enable");
  await cdp.send("Network.setCacheDisabled", { cacheDisabled: true });
  let bytes = 0;
  const scripts = new Set<string>();
  cdp.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  cdp.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  for (const [path, aimKb] of pages) {
    bytes = 0;
    await page.goto(graft.url + path, { waitUntil: "networkidle" });
    console.log(
      `${path.padEnd(24)} ${(bytes / 1000).toFixed(0)} KB of JavaScript, compressed   aim ≤ ${aimKb} KB`,
    );
  }
} finally {
  await browser.close();
  await endGraft(graft);
}
