import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "../testing/run-cli.ts";

const shop = {
  ...{ key: "shop/New", type: "boolean", description: "The new shop", module: null, archived: false },
  definition: { state: "DISABLED", variants: { on: true, off: false }, defaultVariant: "off" },
};
const calls: string[] = [];
const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  calls.push(`${request.method} ${request.url?.replace("/api/v1/graft", "")} ${body}`.trim());
  response.end(JSON.stringify(request.url?.endsWith("/flags") ? { items: [shop], nextCursor: null } : shop));
});
let env = {};
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  env = { GRAFT_URL: `http://127.0.0.1:${port}`, GRAFT_TOKEN: "t" };
});
afterAll(() => void server.close());
const graft = (args: string) => runCli("/", args, [], env);

test.each([
  ["flags", "GET /flags"],
  ["flags off shop/New", 'PUT /flags/shop%2FNew/switch {"on":false}'],
  ["flags on shop/New", 'PUT /flags/shop%2FNew/switch {"on":true}'],
  ["flags archive shop/New", 'PUT /flags/shop%2FNew/archived {"archived":true}'],
  ["flags restore shop/New", 'PUT /flags/shop%2FNew/archived {"archived":false}'],
])("%s asks the host for %s and shows the flag's state", async (args, call) => {
  const { status, out } = await graft(args);
  expect(status).toBe(0);
  expect(calls.at(-1)).toBe(call);
  expect(out).toMatch(/shop\/New +off +boolean/);
});

test("a file that cannot be read is wrong use, and nothing is sent", async () => {
  const before = calls.length;
  const { status, err } = await graft("flags import /nowhere.json");
  expect(status).toBe(2);
  expect(err).toContain("/nowhere.json cannot be read");
  expect(calls.length).toBe(before);
});
