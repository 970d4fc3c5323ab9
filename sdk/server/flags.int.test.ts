import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OpenFeature, type Provider } from "@openfeature/server-sdk";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { environment } from "./environment.ts";
import { createFlagProvider, createFlags, serveAs } from "./flags.ts";
import type { Identity } from "./types.ts";

const ada = { userId: "u-ada", name: "Ada", role: "member" } as Identity;
let dir: string;
let host: Server;
/** What was told to experiments. */
let used: { flag: string; value: unknown }[] = [];
let asked: { context: Record<string, unknown> }[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "graft-flags-"));
  host = createServer(async (req, res) => {
    let body = "";
    for await (const chunk of req) body += chunk;
    if (req.url === "/api/v1/graft/exposures") {
      used.push(JSON.parse(body));
      res.end("{}");
      return;
    }
    const { context } = JSON.parse(body);
    asked.push({ context });
    const beta = context.plan === "pro";
    res.end(
      JSON.stringify({
        flags: [
          { key: "beta", value: beta, variant: beta ? "on" : "off", reason: "TARGETING_MATCH" },
          { key: "tone", value: "calm", variant: "calm", reason: "STATIC" },
        ],
      }),
    );
  });
  await new Promise<void>((done) => host.listen(join(dir, "host.sock"), done));
  Object.assign(environment, { hostSocket: join(dir, "host.sock"), token: "t" });
  await OpenFeature.setProviderAndWait(createFlagProvider() satisfies Provider);
});
afterEach(() => {
  asked = [];
  used = [];
});
afterAll(async () => {
  await OpenFeature.close();
  host.closeAllConnections();
  await new Promise((done) => host.close(done));
  await rm(dir, { recursive: true, force: true });
});

const signal = () => new AbortController().signal;

it("a handler's flags are asked for once in a request, and a wrong name or type gives the value in the code", async () => {
  const flags = createFlags(ada, signal);
  expect(await flags.boolean("beta", true)).toBe(false);
  expect(await flags.string("tone", "loud")).toBe("calm");
  expect(await flags.number("tone", 7)).toBe(7);
  expect(await flags.boolean("gone", true)).toBe(true);
  expect(await flags.all()).toEqual({ beta: false, tone: "calm" });
  expect(asked).toHaveLength(1);
  await expect.poll(() => used).toHaveLength(2);
});

it("each flag a handler asks for is used once, all of them at once are not", async () => {
  const eve = { ...ada, userId: "u-eve" };
  const flags = createFlags(eve, signal);
  await flags.all();
  await flags.boolean("beta", true);
  await createFlags(eve, signal).boolean("beta", true);
  await flags.string("tone", "loud");
  await expect.poll(() => used).toHaveLength(2);
  expect(used).toEqual(
    expect.arrayContaining([
      { flag: "beta", value: false },
      { flag: "tone", value: "calm" },
    ]),
  );
});

it("OpenFeature's client gets the flags of the request that is served, with variant and reason", async () => {
  const flags = createFlags(ada, signal);
  const details = await serveAs({ identity: ada, flags }, () =>
    OpenFeature.getClient().getStringDetails("tone", "loud"),
  );
  expect(details).toMatchObject({ value: "calm", variant: "calm", reason: "STATIC" });
  expect(await flags.boolean("beta", true)).toBe(false);
  expect(asked).toHaveLength(1);
});

it("attributes that OpenFeature's client is given reach the host", async () => {
  expect(await OpenFeature.getClient().getBooleanValue("beta", false, { plan: "pro" })).toBe(true);
  expect(asked[0]?.context).toEqual({ plan: "pro" });
});

it("OpenFeature's client is told of a flag that is not there, of another type, and of a host that is gone", async () => {
  const client = OpenFeature.getClient();
  expect(await client.getBooleanDetails("gone", true)).toMatchObject({
    value: true,
    errorCode: "FLAG_NOT_FOUND",
  });
  expect(await client.getNumberDetails("tone", 3)).toMatchObject({ value: 3, errorCode: "TYPE_MISMATCH" });
  const { hostSocket } = environment;
  environment.hostSocket = join(dir, "gone.sock");
  expect(await client.getBooleanDetails("beta", true)).toMatchObject({ value: true, errorCode: "GENERAL" });
  environment.hostSocket = hostSocket;
});
