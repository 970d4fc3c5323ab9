import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Digest, silentLog } from "../../../core/index.ts";
import type { Identity } from "../../../people/index.ts";
import type { InstalledModule } from "../../../supply/installed/index.ts";
import { createTestRegistry, testModule } from "../../../supply/installed/testing/create-test-registry.ts";
import { createGateway } from "../create-gateway.ts";
import { createTraffic, type Traffic } from "../create-traffic.ts";
import type { Gateway, GatewayDeps } from "../types.ts";

export const ada: Identity = {
  userId: "0190a6f0-0000-7000-8000-000000000001",
  name: "Ada",
  email: "ada@example.org",
  role: "member",
  groups: ["staff"],
  enabled: true,
  sessionEpoch: 1,
  locale: "en-GB",
  timeZone: null,
};

export function digestOf(name: string): Digest {
  return `sha256:${Buffer.from(name).toString("hex").padEnd(64, "0").slice(0, 64)}`;
}

export interface TestGateway {
  gateway: Gateway;
  traffic: Traffic;
  hostSocket: string;
  /** `http://127.0.0.1:port`. */
  url: string;
  secret: Buffer;
  routes: readonly InstalledModule[];
  counted: { module: string; status: number }[];
  /** A module's process: a real HTTP server on a Unix socket. */
  serveModule(name: string, listener: RequestListener, manifest?: Record<string, unknown>): Promise<Server>;
  disableAda(): void;
  /** Takes the module away from everybody. */
  closeModule(name: string): void;
  close(): Promise<void>;
}

/** A gateway behind a real HTTP server, in front of real sockets. Ada signs in with the cookie `session=ada` or the token `graft_ada`. */
export async function startGateway(overrides: Partial<GatewayDeps> = {}): Promise<TestGateway> {
  const folder = await mkdtemp(join(tmpdir(), "graft-gateway-"));
  const secret = Buffer.alloc(32, 7);
  const sockets = new Map<string, string>();
  const modules = new Set<Server>();
  const registry = createTestRegistry();
  const traffic = overrides.traffic ?? createTraffic();
  const hostSocket = join(folder, "run/host.sock");
  const counted: TestGateway["counted"] = [];
  const closed = new Set<string>();
  let adaIsEnabled = true;
  const directoryListeners = new Set<() => void>();
  const flagsListeners = new Set<() => void>();
  const onChange = (listeners: Set<() => void>) => (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const gateway = await createGateway({
    publicUrl: undefined,
    log: silentLog,
    secret,
    hostToken: "host-token-of-this-machine",
    registry,
    runtime: { socket: (module) => sockets.get(module) ?? null },
    traffic,
    directory: {
      identity: (id) => (id === ada.userId ? ada : null),
      session: (id, epoch) => (id === ada.userId && epoch === 1 && adaIsEnabled ? ada : null),
      onChange: onChange(directoryListeners),
      token: (token) => (token === "graft_ada" ? { identity: ada, tokenId: "1" } : null),
    },
    flags: {
      decide: (_identity, target) => ({
        allowed: !target.startsWith("closed") && !closed.has(target.replace("/*", "")),
        reason: "EVERYONE",
        rule: null,
        group: null,
      }),
      onChange: onChange(flagsListeners),
    },
    health: { countRequest: (module, status) => void counted.push({ module, status }) },
    store: {
      getModule: () => Promise.reject(new Error("no store in this test")),
      readFile: () => Promise.reject(new Error("no store in this test")),
    },
    catalog: { versions: async () => [] },
    identifyCookie: async (cookie) =>
      cookie?.includes("session=ada") ? { userId: ada.userId, epoch: 1 } : null,
    hostApi: (_req, res, caller) => void res.end(JSON.stringify({ caller: caller?.via ?? null })),
    ready: async () => ({ ready: true, problems: [], attention: 0 }),
    sdkFile: join(folder, "client.js"),
    hostSocket,
    ...overrides,
  });
  const server = createServer((req, res) => {
    if (!gateway.handle(req, res)) res.writeHead(200).end("next");
  });
  server.on("upgrade", (req, socket) => {
    if (!gateway.handleUpgrade(req, socket)) socket.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    ...{ gateway, traffic, hostSocket },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secret,
    get routes() {
      return registry.list();
    },
    counted,
    disableAda() {
      adaIsEnabled = false;
      for (const listener of directoryListeners) listener();
    },
    closeModule(name) {
      closed.add(name);
      for (const listener of flagsListeners) listener();
    },
    async serveModule(name, listener, manifest) {
      const path = join(folder, `${name}.sock`);
      await rm(path, { force: true });
      const module = createServer(listener).listen(path);
      await once(module, "listening");
      modules.add(module);
      sockets.set(name, path);
      const route = { ...testModule({ name, api: { v1: {} }, ...manifest }), digest: digestOf(name) };
      registry.install(...registry.list().filter((other) => other.name !== name), route);
      return module;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      for (const module of modules) {
        module.closeAllConnections();
        module.close();
      }
      await gateway.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
