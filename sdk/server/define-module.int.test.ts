import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningModule, signIdentity, startModule, type TestRequest } from "../testing/index.ts";

const dir = join(import.meta.dirname, "testing/probe");
const ada = { userId: "u-ada", name: "Ada" };

let module: RunningModule;
beforeAll(async () => {
  module = await startModule(dir);
});
afterAll(() => module.stop());

const ask = (path: string, init?: TestRequest) => module.fetch(ada, path, init);

describe("identity", () => {
  it("is needed for everything but the health check", async () => {
    const refused = await module.fetch(null, "/v1/hello");
    expect(refused.status).toBe(401);
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    expect((await module.fetch(null, "/v1/no-such-place")).status).toBe(401);
    expect((await module.fetch(null, "/healthz", { method: "POST" })).status).toBe(401);
    expect(await (await module.fetch(null, "/healthz")).json()).toEqual({ status: "ok", queue: 0 });
  });

  it("of another module or from another key is refused", async () => {
    const token = (options: { module: string; key: Buffer }) => ({
      headers: { "graft-identity": signIdentity(ada, options) },
    });
    const own = { module: "probe", key: module.identityKey };
    expect((await module.fetch(null, "/v1/hello", token(own))).status).toBe(200);
    expect((await module.fetch(null, "/v1/hello", token({ ...own, module: "other" }))).status).toBe(401);
    expect((await module.fetch(null, "/v1/hello", token({ ...own, key: Buffer.alloc(32) }))).status).toBe(
      401,
    );
  });
});

describe("routes", () => {
  it("get state, identity, query and decoded parameters", async () => {
    expect(await (await ask("/v1/hello")).json()).toEqual({ text: "Hello, Ada" });
    expect(await (await ask("/v1/hello?name=B%C3%A9a")).json()).toEqual({ text: "Hello, Béa" });
    expect(await (await ask("/v1/items/a%2Fb")).json()).toEqual({ id: "a/b" });
    expect(await (await ask("/v1/items/latest")).json()).toEqual({ id: "the fixed one" });
  });

  it("answer 404 for an unknown path, 405 with Allow for a wrong method, 400 for a broken escape", async () => {
    expect((await ask("/v1/nothing")).status).toBe(404);
    const wrong = await ask("/v1/items", { method: "PUT", body: {} });
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "POST"]);
    expect((await ask("/v1/items/%E0%A4%A")).status).toBe(400);
  });

  it("answer HEAD like GET without a body, and nothing with 204", async () => {
    const head = await ask("/v1/hello", { method: "HEAD" });
    expect([head.status, head.headers.get("content-length")]).toEqual([200, "21"]);
    expect((await ask("/v1/items/1", { method: "DELETE" })).status).toBe(204);
  });

  it("may answer with a status and headers of their own, or a Response", async () => {
    const created = await ask("/v1/items", { body: { name: "x" } });
    expect([created.status, created.headers.get("x-kept")]).toEqual([201, "yes"]);
    const web = await ask("/v1/response");
    expect([web.status, web.headers.get("content-type"), await web.text()]).toEqual([
      418,
      "text/html",
      "<b>hi</b>",
    ]);
  });
});

describe("bodies", () => {
  it("that are too large, not JSON, of another type or not valid are refused, each with its reason", async () => {
    const post = async (init: TestRequest) => {
      const answer = await ask("/v1/items", { method: "POST", ...init });
      const { code } = (await answer.json()) as { code: string };
      return [answer.status, code];
    };
    expect(await post({ body: { name: "x".repeat(2000) } })).toEqual([413, "TOO_LARGE"]);
    expect(await post({ body: "{", headers: { "content-type": "application/json" } })).toEqual([
      400,
      "BODY_NOT_JSON",
    ]);
    expect(await post({ body: "a=b", headers: { "content-type": "text/plain" } })).toEqual([
      415,
      "UNSUPPORTED_MEDIA_TYPE",
    ]);
    expect(await post({ body: { name: 1 } })).toEqual([422, "BODY_INVALID"]);
  });
});

describe("errors", () => {
  it("a handler throws on purpose reach the caller as they are", async () => {
    const answer = await ask("/v1/refused");
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ code: "NOT_NOW", detail: "Not now.", until: "tomorrow" });
  });

  it("nobody foresaw are in the log under the trace, and hidden from the caller", async () => {
    const trace = "0af7651916cd43dd8448eb211c80319c";
    const answer = await ask("/v1/broken", { headers: { traceparent: `00-${trace}-b7ad6b7169203331-01` } });
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).not.toContain("hunter2");
    await expect.poll(() => module.log()).toContain(trace);
    const line =
      module
        .log()
        .split("\n")
        .find((l) => l.includes(trace)) ?? "";
    expect(JSON.parse(line)).toMatchObject({ level: "error", trace, path: "/v1/broken" });
    expect(line).toContain("hunter2");
  });
});

describe("stopping", () => {
  it("lets a request under way finish, ends streams, then exits cleanly", async () => {
    const stopping = await startModule(dir);
    const stream = await stopping.fetch(ada, "/v1/events");
    const first = await stream.body?.getReader().read();
    expect(new TextDecoder().decode(first?.value)).toBe("data: 0\n\n");
    const slow = stopping.fetch(ada, "/v1/slow");
    await new Promise((done) => setTimeout(done, 50));
    const started = performance.now();
    const code = stopping.stop();
    expect(await (await slow).json()).toEqual({ done: true });
    expect(await code).toBe(0);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe("starting", () => {
  it("fails with the reason when setup throws", async () => {
    await expect(startModule(dir, { config: { fail: true } })).rejects.toThrow(
      /does not like its configuration/,
    );
  });

  it("fails rather than listen without a key to check identities with", async () => {
    await expect(startModule(dir, { env: { GRAFT_IDENTITY_KEY: "" } })).rejects.toThrow(/GRAFT_IDENTITY_KEY/);
  });

  it("answers 503 with the reason while its own health check fails", async () => {
    const sick = await startModule(dir, { env: { PROBE_SICK: "1" } });
    const answer = await sick.fetch(null, "/healthz");
    expect([answer.status, await answer.json()]).toEqual([
      503,
      expect.objectContaining({ detail: "the queue is stuck" }),
    ]);
    await sick.stop();
  });
});

describe("calling another module", () => {
  it("goes through the host with the module's token and the user's own identity", async () => {
    const socketDir = await mkdtemp(join(tmpdir(), "graft-host-"));
    const seen: IncomingMessage[] = [];
    const host = createServer((request, response) => {
      seen.push(request);
      response.writeHead(207, { "content-type": "application/json" }).end('{"things":[]}');
    });
    host.listen(join(socketDir, "host"));
    await once(host, "listening");
    const caller = await startModule(dir, {
      env: { GRAFT_HOST_SOCKET: join(socketDir, "host"), GRAFT_TOKEN: "secret" },
    });
    try {
      const answer = await caller.fetch(ada, "/v1/call?path=/v1/things%3Flimit=2");
      expect([answer.status, await answer.json()]).toEqual([207, { things: [] }]);
      expect(seen[0]?.url).toBe("/api/v1/other/things?limit=2");
      expect(seen[0]?.headers.authorization).toBe("Bearer secret");
      expect(seen[0]?.headers["graft-on-behalf"]).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
      expect((await caller.fetch(ada, "/v1/call?path=/things")).status).toBe(500);
    } finally {
      await caller.stop();
      host.closeAllConnections();
      host.close();
      await rm(socketDir, { recursive: true, force: true });
    }
  });

  it("answers 503 when this process has no host", async () => {
    expect((await ask("/v1/call")).status).toBe(503);
  });
});
