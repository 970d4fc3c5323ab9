/**
 * What the first visit to a page makes a browser load: JavaScript as it travels, compressed, without the headers of its answers.
 * `node bench/page-weight.ts`. Build first: `npm run build`.
 */
import { chromium } from "@playwright/test";
import { findChromium } from "../e2e/support/find-chromium.ts";
import { administrator, administratorEnv, openAs } from "../e2e/support/people.ts";
import { endGraft, startGraft } from "../e2e/support/start-graft.ts";
import { countScripts } from "./count-scripts.ts";

const pages: [path: string, aimKb: number][] = [
  ["/admin/marketplace", 220],
  ["/", 150],
];

const graft = await startGraft({ env: administratorEnv });
const browser = await chromium.launch({ executablePath: await findChromium(), args: ["--no-sandbox"] });
try {
  const page = await openAs(browser, graft, administrator, "/");
  const scripts = await countScripts(await page.context().newCDPSession(page));
  for (const [path, aimKb] of pages) {
    scripts.reset();
    await page.goto(graft.url + path);
    await scripts.quiet();
    console.log(
      `${path.padEnd(24)} ${(scripts.bytes() / 1000).toFixed(0)} KB of JavaScript, compressed   aim ≤ ${aimKb} KB`,
    );
  }
} finally {
  await browser.close();
  await endGraft(graft);
}
