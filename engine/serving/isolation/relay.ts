import { createServer, type Socket } from "node:net";
import type { Close } from "../../core/index.ts";
import { listenForModule } from "./listen-for-module.ts";

export interface RelayOptions {
  /** Where to listen: a Unix socket in a folder that one module alone may enter. */
  path: string;
  /** A connection to what lies behind. */
  connect(): Socket | Promise<Socket>;
  connectionsMax: number;
  /** What the one connection too many is told before it is ended. */
  tooMany?: Buffer;
  /** Why what lies behind could not be reached; the module sees its connection end. */
  failed?(error: Error): void;
}

/** Hands on bytes both ways, up to so many connections at once. `close` ends those that are open. */
export async function openRelay(options: RelayOptions): Promise<{ close: Close }> {
  const { path, connectionsMax, tooMany } = options;
  const near = new Set<Socket>();
  const far = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
    const isOneTooMany = near.size >= connectionsMax;
    track(near, socket);
    if (!isOneTooMany) return void relay(socket);
    socket.resume();
    if (tooMany !== undefined) socket.write(tooMany);
    socket.end(() => socket.destroy());
  });

  async function relay(socket: Socket): Promise<void> {
    try {
      const other = await options.connect();
      track(far, other);
      other.once("error", (error) => options.failed?.(error));
      other.once("close", () => socket.destroy());
      if (socket.destroyed) other.destroy();
      socket.once("close", () => other.destroy());
      socket.pipe(other);
      other.pipe(socket);
    } catch (error) {
      options.failed?.(error as Error);
      socket.destroy();
    }
  }

  await listenForModule(server, path);
  return {
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of [...near, ...far]) socket.destroy();
      await closed;
    },
  };
}

function track(sockets: Set<Socket>, socket: Socket): void {
  sockets.add(socket);
  socket.once("close", () => sockets.delete(socket));
  socket.on("error", () => socket.destroy());
}
