import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startGateway, type TestGateway } from "./testing/start-gateway.ts";

const bearer = { authorization: "Bearer graft_ada" };

let t: TestGateway;
beforeEach(async () => {
  t = await startGateway();
});
afterEach(() => t.close());

describe("answers", () => {
  it("HTML and SVG opened directly can run nothing and reach nothing", async () => {
    await t.serveModule("polls", (_req, res) => {
      res.writeHead(200, {
        "content-type": "image/svg+xml",
        "content-security-policy": "script-src *",
        "set-cookie": "graft-session=stolen",
        "clear-site-data": '"*"',
        "service-worker-allowed": "/",
        "access-control-allow-origin": "*",
        "access-control-allow-credentials": "true",
        refresh: "0; url=https://evil.example",
        nel: "{}",
        link: "<https://evil.example>; rel=preconnect",
      });
      res.end("<svg/>");
    });
    const answer = await fetch(`${t.url}/api/v1/polls/picture`, { headers: bearer });
    const headers = Object.fromEntries(answer.headers);
    expect(headers).toMatchObject({
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-store",
      "content-type": "image/svg+xml",
    });
    for (const name of [
      "set-cookie",
      "clear-site-data",
      "service-worker-allowed",
      "access-control-allow-origin",
      "access-control-allow-credentials",
      "refresh",
      "nel",
      "link",
    ]) {
      expect(headers).not.toHaveProperty(name);
    }
  });

  it("redirects stay on the host and in the module's address space", async () => {
    await t.serveModule("polls", (req, res) => {
      const to = new URL(req.url ?? "", "http://m").searchParams.get("to") ?? "";
      res.writeHead(303, { location: to }).end();
    });
    const redirect = async (to: string) => {
      const path = `${t.url}/api/v1/polls/x?to=${encodeURIComponent(to)}`;
      return (await fetch(path, { headers: bearer, redirect: "manual" })).headers.get("location");
    };
    expect(await redirect("/v1/votes/3?a=b")).toBe("/api/v1/polls/votes/3?a=b");
    expect(await redirect("votes/3")).toBe("/api/v1/polls/votes/3");
    expect(await redirect("/m/polls")).toBe("/m/polls");
    for (const off of [
      "https://evil.example/",
      "//evil.example",
      "/\\evil.example",
      "/.//evil.example",
      "\\\\evil",
    ]) {
      expect(await redirect(off)).toBeNull();
    }
  });
});

describe("a cookie's writes", () => {
  it.each([
    [{ "sec-fetch-site": "same-origin" }, 200],
    [{ "sec-fetch-site": "cross-site", origin: "null" }, 403],
    [{ "sec-fetch-site": "none" }, 403],
    [{ origin: "https://evil.example" }, 403],
    [{ origin: "null" }, 403],
    [{}, 403],
  ])("with %o are answered %i", async (headers, status) => {
    await t.serveModule("polls", (_req, res) => void res.end("{}"));
    const req = request(`${t.url}/api/v1/polls/x`, {
      method: "POST",
      headers: { cookie: "session=ada", ...headers },
    }).end();
    const [res] = (await once(req, "response")) as [IncomingMessage];
    res.resume();
    expect(res.statusCode).toBe(status);
  });

  it("pass with the host's own Origin, and a token needs none", async () => {
    await t.serveModule("polls", (_req, res) => void res.end("{}"));
    const own = { cookie: "session=ada", origin: t.url };
    expect((await fetch(`${t.url}/api/v1/polls/x`, { method: "DELETE", headers: own })).status).toBe(200);
    expect((await fetch(`${t.url}/api/v1/polls/x`, { method: "POST", headers: bearer })).status).toBe(200);
    const host = await fetch(`${t.url}/api/v1/graft/plans`, {
      method: "POST",
      headers: { cookie: "session=ada" },
    });
    expect((await host.json()).code).toBe("CROSS_ORIGIN");
  });
});
