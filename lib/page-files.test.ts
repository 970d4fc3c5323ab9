import { mkdtempSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { request } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compressStatic } from "./compress-static.ts";
import { pageFiles } from "./page-files.ts";

const rootDir = mkdtempSync(join(tmpdir(), "graft-page-files-"));
const script =
  "export const words = 'the same words again and again, the same words again and again';\n".repeat(9);
let server: Server;
let url: string;

beforeAll(async () => {
  await mkdir(join(rootDir, ".next/static/chunks"), { recursive: true });
  await writeFile(join(rootDir, ".next/static/chunks/a.js"), script);
  await writeFile(join(rootDir, ".next/static/a.woff2"), "font");
  await compressStatic(rootDir);
  const serve = pageFiles(rootDir);
  server = createServer((req, res) => serve(req, res) || res.writeHead(299).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/_next/static`;
});
afterAll(() => {
  server.close();
  rmSync(rootDir, { recursive: true });
});

const get = (path: string, accept: string, method: "GET" | "HEAD" | "POST" = "GET") =>
  request(url + path, { method, headers: { "accept-encoding": accept } });

describe("pageFiles", () => {
  it("answers a script in Brotli, for ever, with its type", async () => {
    const { statusCode, headers, body } = await get("/chunks/a.js", "gzip, deflate, br, zstd");
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      "content-type": "text/javascript; charset=utf-8",
      "content-encoding": "br",
      "cache-control": "public, max-age=31536000, immutable",
      vary: "accept-encoding",
    });
    expect(brotliDecompressSync(Buffer.from(await body.arrayBuffer())).toString()).toBe(script);
  });

  it("answers HEAD without a body", async () => {
    const { headers, body } = await get("/chunks/a.js", "br", "HEAD");
    expect(Number(headers["content-length"])).toBeGreaterThan(0);
    expect(await body.text()).toBe("");
  });

  it.each([
    ["/chunks/a.js", "gzip"],
    ["/chunks/a.js", "gzip, br;q=0"],
    ["/chunks/b.js", "br"],
    ["/a.woff2", "br"],
    ["/chunks/../../server/secret.js", "br"],
  ])("leaves %s for a client that takes %s to Next", async (path, accept) => {
    expect((await get(path, accept)).statusCode).toBe(299);
  });

  it("leaves other methods to Next", async () => {
    expect((await get("/chunks/a.js", "br", "POST")).statusCode).toBe(299);
  });
});
