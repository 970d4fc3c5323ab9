import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { brotliDecompressSync } from "node:zlib";
import { afterEach, beforeEach, expect, it } from "vitest";
import { manifestSchema } from "../../../sdk/manifest/index.ts";
import { createModuleStore } from "../../supply/store/index.ts";
import { startGateway, type TestGateway } from "./testing/start-gateway.ts";

const script = `console.log("a line that compresses well");\n`.repeat(100);
const manifest = {
  manifestVersion: 1,
  name: "clock",
  publisher: "graft",
  version: "1.0.0",
  type: "widget",
  title: "Clock",
  summary: "Tells the time",
  license: "MIT",
  icon: "assets/icon.svg",
  widgets: [{ id: "w", title: "W", entry: "client/w.html" }],
  runtime: { kind: "node", entry: "server/index.mjs" },
};

let t: TestGateway;
let folder: string;
let hex: string;
let known: boolean;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "graft-frames-"));
  known = true;
  const store = await createModuleStore(join(folder, "store"));
  const files = {
    "module.json": JSON.stringify(manifest),
    "client/w.html": "<!doctype html><script type=module src=w.js></script>",
    "client/w.js": script,
    "assets/icon.svg": "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "server/index.mjs": "secret()",
  };
  const bytes = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
  const module = await store.putModule(bytes, manifestSchema.parse(manifest));
  hex = module.digest.slice(7);
  await writeFile(join(folder, "client.js"), "export const v = 1;");
  const catalog = { versions: async () => (known ? [module] : []) };
  t = await startGateway({ store, catalog, sdkFile: join(folder, "client.js") });
});
afterEach(async () => {
  await t.close();
  await rm(folder, { recursive: true, force: true });
});

it("a page of a module may load from its own digest and the SDK, and connect to nothing", async () => {
  const answer = await fetch(`${t.url}/frames/${hex}/client/w.html`);
  const host = new URL(t.url).host;
  expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(answer.headers.get("content-security-policy")).toBe(
    "sandbox allow-scripts allow-forms; default-src 'none'; " +
      `script-src ${host}/frames/${hex}/ ${host}/frames/sdk/; style-src ${host}/frames/${hex}/ 'unsafe-inline'; ` +
      `img-src ${host}/frames/${hex}/ data: blob:; font-src ${host}/frames/${hex}/ data:; connect-src 'none'; ` +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
  );
  expect(answer.headers.get("document-isolation-policy")).toBe("isolate-and-credentialless");
  expect(answer.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
});

it("a Host that tries to write a directive does not get into the policy", async () => {
  const req = request(`${t.url}/frames/${hex}/client/w.html`, { headers: { host: "x; script-src *" } }).end();
  const [res] = (await once(req, "response")) as [IncomingMessage];
  res.resume();
  expect(res.headers["content-security-policy"]).toContain("script-src 'self' 'self';");
});

it("an SVG opened directly is sandboxed", async () => {
  const answer = await fetch(`${t.url}/frames/${hex}/assets/icon.svg`);
  expect(answer.headers.get("content-type")).toBe("image/svg+xml; charset=utf-8");
  expect(answer.headers.get("content-security-policy")).toMatch(/^sandbox; default-src 'none'/);
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
});

it("scripts come compressed as asked, and not again when the client has them", async () => {
  const get = async (headers: Record<string, string>, method = "GET") => {
    const req = request(`${t.url}/frames/${hex}/client/w.js`, { headers, method }).end();
    const [res] = (await once(req, "response")) as [IncomingMessage];
    return { status: res.statusCode, headers: res.headers, body: await buffer(res) };
  };
  const br = await get({ "accept-encoding": "gzip, br" });
  expect(br.headers["content-encoding"]).toBe("br");
  expect(brotliDecompressSync(br.body).toString()).toBe(script);
  expect((await get({ "accept-encoding": "br;q=0, gzip" })).headers["content-encoding"]).toBe("gzip");
  expect((await get({})).body.toString()).toBe(script);
  const again = await get({ "accept-encoding": "br", "if-none-match": String(br.headers.etag) });
  expect([again.status, again.body.length]).toEqual([304, 0]);
  const head = await get({}, "HEAD");
  expect([head.headers["content-length"], head.body.length]).toEqual([String(script.length), 0]);
});

it("server code, unknown digests, unknown paths and other methods are refused", async () => {
  const status = async (path: string, init?: RequestInit) => (await fetch(t.url + path, init)).status;
  expect(await status(`/frames/${hex}/server/index.mjs`)).toBe(404);
  expect(await status(`/frames/${hex}/module.json`)).toBe(404);
  expect(await status(`/frames/${hex}/__proto__`)).toBe(404);
  expect(await status(`/frames/${hex}/client/%zz`)).toBe(404);
  expect(await status(`/frames/${hex}/client/w.html`, { method: "POST" })).toBe(405);
  known = false;
  expect(await status(`/frames/${hex}/client/w.html`)).toBe(404);
});

it("the browser SDK is served as it is on disk at the moment", async () => {
  const get = async () => (await fetch(`${t.url}/frames/sdk/v1.js`)).text();
  expect(await get()).toBe("export const v = 1;");
  await writeFile(join(folder, "client.js"), "export const v = 2; // newer");
  expect(await get()).toBe("export const v = 2; // newer");
});
