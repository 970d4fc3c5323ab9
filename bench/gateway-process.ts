/** The gateway in a process of its own, with the look-ups it has in the host. */
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { silentLog } from "../engine/core/index.ts";
import { createGateway, createTraffic } from "../engine/serving/gateway/index.ts";
import { registry, user } from "./gateway-fixture.ts";

const { BENCH_SECRET = "", BENCH_SOCKET = "", BENCH_DIR = "" } = process.env;
const hash = (token: string) => createHash("sha256").update(token).digest("hex");
const tokens = new Map([[hash("graft_bench"), { identity: user, tokenId: "1" }]]);
const decision = { allowed: true, reason: "EVERYONE", rule: null, group: null } as const;
const nothing = () => Promise.reject(new Error("not part of this benchmark"));

const gateway = await createGateway({
  publicUrl: undefined,
  log: silentLog,
  secret: Buffer.from(BENCH_SECRET, "hex"),
  hostToken: undefined,
  registry,
  runtime: { socket: () => BENCH_SOCKET },
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
  ready: async () => ({ ready: true, problems: [], attention: 0 }),
  sdkFile: "",
  hostSocket: `${BENCH_DIR}/host.sock`,
});
const server = createServer((req, res) => void gateway.handle(req, res));
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
