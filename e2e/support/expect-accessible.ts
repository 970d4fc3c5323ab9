import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** A module's frame is a document of its own, with landmarks of its own. */
const notHere = ["landmark-unique"];

/**
 * Axe finds nothing, frames included, in light and dark, on a desktop and a phone; and nothing is wider than the
 * phone. `desktopOnly` for what a phone does not show.
 */
export async function expectAccessible(page: Page, what: string, desktopOnly = false): Promise<void> {
  for (const viewport of desktopOnly ? [desktop] : [desktop, phone]) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await expect(page.locator("html")).toHaveClass(new RegExp(`(^| )${colorScheme}( |$)`));
      // Whatever the journey scrolled half under the bar at the top is no target that is too small.
      await page.evaluate(() => window.scrollTo(0, 0));
      // A page that is rendered anew after a change puts its title in again a moment later.
      await expect(page).toHaveTitle(/\S/);
      const axe = new AxeBuilder({ page });
      // The other scheme changes colours alone.
      if ((colorScheme === "light") === (viewport === desktop)) axe.withTags(tags);
      else axe.withRules(["color-contrast"]);
      // An open menu floats at the end of the body, outside of every landmark.
      const menu = await page.locator("[role=menu]").count();
      const { violations } = await axe.disableRules(menu > 0 ? [...notHere, "region"] : notHere).analyze();
      const found = violations.map(({ id, nodes }) => ({
        rule: id,
        nodes: nodes.slice(0, 4).map(({ target, html, failureSummary }) => ({
          target: target.join(" "),
          html: html.slice(0, 160),
          why: failureSummary?.split("\n").slice(1, 3).join(" "),
        })),
      }));
      expect.soft(found, `${what}, ${viewport.width} px, ${colorScheme}`).toEqual([]);
    }
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect.soft(wide, `${what} is wider than ${viewport.width} px by`).toBe(0);
  }
  await page.setViewportSize(desktop);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}
