import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import next from "next";
import { loadSettings } from "../../engine/core/settings.ts";
import { createHost, type Host } from "../../engine/edge/host/index.ts";
import { cookieReader, createRequestHandler, pageFiles, setEngine } from "../../lib/serve.ts";

// A process whose Next stays warm while one host after the other is served, each on a data directory of its own. Told by
// messages: an environment opens a host in place of the one before, null closes it. Ends with the process that asks.

const rootDir = join(import.meta.dirname, "../..");
Object.assign(process.env, { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });

type Handle = (req: IncomingMessage, res: ServerResponse) => unknown;
const nobody: Handle = (_, res) => res.writeHead(503).end();
let handle = nobody;
let host: Host | null = null;

const server = createServer({ keepAliveTimeout: 65_000 }, (req, res) => handle(req, res));
server.on("upgrade", (req, socket) => {
  if (!host?.gateway.handleUpgrade(req, socket)) socket.destroy();
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as { port: number };
const app = next({
  ...{ dev: false, dir: rootDir, customServer: true, httpServer: server },
  hostname: "127.0.0.1",
  port,
});
await app.prepare();
const [pages, files] = [app.getRequestHandler(), pageFiles(rootDir)];

async function close(): Promise<void> {
  handle = nobody;
  server.closeAllConnections();
  const previous = host;
  host = null;
  await previous?.engine.close();
}

async function open(env: Record<string, string>): Promise<void> {
  await close();
  const settings = loadSettings({ ...env, PORT: String(port) });
  host = await createHost({ settings, version: "1.0.0", rootDir, identifyCookie: cookieReader });
  setEngine(host.engine);
  handle = createRequestHandler({
    ...{ gateway: host.gateway, files, pages },
    behindProxy: settings.publicUrl !== undefined,
  });
  host.serveAt(`http://127.0.0.1:${port}`);
}

let doing: Promise<unknown> = Promise.resolve();
process.on("message", ({ env }: { env: Record<string, string> | null }) => {
  doing = doing
    .then(() => (env === null ? close() : open(env)))
    .then(
      () => process.send?.({ ok: true }),
      (error: unknown) => process.send?.({ ok: false, error: String(error) }),
    );
});
process.on("disconnect", () => void doing.then(close).finally(() => process.exit(0)));
process.send?.({ ok: true });
