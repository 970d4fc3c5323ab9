import { expect, type FrameLocator, type Page } from "@playwright/test";

/** The frame with this accessible name, once the module has drawn into it. */
export async function findFrame(page: Page, title: string): Promise<FrameLocator> {
  const iframe = page.locator(`iframe[title="${title}"]`);
  await expect(iframe).toBeVisible();
  await expect(page.locator("[data-frame=ready]").filter({ has: iframe })).toBeVisible();
  return iframe.contentFrame();
}
