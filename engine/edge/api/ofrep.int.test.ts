import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { OFREPProvider } from "@openfeature/ofrep-provider";
import { OpenFeature } from "@openfeature/server-sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { FlagDefinition } from "../../../contract/flags.ts";
import { createListener, type Listener, silentLog, systemActor } from "../../core/index.ts";
import { createTestDatabase, type TestDatabase } from "../../core/testing/index.ts";
import { createFlags, type Flags } from "../../decisions/index.ts";
import type { Experiments } from "../../engagement/experiments/index.ts";
import { type Access, createAccess, type Identity } from "../../people/index.ts";
import type { Caller } from "../../serving/gateway/index.ts";
import { createTestRegistry } from "../../supply/installed/testing/create-test-registry.ts";
import { createOfrep } from "./index.ts";

let database: TestDatabase;
let listener: Listener;
let access: Access;
let flags: Flags;
let server: Server;
let url: string;
/** Flags whose use was told to experiments. */
const exposed: string[] = [];
const ids = { Root: "", Ada: "" };

const definitions: Record<string, FlagDefinition> = {
  beta: {
    state: "ENABLED",
    variants: { on: true, off: false },
    defaultVariant: "off",
    targeting: { if: [{ in: ["staff", { var: "groups" }] }, "on", null] },
  },
  "news.tone": {
    state: "ENABLED",
    variants: { calm: "calm", loud: "loud" },
    defaultVariant: "calm",
    targeting: { if: [{ ">": [{ var: "age" }, 60] }, "loud", null] },
  },
  limits: { state: "ENABLED", variants: { low: { rows: 10 } }, defaultVariant: "low" },
  ratio: { state: "ENABLED", variants: { half: 0.5 }, defaultVariant: "half" },
  stopped: { state: "DISABLED", variants: { on: true }, defaultVariant: "on" },
};

beforeAll(async () => {
  database = await createTestDatabase();
  listener = createListener(database.url, silentLog);
  access = await createAccess({ db: database.db, log: silentLog, listener });
  const registry = createTestRegistry();
  flags = await createFlags({ db: database.db, access, log: silentLog, listener, registry });
  const root = { name: "Root", email: "root@example.org", password: "violet harbour lantern" };
  ids.Root = (await access.setup.createFirstAdministrator(root)).id;
  await access.groups.create(systemActor, { name: "Staff" });
  const ada = { name: "Ada", email: "ada@example.org", role: "member" as const, groups: ["staff"] };
  ids.Ada = (await access.users.invite(systemActor, ada)).user.id;
  await access.directory.refresh();
  const inputs = Object.entries(definitions).map(([key, definition]) => [key, { definition }] as const);
  await flags.features.save(systemActor, Object.fromEntries(inputs));
  const experiments = { expose: (key: string) => void exposed.push(key) } as unknown as Experiments;
  const ofrep = createOfrep({ log: silentLog, access, flags, experiments });
  server = createServer((req, res) => ofrep(req, res, callerOf(req.headers["x-caller"])));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await OpenFeature.close();
  server.closeAllConnections();
  server.close();
  await flags.close();
  await access.close();
  await listener.close();
  await database.close();
});

function callerOf(header: string | string[] | undefined): Caller | null {
  if (typeof header !== "string") return null;
  const [name, via] = header.split(" ") as [keyof typeof ids, Caller["via"]];
  return { identity: access.directory.identity(ids[name]) as Identity, via };
}

async function ask(
  path: string,
  caller: string | null,
  body: unknown = {},
  headers: Record<string, string> = {},
) {
  const answer = await fetch(`${url}/ofrep/v1/evaluate/flags${path}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(caller === null ? {} : { "x-caller": caller }),
      ...headers,
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  return {
    status: answer.status,
    etag: answer.headers.get("etag"),
    body: text === "" ? null : JSON.parse(text),
  };
}

test("the published OpenFeature client gets every type, reasons and its own defaults", async () => {
  await OpenFeature.setProviderAndWait(
    new OFREPProvider({ baseUrl: url, headers: [["x-caller", "Root token"]] }),
  );
  const client = OpenFeature.getClient();
  const ada = { targetingKey: ids.Ada };
  expect(await client.getBooleanDetails("beta", false, ada)).toMatchObject({
    value: true,
    variant: "on",
    reason: "TARGETING_MATCH",
  });
  expect(await client.getBooleanValue("beta", true, { targetingKey: "somebody else" })).toBe(false);
  expect(await client.getStringValue("news.tone", "x", { targetingKey: "a", age: 61 })).toBe("loud");
  expect(await client.getNumberValue("ratio", 0)).toBe(0.5);
  expect(await client.getObjectValue("limits", {})).toEqual({ rows: 10 });
  expect(await client.getBooleanDetails("stopped", false)).toMatchObject({
    value: false,
    errorCode: "FLAG_NOT_FOUND",
  });
  expect(await client.getBooleanDetails("gone", true)).toMatchObject({ value: true });
  expect(await client.getStringDetails("beta", "x", ada)).toMatchObject({
    value: "x",
    errorCode: "TYPE_MISMATCH",
  });
});

test("one flag asked for is used, all at once are not; a member's token speaks for nobody else", async () => {
  exposed.length = 0;
  await ask("", "Root token");
  await ask("/beta", "Ada token", { context: { targetingKey: ids.Root } });
  expect(exposed).toEqual([]);
  await ask("/beta", "Ada token");
  await ask("/news.tone", "Root token", { context: { targetingKey: ids.Ada } });
  expect(exposed).toEqual(["beta", "news.tone"]);
});

test("a member at a browser is asked for as themselves, whatever context the page sends", async () => {
  const context = { targetingKey: "other", groups: [], age: 61 };
  expect((await ask("/beta", "Ada cookie", { context })).body).toMatchObject({ value: true });
  expect((await ask("/news.tone", "Ada cookie", { context })).body).toMatchObject({ value: "loud" });
});

test("a member's token learns nothing of other users through a flag", async () => {
  await flags.features.save(systemActor, {
    "for-root": {
      definition: {
        state: "ENABLED",
        variants: { yes: true, no: false },
        defaultVariant: "no",
        targeting: { if: [{ "===": [{ var: "email" }, "root@example.org"] }, "yes", null] },
      },
    },
  });
  const context = { targetingKey: ids.Root };
  expect((await ask("/for-root", "Ada token", { context })).body.value).toBe(false);
  expect((await ask("/for-root", "Root token", { context })).body.value).toBe(true);
});

test("all flags come with an entity tag, and 304 while nothing changed", async () => {
  const first = await ask("", "Ada token");
  expect(first.status).toBe(200);
  expect(first.body.flags.map(({ key }: { key: string }) => key)).not.toContain("stopped");
  const again = await ask("", "Ada token", {}, { "if-none-match": first.etag ?? "" });
  expect(again).toMatchObject({ status: 304, body: null });
  const beta = definitions.beta as FlagDefinition;
  await flags.features.save(systemActor, { beta: { definition: { ...beta, state: "DISABLED" } } });
  expect((await ask("", "Ada token", {}, { "if-none-match": first.etag ?? "" })).status).toBe(200);
});

test("nobody, other methods, a wrong context and unknown paths are refused", async () => {
  expect((await ask("/beta", null)).status).toBe(401);
  expect(await ask("/ratio", "Root token", { context: 5 })).toMatchObject({
    status: 400,
    body: { key: "ratio", errorCode: "INVALID_CONTEXT" },
  });
  const list = Array.from({ length: 1001 }, (_, i) => i);
  expect(await ask("", "Root token", { context: { a: { list } } })).toMatchObject({
    status: 400,
    body: { errorCode: "INVALID_CONTEXT", errorDetails: expect.stringContaining("1000 entries") },
  });
  expect((await ask("", "Root token", { context: { a: { list: list.slice(1) } } })).status).toBe(200);
  const headers = { "x-caller": "Root token" };
  expect((await fetch(`${url}/ofrep/v1/evaluate/flags`, { headers })).status).toBe(405);
  expect((await fetch(`${url}/ofrep/v1/evaluate/flagsx`, { method: "POST", headers })).status).toBe(404);
});
