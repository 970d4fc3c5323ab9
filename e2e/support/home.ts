import { type Browser, devices, expect, type Locator, type Page } from "@playwright/test";
import { type Person, signIn } from "./people.ts";
import type { RunningGraft } from "./start-graft.ts";

/** The home of somebody, on a phone. */
export async function openPhone(browser: Browser, graft: RunningGraft, person: Person): Promise<Page> {
  const { defaultBrowserType: _, ...pixel } = devices["Pixel 7"] ?? {};
  const page = await (await browser.newContext(pixel)).newPage();
  await signIn(page, graft, person);
  return page;
}

/** What a widget is moved by. */
export const grip = (page: Page, title: string) =>
  page.getByRole("button", { name: `Move ${title}`, exact: true });
/** What a widget's height is set by on a phone. */
export const heightHandle = (page: Page, title: string) =>
  page
    .locator(".react-grid-item")
    .filter({ has: grip(page, title) })
    .locator(".react-resizable-handle");
/** Of a home that is looked at. */
export const cardOf = (page: Page, title: string) =>
  page
    .getByRole("main")
    .locator("li")
    .filter({ has: page.getByRole("heading", { level: 2, name: title, exact: true }) })
    .first();
export const titles = (page: Page) => page.getByRole("main").locator("li h2").allTextContents();

export async function edit(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Edit home" }).click();
  await expect(page.getByRole("button", { name: "Done" })).toBeVisible();
}
export async function done(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("button", { name: "Edit home" })).toBeVisible();
}

export async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error("It is not on the screen.");
  return box;
}

/** Row units of the desktop's grid that a widget takes. */
export const rowsOf = async (page: Page, title: string) =>
  Math.round(((await boxOf(cardOf(page, title))).height + 16) / 88);

/** One finger on the middle of something, moved down or up in steps as a hand makes them. */
export async function dragByTouch(page: Page, locator: Locator, byPx: number): Promise<void> {
  // Waits until it stands still, and nothing lies over it.
  await locator.tap({ trial: true });
  const { x, y, width, height } = await boxOf(locator);
  const from = { x: x + width / 2, y: y + height / 2 };
  const touch = await page.context().newCDPSession(page);
  const send = (type: "touchStart" | "touchMove", at: number) =>
    touch.send("Input.dispatchTouchEvent", { type, touchPoints: [{ x: from.x, y: at }] });
  await send("touchStart", from.y);
  for (let step = 1; step <= 20; step++) {
    await send("touchMove", from.y + (byPx * step) / 20);
    // What follows the finger is drawn before it moves on.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
  }
  await touch.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}
