import { once } from "node:events";
import { Agent, type IncomingMessage, type RequestListener, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { InstalledModule } from "../../supply/installed/index.ts";
import { createTraffic } from "./create-traffic.ts";
import { startGateway, type TestGateway } from "./testing/start-gateway.ts";
import { timeLimitMs } from "./time-limit.ts";

const bearer = { authorization: "Bearer graft_ada" };

let t: TestGateway;
beforeEach(async () => {
  t = await startGateway({
    limits: { bodyBytes: () => 100_000, headersTimeoutMs: 1000, idleTimeoutMs: 5000 },
    traffic: createTraffic({ holdMs: 300 }),
  });
});
afterEach(() => t.close());

describe("streams", () => {
  it("a request body arrives as it is sent, and the answer as it is made", async () => {
    await t.serveModule("polls", (req, res) => {
      res.writeHead(200, { "content-type": "application/x-ndjson" });
      req.on("data", (chunk: Buffer) => res.write(`got ${chunk}`));
      req.on("end", () => res.end("end"));
    });
    const req = request(`${t.url}/api/v1/polls/echo`, { method: "POST", headers: bearer });
    req.write("one");
    const [res] = (await once(req, "response")) as [IncomingMessage];
    res.setEncoding("utf8");
    expect((await once(res, "data"))[0]).toBe("got one");
    req.write("two");
    expect((await once(res, "data"))[0]).toBe("got two");
    req.end();
    expect((await once(res, "data"))[0]).toBe("end");
  });

  it("the headers of an event stream go out before its first event", async () => {
    await t.serveModule("polls", (_req, res) => {
      res.writeHead(200, { "content-type": "text/event-stream" });
      res.flushHeaders();
    });
    const abort = new AbortController();
    const answer = await fetch(`${t.url}/api/v1/polls/events`, {
      headers: { ...bearer, accept: "text/event-stream" },
      signal: abort.signal,
    });
    expect(answer.headers.get("content-type")).toBe("text/event-stream");
    abort.abort();
  });

  it.each(["module", "user"] as const)("an event stream ends when its %s is taken away", async (what) => {
    await t.serveModule("polls", (_req, res) => {
      res.writeHead(200, { "content-type": "text/event-stream" });
      res.write("data: 1\n\n");
    });
    const req = request(`${t.url}/api/v1/polls/events`, { headers: bearer }).end();
    const [res] = (await once(req, "response")) as [IncomingMessage];
    await once(res, "data");
    const ended = new Promise((resolve) => res.once("close", resolve));
    res.on("error", () => {});
    if (what === "user") t.disableAda();
    else t.closeModule("polls");
    await ended;
  });

  it("a client that leaves ends the module's work", async () => {
    const closed = Promise.withResolvers<void>();
    await t.serveModule("polls", (_req, res) => {
      res.write("begun");
      res.on("close", () => closed.resolve());
    });
    const abort = new AbortController();
    const answer = await fetch(`${t.url}/api/v1/polls/x`, { headers: bearer, signal: abort.signal });
    expect(answer.status).toBe(200);
    abort.abort();
    await closed.promise;
  });

  it("a client that leaves before the answer ends the module's work too", async () => {
    const began = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<void>();
    await t.serveModule("polls", (req) => {
      began.resolve();
      req.socket.on("close", () => closed.resolve());
    });
    const abort = new AbortController();
    const answer = fetch(`${t.url}/api/v1/polls/x`, { headers: bearer, signal: abort.signal }).catch(
      () => null,
    );
    await began.promise;
    abort.abort();
    await answer;
    await closed.promise;
  });

  it("a slow reader holds the module back instead of filling the host's memory", async () => {
    let written = 0;
    await t.serveModule("polls", (_req, res) => {
      const chunk = Buffer.alloc(64 * 1024);
      const push = () => {
        while (written < 512 && res.write(chunk)) written++;
        if (written < 512) {
          written++;
          res.once("drain", push);
        } else res.end();
      };
      push();
    });
    const req = request(`${t.url}/api/v1/polls/big`, { headers: bearer }).end();
    const [res] = (await once(req, "response")) as [IncomingMessage];
    await sleep(300);
    const held = written;
    expect(held).toBeLessThan(400);
    let bytes = 0;
    for await (const chunk of res) bytes += (chunk as Buffer).length;
    expect(bytes).toBeGreaterThanOrEqual(512 * 64 * 1024);
  });

  it("HEAD and 304 pass without a body", async () => {
    await t.serveModule("polls", (req, res) => {
      if (req.headers["if-none-match"]) res.writeHead(304, { etag: '"1"' }).end();
      else res.writeHead(200, { "content-length": 5 }).end(req.method === "HEAD" ? undefined : "hello");
    });
    const head = await fetch(`${t.url}/api/v1/polls/x`, { method: "HEAD", headers: bearer });
    expect([head.status, head.headers.get("content-length")]).toEqual([200, "5"]);
    const cached = await fetch(`${t.url}/api/v1/polls/x`, { headers: { ...bearer, "if-none-match": '"1"' } });
    expect(cached.status).toBe(304);
  });
});

describe("limits", () => {
  it("an announced body that is too large is refused before it is read", async () => {
    await t.serveModule("polls", (_req, res) => void res.end());
    const answer = await fetch(`${t.url}/api/v1/polls/x`, {
      method: "POST",
      headers: bearer,
      body: "x".repeat(100_001),
    });
    expect([answer.status, (await answer.json()).code]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
  });

  it("a body that turns out too large is cut off, and the connection serves the next request", async () => {
    await t.serveModule("polls", (req, res) => {
      req.resume();
      req.on("end", () => res.end("whole"));
    });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const req = request(`${t.url}/api/v1/polls/x`, { method: "POST", headers: bearer, agent });
    for (let i = 0; i < 4; i++) req.write("x".repeat(50_000));
    req.end();
    const [res] = (await once(req, "response")) as [IncomingMessage];
    expect(res.statusCode).toBe(413);
    res.resume();
    await once(res, "end");
    const next = request(`${t.url}/api/v1/polls/x`, { method: "POST", headers: bearer, agent }).end("ok");
    const [second] = (await once(next, "response")) as [IncomingMessage];
    expect(second.statusCode).toBe(200);
    second.resume();
    agent.destroy();
  });

  it("an early answer to an unread upload leaves the connection usable", async () => {
    await t.serveModule("polls", (_req, res) => void res.writeHead(400).end("no"));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let i = 0; i < 2; i++) {
      const req = request(`${t.url}/api/v1/polls/x`, { method: "POST", headers: bearer, agent });
      req.end("x".repeat(90_000));
      const [res] = (await once(req, "response")) as [IncomingMessage];
      expect(res.statusCode).toBe(400);
      res.resume();
      await once(res, "end");
    }
    agent.destroy();
  });

  it("a module that does not answer in time gives 504 and is counted", async () => {
    await t.serveModule("polls", () => {});
    const answer = await fetch(`${t.url}/api/v1/polls/x`, { headers: bearer });
    expect([answer.status, (await answer.json()).code]).toEqual([504, "MODULE_TIMEOUT"]);
    expect(t.counted).toEqual([{ module: "polls", status: 504 }]);
  });

  it("an administrator's limit holds for the whole module, else the manifest's for the route, then for the version", async () => {
    const timeouts = { "POST /v1/reports/:id": 5000 };
    const of = (timeoutMs?: number) => ({
      manifest: {
        api: { v1: { timeoutMs: 2000, timeouts }, v2: {} },
      } as unknown as InstalledModule["manifest"],
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
    const limit = (method: string, path: string, module = of()) =>
      timeLimitMs(
        module,
        { method, target: { version: path.split("/")[1] ?? "", module: "polls", path } },
        30_000,
      );
    expect(limit("POST", "/v1/reports/7?full=1")).toBe(5000);
    expect(limit("GET", "/v1/reports/7")).toBe(2000);
    expect(limit("POST", "/v1/reports/%zz")).toBe(2000);
    expect(limit("POST", "/v2/reports/7")).toBe(30_000);
    expect(limit("POST", "/v1/reports/7", of(700))).toBe(700);
    const answerLate: RequestListener = (_req, res) => void setTimeout(() => res.end("late"), 2200);
    await t.serveModule("polls", answerLate, { api: { v1: { timeouts: { "GET /v1/slow": 9000 } } } });
    const statuses = ["slow", "other"].map(
      async (path) => (await fetch(`${t.url}/api/v1/polls/${path}`, { headers: bearer })).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 504]);
  });

  it("a module that is gone gives 503 with Retry-After; one that talks nonsense 502", async () => {
    const module = await t.serveModule("polls", (req) => void req.socket.end("SSH-2.0-OpenSSH\r\n"));
    const broken = await fetch(`${t.url}/api/v1/polls/x`, { method: "POST", headers: bearer });
    expect([broken.status, (await broken.json()).code]).toEqual([502, "MODULE_BAD_GATEWAY"]);
    module.closeAllConnections();
    await new Promise((resolve) => module.close(resolve));
    const gone = await fetch(`${t.url}/api/v1/polls/x`, { headers: bearer });
    expect([gone.status, (await gone.json()).code]).toEqual([503, "MODULE_STOPPED"]);
    expect(gone.headers.get("retry-after")).toBe("2");
  });

  it("a restarted module serves at once although kept connections are dead", async () => {
    const answerWith = (text: string) => (_req: unknown, res: { end(body: string): void }) => res.end(text);
    const first = await t.serveModule("polls", answerWith("first"));
    expect(await (await fetch(`${t.url}/api/v1/polls/x`, { headers: bearer })).text()).toBe("first");
    first.closeAllConnections();
    await new Promise((resolve) => first.close(resolve));
    await t.serveModule("polls", answerWith("second"));
    expect(await (await fetch(`${t.url}/api/v1/polls/x`, { headers: bearer })).text()).toBe("second");
  });

  it("requests wait while a module is on hold, and no longer than the limit", async () => {
    await t.serveModule("polls", (_req, res) => void res.end("here"));
    t.traffic.hold("polls");
    const waiting = fetch(`${t.url}/api/v1/polls/x`, { headers: bearer });
    await sleep(50);
    t.traffic.release("polls");
    expect(await (await waiting).text()).toBe("here");
    t.traffic.hold("polls");
    const late = await fetch(`${t.url}/api/v1/polls/x`, { headers: bearer });
    expect([late.status, (await late.json()).code]).toEqual([503, "MODULE_STOPPED"]);
    t.traffic.release("polls");
  });
});
