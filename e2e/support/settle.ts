import type { Page } from "@playwright/test";

/** Resolves once a page shows its content: no skeleton in it and every frame drawn. */
export async function settle(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).first().waitFor({ state: "attached" });
  await page.locator("main .animate-shimmer").first().waitFor({ state: "detached" });
  await page.locator("[data-frame=loading]").first().waitFor({ state: "detached" });
}
