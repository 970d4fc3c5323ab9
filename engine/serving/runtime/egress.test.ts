import { createServer as createHttp } from "node:http";
import { createServer as createNet, type Server } from "node:net";
import { createServer as createTls } from "node:tls";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ask } from "./testing/ask.ts";
import { createModuleFixture, type ModuleFixture } from "./testing/module-fixture.ts";
import { serving } from "./testing/sources.ts";

let web: number;
let echo: number;
let secret: number;
const servers: Server[] = [];
let fixture: ModuleFixture;

const psk = "{ psk: Buffer.alloc(16, 1), identity: 'm' }";
const ciphers = "PSK-AES128-GCM-SHA256";

async function port(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return (server.address() as { port: number }).port;
}

beforeAll(async () => {
  web = await port(createHttp((req, res) => void req.resume().on("end", () => res.end(`web ${req.url}`))));
  echo = await port(createNet((socket) => void socket.on("error", () => {}).pipe(socket)));
  const pskCallback = () => Buffer.alloc(16, 1);
  const options = { ciphers, maxVersion: "TLSv1.2", pskCallback } as const;
  secret = await port(createTls(options, (socket) => void socket.on("error", () => {}).end("secret")));
  fixture = createModuleFixture();
});
afterAll(async () => {
  await fixture.close();
  for (const server of servers) server.close();
});

const imports = 'import net from "node:net"; import tls from "node:tls";';
const first = (socket: string) =>
  `new Promise((ok, no) => ${socket}.on("error", no).on("end", () => no(new Error("ended"))).once("data", (d) => ok(String(d))))`;

/** What the expression comes to in a module whose manifest lists the entries, and what its log says then. */
async function inModule(network: string[], expression: string): Promise<{ value: unknown; log: string[] }> {
  const spec = fixture.module("reaching", serving(expression, imports));
  spec.manifest.permissions.network = network;
  await fixture.runtime.start(spec);
  const { body } = await ask(fixture.runtime.socket("reaching"));
  const log = fixture.runtime.logs("reaching").map(({ text }) => text);
  await fixture.runtime.stop("reaching", { forget: true });
  return { value: JSON.parse(body), log };
}

test.each([
  ["fetch", () => `(await fetch("http://127.0.0.1:${web}/a")).text()`, "web /a"],
  [
    "fetch with a body",
    () => `(await fetch("http://127.0.0.1:${web}/a", { method: "POST", body: "x".repeat(3e5) })).text()`,
    "web /a",
  ],
  [
    "node:http",
    () =>
      `new Promise((ok, no) => http.get("http://127.0.0.1:${web}/b", (res) => ok(res.statusCode)).on("error", no))`,
    200,
  ],
  [
    "node:net, written to before it is connected",
    () => first(`(() => { const s = net.connect(${echo}, "127.0.0.1"); s.write("early"); return s; })()`),
    "early",
  ],
  [
    "node:tls",
    () =>
      first(`tls.connect({ host: "127.0.0.1", port: ${secret}, ciphers: "${ciphers}", maxVersion: "TLSv1.2",
      checkServerIdentity: () => undefined, pskCallback: () => (${psk}) })`),
    "secret",
  ],
])("%s reaches what the manifest lists, and the log says so", async (_, code, expected) => {
  const { value, log } = await inModule(
    [web, echo, secret].map((each) => `127.0.0.1:${each}`),
    `(async () => ${code()})()`,
  );
  expect(value).toBe(expected);
  expect(log).toContainEqual(expect.stringMatching(/^network: connects to 127\.0\.0\.1:\d+$/));
});

test.each([
  ["a name that is not listed", ["example.org"], "other.example", "not listed in permissions.network"],
  ["another port", ["127.0.0.1:1"], "127.0.0.1", "not listed in permissions.network"],
  ["a listed name that leads inward", ["localhost"], "localhost", /^leads to .+, which is not public/],
  ["an address under a pattern", ["*"], "127.0.0.1", "not listed in permissions.network"],
])("%s is not reached, and the log says why", async (_, network, host, reason) => {
  const { value, log } = await inModule(network, `fetch("http://${host}:${web}/").then((res) => res.text())`);
  expect(value).toEqual({ message: "fetch failed" });
  const said = log.find((text) => text.startsWith(`network: did not connect to ${host}:${web}: `));
  const why = said?.slice(`network: did not connect to ${host}:${web}: `.length);
  if (typeof reason === "string") expect(why).toBe(reason);
  else expect(why).toMatch(reason);
});

test("whoever speaks HTTP CONNECT to the proxy gets its answers", async () => {
  const connect = (target: string) =>
    first(`(() => { const s = net.connect(process.env.GRAFT_EGRESS_SOCKET);
      s.write("CONNECT ${target} HTTP/1.1\\r\\nhost: x\\r\\n\\r\\n"); return s; })()`);
  const { value } = await inModule(
    [`127.0.0.1:${echo}`],
    `Promise.all([${[`127.0.0.1:${echo}`, "example.org:443", "nonsense"].map(connect).join(",")}])`,
  );
  expect(value).toEqual([
    expect.stringMatching(/^HTTP\/1\.1 200 /),
    expect.stringMatching(/^HTTP\/1\.1 403 .*not listed in permissions\.network/s),
    expect.stringMatching(/^HTTP\/1\.1 400 /),
  ]);
});
