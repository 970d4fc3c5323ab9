import { createHmac } from "node:crypto";
import { once } from "node:events";
import { stat } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { dirname } from "node:path";
import { json } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FlagContext } from "../../decisions/index.ts";
import { createIdentityTokens } from "./identity-token.ts";
import { identityKey, moduleToken } from "./index.ts";
import { ada, digestOf, startGateway, type TestGateway } from "./testing/start-gateway.ts";

let t: TestGateway;
beforeEach(async () => {
  t = await startGateway();
  const whoAmI = (req: IncomingMessage, res: { end(body: Buffer): void }) =>
    void res.end(Buffer.from(String(req.headers["graft-identity"]).split(".")[1] ?? "", "base64url"));
  await t.serveModule("graph", whoAmI, { api: { v1: {}, v2: {} } });
  await t.serveModule("closed-explorer", whoAmI, { permissions: { modules: ["graph:v1"] } });
});
afterEach(() => t.close());

const tokenOf = (module: string) => moduleToken(t.secret, module, digestOf(module));

async function call(path: string, headers: Record<string, string>) {
  const req = request({ socketPath: t.hostSocket, path, headers }).end();
  const [res] = (await once(req, "response")) as [IncomingMessage];
  return { status: res.statusCode, body: (await json(res)) as Record<string, unknown> };
}

function routeOf(name: string) {
  const route = t.routes.find((known) => known.name === name);
  if (route === undefined) throw new Error(`no ${name}`);
  return route;
}

it("a module calls what its manifest lists, as itself and with no rights, when it serves nobody", async () => {
  const { status, body } = await call("/api/v1/graph/x", {
    authorization: `Bearer ${tokenOf("closed-explorer")}`,
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    aud: "graph",
    sub: "module:closed-explorer",
    role: "member",
    groups: [],
    via: "closed-explorer",
  });
});

it("a module passes on the user it serves", async () => {
  const given = createIdentityTokens(t.secret).sign(ada, routeOf("closed-explorer"));
  const { body } = await call("/api/v1/graph/x", {
    authorization: `Bearer ${tokenOf("closed-explorer")}`,
    "graft-on-behalf": given,
  });
  expect(body).toMatchObject({ aud: "graph", sub: ada.userId, name: "Ada", via: "closed-explorer" });
});

it.each([
  ["another version", "/api/v2/graph/x", 403],
  ["a module that is not listed", "/api/v1/closed-explorer/x", 403],
  ["the host's own API", "/api/v1/graft/modules", 403],
  ["any other address", "/healthz", 404],
])("%s is refused", async (_what, path, status) => {
  expect((await call(path, { authorization: `Bearer ${tokenOf("closed-explorer")}` })).status).toBe(status);
});

it("a token of an uninstalled digest, of the wrong module or of nobody is refused", async () => {
  for (const authorization of [
    "",
    "Bearer x",
    `Bearer ${moduleToken(t.secret, "closed-explorer", digestOf("older"))}`,
  ]) {
    expect((await call("/api/v1/graph/x", { authorization })).status).toBe(401);
  }
});

it("an identity that the module made itself with its own key is not believed", async () => {
  const real = createIdentityTokens(t.secret).sign(ada, routeOf("closed-explorer"));
  const [header, payload] = real.split(".") as [string, string];
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  const forged = Buffer.from(JSON.stringify({ ...claims, role: "administrator" })).toString("base64url");
  const key = identityKey(t.secret, "closed-explorer", digestOf("closed-explorer"));
  const signature = createHmac("sha256", key).update(`${header}.${forged}`).digest("base64url");
  const authorization = `Bearer ${tokenOf("closed-explorer")}`;
  const attempt = { authorization, "graft-on-behalf": `${header}.${forged}.${signature}` };
  expect((await call("/api/v1/graph/x", attempt)).status).toBe(401);
});

it("an identity given to another module, or more than a minute ago, is not believed", async () => {
  const authorization = `Bearer ${tokenOf("closed-explorer")}`;
  const others = createIdentityTokens(t.secret).sign(ada, routeOf("graph"));
  const old = createIdentityTokens(t.secret, () => Date.now() - 61_000).sign(ada, routeOf("closed-explorer"));
  for (const token of [others, old]) {
    expect((await call("/api/v1/graph/x", { authorization, "graft-on-behalf": token })).status).toBe(401);
  }
});

it("only the host's own user can enter the folder of the socket", async () => {
  expect((await stat(dirname(t.hostSocket))).mode & 0o777).toBe(0o700);
});

describe("a module that asks for its flags", () => {
  const path = "/ofrep/v1/evaluate/flags";
  let asked: { context: FlagContext; module: string }[] = [];
  let withFlags: TestGateway;
  beforeEach(async () => {
    asked = [];
    withFlags = await startGateway({
      features: {
        contextOf: ({ userId, groups }) => ({ targetingKey: userId, groups }),
        evaluateModule(context, module) {
          asked.push({ context, module });
          return [{ key: "beta", value: true, reason: "STATIC" }];
        },
      },
    });
    await withFlags.serveModule("graph", (_req, res) => void res.end());
  });
  afterEach(() => withFlags.close());

  async function ask(headers: Record<string, string>, context: object) {
    const authorization = `Bearer ${moduleToken(withFlags.secret, "graph", digestOf("graph"))}`;
    const socketPath = withFlags.hostSocket;
    const req = request({
      socketPath,
      path,
      method: "POST",
      headers: { authorization, ...headers },
    }).end(JSON.stringify({ context }));
    const [res] = (await once(req, "response")) as [IncomingMessage];
    return { status: res.statusCode, body: await json(res) };
  }

  it("gets its own, for the user it serves, whoever it says that is", async () => {
    const route = withFlags.routes[0] as (typeof withFlags.routes)[number];
    const given = createIdentityTokens(withFlags.secret).sign(ada, route);
    const context = { targetingKey: "somebody", groups: ["root"], plan: "pro" };
    const { status, body } = await ask({ "graft-on-behalf": given }, context);
    expect(status).toBe(200);
    expect(body).toEqual({ flags: [{ key: "beta", value: true, reason: "STATIC" }] });
    expect(asked).toEqual([
      { module: "graph", context: { targetingKey: ada.userId, groups: ["staff"], plan: "pro" } },
    ]);
  });

  it("may name anybody when it serves nobody, and gets nothing of what the host knows of them", async () => {
    await ask({}, { targetingKey: ada.userId });
    expect(asked).toEqual([{ module: "graph", context: { targetingKey: ada.userId } }]);
    expect((await ask({ authorization: "Bearer x" }, {})).status).toBe(401);
  });
});
