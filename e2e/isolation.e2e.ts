import { createHmac } from "node:crypto";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page, test } from "@playwright/test";
import { findFrame } from "./support/find-frame.ts";
import { clumsyModule, hostileModule, who } from "./support/hostile-module.ts";
import { cookieOf, createPerson, openAs } from "./support/people.ts";
import { serveGraft } from "./support/serve-graft.ts";
import { moduleProcesses } from "./support/take-stock.ts";
import { makeCatalog, writeModule } from "./support/write-module.ts";

const catalog = makeCatalog();
const received: string[] = [];
let sink: Server;
let page: Page;

const host = serveGraft({
  env: { GRAFT_CATALOGS: `dir:${catalog}` },
  async prepare({ graft, api }) {
    sink = createServer((req, res) => {
      received.push(`${req.method} ${req.url}`);
      res.writeHead(200, { "access-control-allow-origin": "*" }).end("taken");
    });
    sink.on("connection", () => received.push("connection"));
    await new Promise<void>((resolve) => sink.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${(sink.address() as AddressInfo).port}`;
    writeModule(catalog, "hostile", hostileModule(address));
    writeModule(catalog, "neighbour", { server: who });
    writeModule(catalog, "clumsy", clumsyModule);
    for (const module of ["hostile", "neighbour"]) await api.install(module, { mode: "everyone" });
    await createPerson(graft, { name: "Vera Viewer" });
  },
});
test.afterAll(() => void sink?.close());

test.beforeAll(async ({ browser }) => {
  const person = {
    name: "Vera Viewer",
    email: "vera.viewer@example.org",
    password: "granite-11-orchard-whistle",
  };
  page = await openAs(browser, host.graft, person);
});

/** What a frame may still say of itself; everything else is refused, blocked or without effect. */
function expectConfined(found: Record<string, unknown>): void {
  expect(found.origin).toBe("null");
  const harmless = /^(refused: \w+|blocked|nothing happened|null|asked|alone|)$/;
  for (const [name, outcome] of Object.entries(found)) {
    // A frame that was blocked loads the browser's own error page; that nothing was sent is asserted apart.
    if (name === "origin" || name === "port" || name === "sinkFrame") continue;
    expect.soft({ [name]: outcome }).toEqual({ [name]: expect.stringMatching(harmless) });
  }
  for (const name of [
    "storage",
    "database",
    "hostApi",
    "otherModule",
    "ownApiDirectly",
    "serverAction",
    "request",
    "sinkFetch",
  ])
    expect(found[name]).toMatch(/^refused/);
}

test("a hostile widget gets no cookie, no host page, no other API and nothing out of the browser", async () => {
  const frame = await findFrame(page, "Taker");
  const found = JSON.parse((await frame.locator("#found").textContent()) ?? "");
  expectConfined(found);
  expect(found.parentDocument).toMatch(/^refused/);
  expect(found.sinkTop).toMatch(/^(refused|asked)/);
  const { own, forged, ...elsewhere } = found.port;
  expect({ own, forged }).toEqual({ own: "Vera Viewer", forged: "Vera Viewer" });
  for (const [path, outcome] of Object.entries(elsewhere))
    expect.soft({ [path]: outcome }).toEqual({ [path]: expect.stringMatching(/^(refused: \w+|4\d\d)$/) });
  await expect(page).toHaveURL(`${host.graft.url}/`);
  expect(await page.title()).not.toContain("taken");
  expect(page.context().pages()).toHaveLength(1);
  expect(received).toEqual([]);
});

test("a frame cannot leave the page, with or without data", async () => {
  await expect(page.getByRole("region", { name: "Leaver" })).toBeVisible();
  await expect(page.getByText("It did not start in time.")).toBeVisible({ timeout: 20_000 });
  expect(received).toEqual([]);
});

test("the same HTML opened directly has no cookie, calls nothing and sends nothing", async () => {
  const { digest } = (await host.api.call("GET", "/modules/hostile")).body;
  const direct = await page.context().newPage();
  await direct.goto(`${host.graft.url}/frames/${digest.slice("sha256:".length)}/client/alone.html`);
  // A locator would wait for the navigations that this page asks for and never gets.
  const read = () => direct.evaluate(() => document.getElementById("found")?.textContent);
  await expect.poll(read, { timeout: 60_000 }).toBeTruthy();
  const { parentDocument: itself, parentStorage, ...found } = JSON.parse((await read()) ?? "");
  // Alone it is its own parent, and sees no more than itself.
  expect(itself).toBe("…");
  expect(parentStorage).toMatch(/^refused/);
  expectConfined(found);
  await direct.goto(`${host.graft.url}/frames/${digest.slice("sha256:".length)}/client/picture.svg`);
  expect(await direct.evaluate(() => document.documentElement.getAttribute("data-ran"))).toBeNull();
  await direct.close();
  expect(received).toEqual([]);
});

test("HTML and SVG from a module's API, opened directly, run nothing and go nowhere", async () => {
  const cookie = await cookieOf(page);
  const direct = await page.context().newPage();
  expect((await direct.goto(`${host.graft.url}/api/v1/hostile/page`))?.status()).toBe(200);
  await direct.getByRole("button", { name: "Go" }).click();
  await expect(direct).toHaveTitle("calm");
  expect((await direct.goto(`${host.graft.url}/api/v1/hostile/picture`))?.status()).toBe(200);
  expect(await direct.locator("svg").getAttribute("data-ran")).toBeNull();
  const away = await fetch(`${host.graft.url}/api/v1/hostile/away`, {
    headers: { cookie },
    redirect: "manual",
  });
  expect(away.headers.get("location")).toBeNull();
  await direct.close();
  expect(await cookieOf(page)).toBe(cookie);
  expect(received).toEqual([]);
});

test("a Graft-Identity sent by a client is stripped, as are its cookie and token", async () => {
  const cookie = await cookieOf(page);
  const forged = {
    "graft-identity": "forged",
    graft_identity: "forged",
    "graft-on-behalf": "forged",
    "x-forwarded-for": "1.2.3.4",
  };
  const answer = await fetch(`${host.graft.url}/api/v1/hostile/headers`, { headers: { cookie, ...forged } });
  const raw = (await answer.json()) as string[];
  const text = raw.join("\n").toLowerCase();
  for (const trace of ["forged", "1.2.3.4", "graft-session", "graft_identity", "on-behalf"])
    expect(text).not.toContain(trace);
  expect(raw.filter((name) => name.toLowerCase() === "graft-identity")).toHaveLength(1);
  const identity = await fetch(`${host.graft.url}/api/v1/hostile/who`, { headers: { cookie, ...forged } });
  expect(await identity.json()).toMatchObject({ name: "Vera Viewer", role: "member" });
});

test("straight to a module's socket, a request without the host's signature is refused", async () => {
  const { socket = "" } = moduleProcesses(host.graft.pid).find(({ module }) => module === "neighbour") ?? {};
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: "graft",
    aud: "neighbour",
    sub: "x",
    name: "Eve",
    email: "e@x",
    role: "administrator",
    groups: [],
    iat: now,
    exp: now + 60,
  };
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const body = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  const signed = `${body}.${createHmac("sha256", "guessed").update(body).digest("base64url")}`;
  const unsigned = `${encode({ alg: "none" })}.${encode(claims)}.`;
  for (const token of [undefined, "forged", signed, unsigned])
    expect(await statusOverSocket(socket, "/v1/who", token)).toBe(401);
  expect(await statusOverSocket(socket, "/healthz")).toBe(200);
});

test("a widget that throws or hangs shows it quietly with Retry, and its neighbour works on", async () => {
  test.setTimeout(120_000);
  // An open home would take the new widgets in as they are installed: each of them begins here for the first time.
  await page.goto("about:blank");
  await host.api.call("PUT", "/modules/hostile/access", { mode: "nobody" });
  await host.api.install("clumsy", { mode: "everyone" });
  await page.goto(host.graft.url);
  const works = await findFrame(page, "works");
  await expect(page.getByRole("region", { name: "throws" }).getByRole("alert")).toContainText(
    "It ran into an error.",
  );
  await expect(page.getByRole("region", { name: "throws" }).getByRole("alert")).toContainText("out of ink");
  await expect(page.getByRole("region", { name: "hangs" }).getByRole("alert")).toContainText(
    "It stopped responding.",
    { timeout: 30_000 },
  );
  await works.getByRole("button", { name: "Count" }).click();
  await expect(works.getByRole("button", { name: /^Counted/ })).toBeVisible();
  const recovers = page.getByRole("region", { name: "recovers" });
  await recovers.getByRole("button", { name: "Retry" }).click();
  await expect((await findFrame(page, "recovers")).getByText("Here after all")).toBeVisible();
  await expect(
    page.getByRole("region", { name: "throws" }).getByRole("button", { name: "Retry" }),
  ).toBeVisible();
});

function statusOverSocket(socketPath: string, path: string, identity?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = identity === undefined ? {} : { "graft-identity": identity };
    request({ socketPath, path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .once("error", reject)
      .end();
  });
}
