import { connect, createServer, type Socket } from "node:net";
import { createHostDb, type HostDb } from "../../../core/index.ts";

export interface SeverableDatabase {
  db: HostDb;
  /** Ends every connection and refuses new ones. */
  sever(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** The database at `url` behind a wire that a test can cut, as when PostgreSQL is stopped and comes back. */
export async function createSeverableDatabase(url: string): Promise<SeverableDatabase> {
  const target = new URL(url);
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.pipe(to);
      from.on("error", () => to.destroy());
      from.once("close", () => {
        open.delete(from);
        to.destroy();
      });
    }
  });
  let port = 0;
  const mend = () =>
    new Promise<void>((resolve) => {
      server.listen(port, "127.0.0.1", () => {
        const address = server.address();
        if (address !== null && typeof address === "object") port = address.port;
        resolve();
      });
    });
  const sever = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
  await mend();
  const severable = new URL(url);
  severable.host = `127.0.0.1:${port}`;
  const db = createHostDb(severable.href);
  return {
    db,
    sever,
    mend,
    async close() {
      await db.close();
      await sever();
    },
  };
}
