import { rmSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { administrator, openAs } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";
import { makeCatalog, writeModule } from "./support/write-module.ts";

const catalog = makeCatalog();
const backtracks = "^(\\w+\\s?)+$";
const value = `${"a".repeat(40)}!`;

// Each of these took from forty seconds to minutes where it held the host; a busy machine may take one.
const waitMsMax = 5000;

const host = serveGraft({
  env: { GRAFT_CATALOGS: `dir:${catalog}` },
  async prepare({ api }) {
    writeModule(catalog, "stranger", {
      manifest: { config: { type: "object", properties: { key: { type: "string", pattern: backtracks } } } },
      files: { "README.md": `# Stranger\n\n${"_a*".repeat(30_000)}\n` },
    });
    await api.install("stranger");
  },
});
let page: Page;
test.beforeAll(async ({ browser }) => {
  page = await openAs(browser, host.graft, administrator, "/admin");
});
test.afterAll(async () => {
  await page.close();
  rmSync(catalog, { recursive: true, force: true });
});

/** What `attempt` gives, and the longest that somebody else waited meanwhile, in milliseconds. */
async function whileOthersAsk<T>(attempt: () => Promise<T>): Promise<{ result: T; longest: number }> {
  let longest = 0;
  let on = true;
  const others = (async () => {
    while (on) {
      const began = performance.now();
      await host.api.call("GET", "/healthz");
      longest = Math.max(longest, performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  const result = await attempt().finally(() => {
    on = false;
  });
  await others;
  return { result, longest };
}

test("a README that would take minutes says so on its page, and nobody else waits", async () => {
  const { longest } = await whileOthersAsk(async () => {
    await page.goto(`${host.graft.url}/admin/marketplace/stranger`);
    await expect(
      page.getByText("stranger: README.md takes more than 2 s of processor time to evaluate."),
    ).toBeVisible();
  });
  await expect(page.getByRole("heading", { level: 1, name: "Stranger" })).toBeVisible();
  expect(longest).toBeLessThan(waitMsMax);
});

test("settings whose pattern never ends are refused with module, file and budget, and nobody else waits", async () => {
  const { result, longest } = await whileOthersAsk(() =>
    host.api.call("PUT", "/modules/stranger/config", { key: value }),
  );
  expect([result.status, result.body.code]).toEqual([422, "TEXT_OVER_BUDGET"]);
  expect(result.body.details).toMatchObject({ module: "stranger", excess: "time", budget: { timeMs: 1000 } });
  expect(longest).toBeLessThan(waitMsMax);
  expect((await host.api.call("PUT", "/modules/stranger/config", { key: "fine" })).status).toBe(200);
});

test("flags that multiply are refused when they are written, and nobody else waits", async () => {
  const name = (i: number) => `e${String(i).padStart(2, "0")}`;
  const $evaluators = Object.fromEntries(
    Array.from({ length: 24 }, (_, i) => [
      name(i),
      i === 23 ? { "==": [{ var: "x" }, 1] } : { and: [{ $ref: name(i + 1) }, { $ref: name(i + 1) }] },
    ]),
  );
  const bomb = {
    ...{ state: "ENABLED", variants: { on: true, off: false }, defaultVariant: "on" },
    targeting: { if: [{ $ref: "e00" }, "on", "off"] },
  };
  const { result, longest } = await whileOthersAsk(() =>
    host.api.call("PUT", "/flags", { flags: { bomb }, $evaluators }),
  );
  expect([result.status, result.body.code]).toEqual([400, "INVALID_INPUT"]);
  expect(longest).toBeLessThan(waitMsMax);
});
