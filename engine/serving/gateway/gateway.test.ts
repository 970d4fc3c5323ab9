import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createIdentityVerifier } from "../../../sdk/server/verify-identity.ts";
import { identityKey } from "./index.ts";
import { ada, digestOf, startGateway, type TestGateway } from "./testing/start-gateway.ts";

const bearer = { authorization: "Bearer graft_ada" };

let t: TestGateway;
beforeEach(async () => {
  t = await startGateway();
});
afterEach(() => t.close());

describe("the way of a request", () => {
  it("a module gets its own path, a signed identity and nothing that the client could forge", async () => {
    let seen: IncomingMessage | undefined;
    await t.serveModule("polls", (req, res) => {
      seen = req;
      res.end("{}");
    });
    const answer = await fetch(`${t.url}/api/v1/polls/votes/3?of=ada`, {
      headers: {
        ...bearer,
        cookie: "session=ada",
        "graft-identity": "forged",
        Graft_Identity: "forged",
        "graft-on-behalf": "x",
        "x-forwarded-for": "1.2.3.4",
        "x-mine": "kept",
        traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      },
    });
    expect(answer.status).toBe(200);
    expect(seen?.url).toBe("/v1/votes/3?of=ada");
    const headers = seen?.headers ?? {};
    const verifier = createIdentityVerifier({
      module: "polls",
      key: identityKey(t.secret, "polls", digestOf("polls")),
    });
    expect(verifier.verify(headers["graft-identity"])).toMatchObject({
      userId: ada.userId,
      name: "Ada",
      role: "member",
      groups: ["staff"],
      locale: "en-GB",
      via: null,
    });
    expect(headers).not.toHaveProperty("cookie");
    expect(headers).not.toHaveProperty("authorization");
    expect(headers).not.toHaveProperty("graft_identity");
    expect(headers).not.toHaveProperty("graft-on-behalf");
    expect(headers["x-forwarded-for"]).toBe("127.0.0.1");
    expect(headers["x-mine"]).toBe("kept");
    expect(headers.traceparent).toBe("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  });

  it("headers that Connection names end at the gateway, and a trace is begun where there is none", async () => {
    let seen: IncomingMessage | undefined;
    await t.serveModule("polls", (req, res) => {
      seen = req;
      res.end();
    });
    const req = request(`${t.url}/api/v1/polls`, {
      headers: { ...bearer, connection: "x-hop, keep-alive", "x-hop": "1", te: "trailers" },
    }).end();
    const [res] = (await once(req, "response")) as [IncomingMessage];
    res.resume();
    expect(seen?.url).toBe("/v1");
    expect(seen?.headers).not.toHaveProperty("x-hop");
    expect(seen?.headers).not.toHaveProperty("te");
    expect(seen?.headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
  });

  it.each([
    ["/api/v1/nothing/x", bearer, 404, "MODULE_NOT_INSTALLED"],
    ["/api/v2/polls/x", bearer, 404, "NOT_FOUND"],
    ["/api/v1/polls/x", {}, 401, "UNAUTHENTICATED"],
    ["/api/v1/polls/x", { cookie: "session=eve" }, 401, "UNAUTHENTICATED"],
    ["/api/v1/polls/x", { authorization: "Bearer graft_wrong" }, 401, "UNAUTHENTICATED"],
    ["/api/v1/closed/x", bearer, 403, "FORBIDDEN"],
  ])("%s with %o is answered %i %s", async (path, headers, status, code) => {
    await t.serveModule("polls", (_req, res) => void res.end());
    await t.serveModule("closed", (_req, res) => void res.end());
    const answer = await fetch(t.url + path, { headers });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer.json()).toMatchObject({ code, status });
  });

  it("raw dot segments and backslashes never reach a module", async () => {
    let reached = false;
    await t.serveModule("polls", (_req, res) => {
      reached = true;
      res.end();
    });
    for (const path of [
      "/api/v1/polls/../../events",
      "/api/v1/polls/\\..\\events",
      "/api/v1/polls/x/%2E%2e",
    ]) {
      const req = request(`${t.url}`, { path, headers: bearer }).end();
      const [res] = (await once(req, "response")) as [IncomingMessage];
      res.resume();
      expect(res.statusCode).toBe(400);
    }
    expect(reached).toBe(false);
  });

  it("the host token opens every module, as an administrator named host", async () => {
    await t.serveModule("closed", (req, res) => {
      const claims = String(req.headers["graft-identity"]).split(".")[1] ?? "";
      res.end(Buffer.from(claims, "base64url"));
    });
    const answer = await fetch(`${t.url}/api/v1/closed/x`, {
      headers: { authorization: "Bearer host-token-of-this-machine" },
    });
    expect(await answer.json()).toMatchObject({ name: "host", role: "administrator", aud: "closed" });
  });

  it("only API addresses are taken; everything else is Next's", async () => {
    for (const path of ["/", "/api/auth/session", "/apiv1", "/healthzz"]) {
      expect(await (await fetch(t.url + path)).text()).toBe("next");
    }
    expect(await (await fetch(`${t.url}/healthz`)).json()).toEqual({ status: "ok" });
    expect((await fetch(`${t.url}/readyz`, { method: "POST" })).status).toBe(405);
  });

  it("the host's own API is told who calls", async () => {
    const call = async (headers: Record<string, string>) =>
      (await fetch(`${t.url}/api/v1/graft/me`, { headers })).json();
    expect(await call({})).toEqual({ caller: null });
    expect(await call({ cookie: "session=ada" })).toEqual({ caller: "cookie" });
    expect(await call({ authorization: "Bearer host-token-of-this-machine" })).toEqual({ caller: "host" });
  });

  it("a WebSocket is refused in words", async () => {
    const socket = connect(Number(new URL(t.url).port), "127.0.0.1");
    socket.write(
      "GET /api/v1/polls/ws HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n",
    );
    const [data] = await once(socket, "data");
    expect(String(data)).toMatch(/^HTTP\/1.1 400 [\s\S]*WebSockets/);
    socket.destroy();
  });
});
