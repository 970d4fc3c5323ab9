/** 100 flags behind the gateway's OFREP, in a process of its own; `/floor` answers as many bytes and does nothing else. */

import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { FlagDefinition } from "../contract/flags.ts";
import { silentLog } from "../engine/core/index.ts";
import type { FlagContext } from "../engine/decisions/index.ts";
import { compileFlag } from "../engine/decisions/targeting/compile-flag.ts";
import { contextOf } from "../engine/decisions/targeting/context-of.ts";
import { evaluateBulk } from "../engine/decisions/targeting/evaluate-bulk.ts";
import { createOfrep } from "../engine/edge/api/index.ts";
import { createGateway, createTraffic } from "../engine/serving/gateway/index.ts";
import { registry, user } from "./gateway-fixture.ts";

const definition: FlagDefinition = {
  state: "ENABLED",
  variants: { on: true, off: false },
  defaultVariant: "off",
  targeting: {
    if: [
      { in: [{ var: "targetingKey" }, Array.from({ length: 20 }, (_, i) => `user-${i * 50}`)] },
      "on",
      { in: ["beta", { var: "groups" }] },
      "on",
      {
        fractional: [
          ["on", 10],
          ["off", 90],
        ],
      },
    ],
  },
};
const flags = Array.from({ length: 100 }, (_, i) => compileFlag(`flag-${i}`, definition));
const features = { contextOf, evaluateBulk: (context: FlagContext) => evaluateBulk(flags, context) };
const hash = (token: string) => createHash("sha256").update(token).digest("hex");
const tokens = new Map([[hash("graft_bench"), { identity: user, tokenId: "1" }]]);
const nothing = () => Promise.reject(new Error("not part of this benchmark"));
const decision = { allowed: true, reason: "EVERYONE", rule: null, group: null } as const;

const gateway = await createGateway({
  publicUrl: undefined,
  log: silentLog,
  secret: Buffer.alloc(32, 1),
  hostToken: undefined,
  registry,
  runtime: { socket: () => null },
  traffic: createTraffic(),
  directory: {
    identity: () => user,
    session: () => user,
    onChange: () => () => {},
    token: (secret) => tokens.get(hash(secret)) ?? null,
  },
  flags: { decide: () => decision, onChange: () => () => {} },
  health: { countRequest: () => {} },
  store: { getModule: nothing, readFile: nothing },
  catalog: { versions: async () => [] },
  identifyCookie: async () => null,
  hostApi: (_req, res) => void res.end(),
  ofrep: createOfrep({ log: silentLog, flags: { features } } as never),
  ready: async () => ({ ready: true, problems: [], attention: 0 }),
  sdkFile: "",
  hostSocket: `${process.env.BENCH_DIR}/host.sock`,
});
const { body } = features.evaluateBulk(contextOf(user));
let served = 0;
const server = createServer((req, res) => {
  if (req.url === "/cpu") {
    const { user, system } = process.cpuUsage();
    res.end(JSON.stringify({ served, cpuSeconds: (user + system) / 1e6 }));
    return;
  }
  served++;
  if (req.url !== "/floor") return void gateway.handle(req, res);
  req.resume();
  res.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
  res.end(body);
});
process.once("SIGINT", () => process.exit(0));
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
