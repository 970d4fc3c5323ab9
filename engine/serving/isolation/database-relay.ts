import { once } from "node:events";
import { connect, isIP, type Socket } from "node:net";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import pg from "pg";
import type { Close } from "../../core/index.ts";
import { openRelay } from "./relay.ts";

/** More than the module's role may hold, so that PostgreSQL's own words are heard first. */
const connectionsMax = 16;

/** Above 16 bits, so no protocol version: what PostgreSQL answers with `S` or `N`. */
const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/**
 * A Unix socket in `dir`, named as PostgreSQL's clients look for it, that leads to the server of `url`, and the address
 * that names it. TLS ends here: the way from here to the server is encrypted as `url` says.
 */
export async function openDatabaseRelay(
  url: string,
  dir: string,
  failed?: (error: Error) => void,
): Promise<{ url: string; close: Close }> {
  const { host, port, ssl } = new pg.Client({ connectionString: url });
  const relay = await openRelay({
    path: join(dir, socketName(port)),
    connect: () => (ssl ? connectEncrypted(host, port, ssl) : connectPlainly(host, port)),
    connectionsMax,
    ...(failed === undefined ? {} : { failed }),
    tooMany: fatal("53300", `This module has ${connectionsMax} connections to its database already.`),
  });
  return { url: throughSocket(url, dir, port), close: relay.close };
}

const socketName = (port: number) => `.s.PGSQL.${port}`;

function throughSocket(url: string, dir: string, port: number): string {
  const address = new URL(url);
  for (const name of [...address.searchParams.keys()]) {
    if (/^(ssl.*|uselibpqcompat|host|port)$/.test(name)) address.searchParams.delete(name);
  }
  // Readers of the parameter come by the socket; the name before it is for those who expect one.
  address.host = `127.0.0.1:${port}`;
  address.searchParams.set("host", dir);
  return address.href;
}

function connectPlainly(host: string, port: number): Socket {
  const socket = host.startsWith("/") ? connect(join(host, socketName(port))) : connect(port, host);
  return socket.setNoDelay(true);
}

async function connectEncrypted(host: string, port: number, ssl: true | object): Promise<Socket> {
  const socket = connectPlainly(host, port);
  socket.write(sslRequest);
  const [answer] = (await once(socket, "data")) as [Buffer];
  // One byte and no more: what came behind it in clear text was put there by somebody else.
  if (answer.toString("latin1") !== "S") {
    socket.destroy();
    throw new Error("The database server offers no encrypted connection.");
  }
  const options = { ...(ssl === true ? {} : ssl), socket, ...(isIP(host) ? {} : { servername: host }) };
  const encrypted = connectTls(options);
  await once(encrypted, "secureConnect");
  return encrypted;
}

/** An ErrorResponse of PostgreSQL's protocol. */
function fatal(code: string, message: string): Buffer {
  const fields = [`SFATAL`, `VFATAL`, `C${code}`, `M${message}`].map((field) => `${field}\0`).join("");
  const body = Buffer.from(`${fields}\0`);
  const head = Buffer.from([0x45, 0, 0, 0, 0]);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
