import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { startGateway, type TestGateway } from "../engine/serving/gateway/testing/start-gateway.ts";
import { createModuleStore } from "../engine/supply/store/index.ts";
import { manifestSchema } from "../sdk/manifest/index.ts";

/** A module that tries what it can from its frame and from its API; the gateway is the real one. */
const manifest = {
  manifestVersion: 1,
  name: "hostile",
  publisher: "tests",
  version: "1.0.0",
  type: "widget",
  title: "Hostile",
  summary: "Tries to get out",
  license: "MIT",
  icon: "assets/icon.svg",
  widgets: [{ id: "w", title: "W", entry: "client/w.html" }],
};

const attempts = `
  import { v } from "/frames/sdk/v1.js";
  const attempt = async (run) => { try { return String(await run()); } catch (error) { return "refused: " + error.name; } };
  const load = (element) => new Promise((resolve) => {
    element.onload = () => resolve("loaded");
    element.onerror = () => resolve("blocked");
    document.head.append(element);
  });
  const script = (src) => load(Object.assign(document.createElement("script"), { src }));
  const image = (src) => load(Object.assign(new Image(), { src }));
  const form = Object.assign(document.createElement("form"), { method: "post", action: "/taken" });
  document.body.append(form);
  const found = {
    sdk: v,
    background: getComputedStyle(document.body).backgroundColor,
    origin: self.origin,
    cookie: await attempt(() => document.cookie),
    storage: await attempt(() => localStorage.length),
    parent: window === parent ? "none" : await attempt(() => parent.document.title),
    hostApi: await attempt(() => fetch("/api/v1/graft/me", { credentials: "include" })),
    action: await attempt(() => fetch("/", { method: "POST", headers: { "next-action": "x" } })),
    ownImage: await image("../assets/icon.svg"),
    hostImage: await image("/taken.png"),
    hostScript: await script("/taken.js"),
    otherModule: await script("/frames/${"0".repeat(64)}/client/w.js"),
    elsewhere: await image("http://localhost:9/taken.png"),
  };
  const text = JSON.stringify(found);
  if (window === parent) document.title = text;
  else parent.postMessage(text, "*");
`;

const confined = {
  sdk: 42,
  background: "rgb(1, 2, 3)",
  origin: "null",
  cookie: "refused: SecurityError",
  storage: "refused: SecurityError",
  hostApi: "refused: TypeError",
  action: "refused: TypeError",
  ownImage: "loaded",
  hostImage: "blocked",
  hostScript: "blocked",
  otherModule: "blocked",
  elsewhere: "blocked",
};

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" width="10" height="10"><script>
  document.documentElement.setAttribute("data-ran", "yes")</script></svg>`;
const html = `<!doctype html><title>calm</title><body><script>document.title = "ran " + document.cookie</script>
  <img src="x" onerror="document.title = 'ran'"><form method="post" action="/taken"><button>Go</button></form></body>`;

let folder: string;
let gateway: TestGateway;
let frame: string;
const taken: string[] = [];

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "graft-hostile-"));
  const store = createModuleStore(join(folder, "store"));
  const files = {
    "module.json": JSON.stringify(manifest),
    "client/w.html":
      '<!doctype html><link rel="stylesheet" href="w.css"><body><script type="module" src="w.js"></script>',
    "client/w.css": "body { background: rgb(1, 2, 3) }",
    "client/w.js": attempts,
    "assets/icon.svg": svg,
  };
  const bytes = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
  const { digest } = await store.putModule(bytes, manifestSchema.parse(manifest));
  const catalog = { versions: async () => [{ digest }] };
  await writeFile(join(folder, "client.js"), "export const v = 42;");
  gateway = await startGateway({ store, catalog, sdkFile: join(folder, "client.js") });
  await gateway.serveModule("hostile", (req, res) => {
    const picture = req.url?.endsWith(".svg");
    res.writeHead(200, {
      "content-type": picture ? "image/svg+xml" : "text/html",
      "content-security-policy": "script-src * 'unsafe-inline'",
      "set-cookie": "session=taken; Path=/",
    });
    res.end(picture ? svg : html);
  });
  frame = `/frames/${digest.slice("sha256:".length)}`;
});
test.afterAll(async () => {
  await gateway.close();
  await rm(folder, { recursive: true, force: true });
});

test.beforeEach(async ({ page, context }) => {
  taken.length = 0;
  // Refused requests are announced too; only an answer shows that one got out.
  page.on("response", (response) => {
    if (response.url().includes("taken")) taken.push(response.url());
  });
  await context.addCookies([{ name: "session", value: "ada", url: gateway.url }]);
});

async function findings(page: Page): Promise<Record<string, unknown>> {
  await expect(page).toHaveTitle(/^\{/);
  return JSON.parse(await page.title()) as Record<string, unknown>;
}

test("a module's page in its frame reaches its own files and nothing else", async ({ page }) => {
  await page.route(`${gateway.url}/host`, (route) =>
    route.fulfill({
      contentType: "text/html",
      headers: { "content-security-policy": "frame-src 'self'" },
      body: `<script>addEventListener("message", (event) => { document.title = event.data; });</script>
        <iframe sandbox="allow-scripts allow-forms" src="${frame}/client/w.html"></iframe>`,
    }),
  );
  await page.goto(`${gateway.url}/host`);
  expect(await findings(page)).toMatchObject({ ...confined, parent: "refused: SecurityError" });
});

test("a module's page opened directly is just as confined", async ({ page }) => {
  await page.goto(`${gateway.url}${frame}/client/w.html`);
  expect(await findings(page)).toMatchObject(confined);
  expect(page.url()).toContain(frame);
  const refused = page.waitForEvent("console", (message) => message.text().includes("form-action"));
  // Not awaited: Playwright would wait for the load that a refused form never leads to.
  void page.evaluate(() => document.forms[0]?.submit()).catch(() => {});
  await refused;
  expect(taken).toEqual([]);
});

test("an SVG of a module opened directly runs nothing", async ({ page }) => {
  for (const path of [`${frame}/assets/icon.svg`, "/api/v1/hostile/picture.svg"]) {
    const answer = await page.goto(gateway.url + path);
    expect(answer?.status()).toBe(200);
    expect(await page.locator("svg").getAttribute("data-ran")).toBeNull();
  }
});

test("an HTML answer of a module's API opened directly runs nothing, sets nothing and submits nothing", async ({
  page,
  context,
}) => {
  const answer = await page.goto(`${gateway.url}/api/v1/hostile/page`);
  expect(answer?.status()).toBe(200);
  await page.getByRole("button", { name: "Go" }).click();
  await expect(page).toHaveTitle("calm");
  expect(page.url()).toBe(`${gateway.url}/api/v1/hostile/page`);
  expect(taken).toEqual([]);
  const cookies = await context.cookies(gateway.url);
  expect(cookies.map(({ name, value }) => `${name}=${value}`)).toEqual(["session=ada"]);
});
