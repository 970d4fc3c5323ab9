import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { GraftError, isGraftError } from "./engine/core/errors.ts";
import { loadSettings, type Settings } from "./engine/core/settings.ts";
import { build } from "./lib/build.ts";

const rootDir = import.meta.dirname;
const dev = process.argv.includes("--dev");
const startedAt = performance.now();

type Handle = (req: IncomingMessage, res: ServerResponse) => void;

/** Until everything is up: the port is taken at once, so that a taken one is found out first. */
const starting: Handle = (req, res) => {
  const alive = req.url === "/healthz";
  res.writeHead(alive ? 200 : 503, { "content-type": "text/plain; charset=utf-8", "retry-after": "1" });
  res.end(alive ? "ok\n" : "Graft is starting.\n");
};

async function start(): Promise<void> {
  const settings = loadSettings(process.env);
  Object.assign(process.env, { NODE_ENV: dev ? "development" : "production", NEXT_TELEMETRY_DISABLED: "1" });
  let handle: Handle = starting;
  let upgrade = (_req: IncomingMessage, socket: Duplex) => void socket.destroy();
  const server = createServer({ keepAliveTimeout: 65_000 }, (req, res) => handle(req, res));
  server.on("upgrade", (req, socket) => upgrade(req, socket));
  const port = await listen(server, settings);
  const closing: (() => Promise<void>)[] = [];
  onSignals(async () => {
    server.close();
    server.closeIdleConnections();
    for (const close of closing.reverse()) await close();
    server.closeAllConnections();
  });

  await build({ rootDir, dev, print: (line) => console.log(line) });
  // Only now: the engine imports what the build generates.
  const [{ createHost }, lib, { default: next }] = await Promise.all([
    import("./engine/edge/host/index.ts"),
    import("./lib/serve.ts"),
    import("next"),
  ]);
  const { version } = JSON.parse(readFileSync(join(rootDir, "package.json"), "utf8")) as { version: string };
  const host = await createHost({ settings, version, rootDir, identifyCookie: lib.cookieReader });
  closing.push(host.engine.close);
  lib.setEngine(host.engine);

  const app = next({
    dev,
    dir: rootDir,
    customServer: true,
    httpServer: server,
    hostname: settings.host,
    port,
  });
  await app.prepare();
  closing.push(() => app.close());
  handle = lib.createRequestHandler({
    gateway: host.gateway,
    files: dev ? () => false : lib.pageFiles(rootDir),
    pages: app.getRequestHandler(),
    behindProxy: settings.publicUrl !== undefined,
  });
  const nextUpgrade = app.getUpgradeHandler();
  upgrade = (req, socket) => {
    if (!host.gateway.handleUpgrade(req, socket)) void nextUpgrade(req, socket, Buffer.alloc(0));
  };
  const url =
    settings.publicUrl ??
    `http://${settings.host.includes(":") ? `[${settings.host}]` : settings.host}:${port}`;
  host.serveAt(`http://127.0.0.1:${port}`);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`\n  Graft ${version} is ready in ${seconds} s\n  ${url}\n`);
}

function listen(server: ReturnType<typeof createServer>, { host, port }: Settings): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      if (cause.code !== "EADDRINUSE" && cause.code !== "EACCES") return reject(cause);
      const why = cause.code === "EACCES" ? "may not be used by this user" : "is taken by another program";
      reject(
        new GraftError("PORT_IN_USE", `Port ${port} on ${host} ${why}.`, {
          hint: "Set PORT to a free one: PORT=3001 npm start",
          cause,
        }),
      );
    });
    server.listen(port, host, () => resolve((server.address() as { port: number }).port));
  });
}

function onSignals(close: () => Promise<void>): void {
  let closing = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      // A second Ctrl-C does not wait; the watchdog ends the modules.
      if (closing) process.exit(130);
      closing = true;
      console.log("\n  Stopping …");
      close().then(
        () => process.exit(0),
        (error) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
}

start().catch((error: unknown) => {
  if (isGraftError(error)) console.error(`\n  ${error.message}\n${error.hint ? `  ${error.hint}\n` : ""}`);
  else console.error(error);
  process.exit(1);
});
