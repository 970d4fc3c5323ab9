import { connect } from "node:net";
import { join } from "node:path";
import type { Close } from "../../core/index.ts";
import { openDatabaseRelay } from "./database-relay.ts";
import { type Connection, openEgressProxy } from "./egress-proxy.ts";
import { openRelay } from "./relay.ts";

/** Connections of one module to the host at a time; the SDK keeps up to 32. */
const hostConnectionsMax = 64;

const formatConnection = ({ host, port, refused }: Connection) =>
  refused === null
    ? `network: connects to ${host}:${port}`
    : `network: did not connect to ${host}:${port}: ${refused}`;

export interface SocketsOrder {
  dir: string;
  env: Record<string, string>;
  /** `permissions.network`. */
  network: readonly string[];
  /** It cannot come to the host's own socket; nor, without a network, to the database's. */
  relays: { host: boolean; database: boolean };
  note(text: string): void;
}

/** The sockets through which a module reaches what is outside of it, and its environment with their paths. */
export async function openSockets(
  order: SocketsOrder,
): Promise<{ env: Record<string, string>; close: Close }> {
  const { dir, relays, network, note } = order;
  const env = { ...order.env };
  const open: { close: Close }[] = [];
  const close = async () => void (await Promise.allSettled(open.splice(0).map((each) => each.close())));
  try {
    const behind = env.GRAFT_HOST_SOCKET;
    if (behind && relays.host) {
      const path = join(dir, "host.sock");
      open.push(
        await openRelay({ path, connect: () => connect(behind), connectionsMax: hostConnectionsMax }),
      );
      env.GRAFT_HOST_SOCKET = path;
    }
    if (env.DATABASE_URL && relays.database) {
      const relay = await openDatabaseRelay(env.DATABASE_URL, dir, ({ message }) =>
        note(`database: the server cannot be reached: ${message}`),
      );
      open.push(relay);
      env.DATABASE_URL = relay.url;
    }
    if (network.length > 0) {
      const path = join(dir, "egress.sock");
      open.push(
        await openEgressProxy({
          path,
          allowed: network,
          note: (connection) => note(formatConnection(connection)),
        }),
      );
      env.GRAFT_EGRESS_SOCKET = path;
    }
    return { env, close };
  } catch (error) {
    await close();
    throw error;
  }
}
