import { lookup } from "node:dns/promises";
import { createServer, type IncomingMessage } from "node:http";
import { connect, isIP } from "node:net";
import type { Duplex } from "node:stream";
import type { Close } from "../../core/index.ts";
import { isListed, isPublic } from "./egress-rules.ts";
import { listenForModule } from "./listen-for-module.ts";

export interface EgressOptions {
  /** Where to listen: a Unix socket in a folder that one module alone may enter. */
  path: string;
  /** `permissions.network` of its manifest. */
  allowed: readonly string[];
  note(connection: Connection): void;
}

/** Where to, and why not. */
export interface Connection {
  host: string;
  port: number;
  address: string | null;
  refused: string | null;
}

const connectionsMax = 64;
const connectTimeoutMs = 10_000;

/**
 * A module's way out: HTTP CONNECT to what its manifest lists. A name is looked up here, and the address that was judged
 * is the one connected to, so a name that changes its mind between the two gains nothing. A request with `Graft-Silent`
 * gets no answer but the target's own: for clients that speak as if they were connected to it.
 */
export async function openEgressProxy(options: EgressOptions): Promise<{ close: Close }> {
  const sockets = new Set<Duplex>();
  const server = createServer((_, res) => void res.writeHead(405, { allow: "CONNECT" }).end());
  server.on("connect", (req: IncomingMessage, near: Duplex, head: Buffer) => {
    near.on("error", () => near.destroy());
    track(near);
    void tunnel(req, near, head).catch(() => near.destroy());
  });
  function track(socket: Duplex): void {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  }

  async function tunnel(req: IncomingMessage, near: Duplex, head: Buffer): Promise<void> {
    const target = parseTarget(req.url ?? "");
    if (target === null) {
      refuse(near, 400, "not host:port");
      return;
    }
    const isSilent = req.headers["graft-silent"] !== undefined;
    const { host, port } = target;
    const verdict = await judge(host, port);
    options.note({ host, port, ...verdict });
    if (verdict.address === null) {
      refuse(near, isSilent ? null : 403, verdict.refused);
      return;
    }
    const far = connect({ host: verdict.address, port, noDelay: true });
    track(far);
    const late = setTimeout(() => far.destroy(new Error("no answer")), connectTimeoutMs);
    far.once("connect", () => {
      clearTimeout(late);
      if (!isSilent) near.write("HTTP/1.1 200 Connected\r\n\r\n");
      far.write(head);
      near.pipe(far);
      far.pipe(near);
    });
    far.once("error", ({ message }) => {
      if (far.connecting) options.note({ host, port, address: verdict.address, refused: message });
      refuse(near, isSilent ? null : 502, message);
    });
    far.once("close", () => clearTimeout(late));
    far.once("close", () => near.destroy());
    near.once("close", () => far.destroy());
  }

  async function judge(host: string, port: number): Promise<Verdict> {
    const no = (refused: string): Verdict => ({ address: null, refused });
    if (sockets.size > 2 * connectionsMax) return no(`more than ${connectionsMax} connections at once`);
    if (!isListed(options.allowed, host, port)) return no("not listed in permissions.network");
    if (isIP(host) !== 0) return { address: host, refused: null };
    const found = await lookup(host, { all: true }).catch(() => []);
    const [first] = found;
    if (first === undefined) return no("no such name");
    if (found.every((each) => isPublic(each.address))) return { address: first.address, refused: null };
    return no(
      `leads to ${found.map((each) => each.address).join(", ")}, which is not public: list the address itself`,
    );
  }

  await listenForModule(server, options.path);
  return {
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

type Verdict = { address: string; refused: null } | { address: null; refused: string };

function parseTarget(url: string): { host: string; port: number } | null {
  const [, host, port] = /^\[?([0-9a-z.:_-]{1,253}?)\]?:(\d{1,5})$/i.exec(url) ?? [];
  const number = Number(port);
  if (host === undefined || number < 1 || number > 65_535) return null;
  return { host: host.toLowerCase().replace(/\.$/, ""), port: number };
}

/** @param status null: a client that expects no answer sees the connection end */
function refuse(near: Duplex, status: number | null, reason: string): void {
  if (near.destroyed) return;
  if (status === null) {
    near.destroy();
    return;
  }
  const text = `${reason}\n`;
  near.end(
    `HTTP/1.1 ${status} Refused\r\ncontent-type: text/plain\r\ncontent-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`,
  );
}
