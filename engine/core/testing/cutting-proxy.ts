import { connect, createServer, type Socket } from "node:net";

/** Where a connection is cut: before the server gets the message, or when it has answered and nobody hears it. */
export type CutSide = "before" | "after";

export interface CuttingProxy {
  url: string;
  /** The messages that asked the server to do something, over all connections since the last `arm`. */
  asked(): string[];
  /** Cuts the connection that sends the `n`-th such message, once; 0 cuts none. */
  arm(n: number, side?: CutSide): void;
  /** What the message was that was cut. */
  cutAt(): string | null;
  close(): Promise<void>;
}

/** PostgreSQL's frontend messages that ask for work: Query and Execute; CopyDone ends a COPY. */
const asking: Record<number, string> = { 81: "Query", 69: "Execute", 99: "CopyDone" };
/** ReadyForQuery: the server has done what was asked of it, committed if it was to, and waits. */
const readyForQuery = 0x5a;

/** A TCP proxy before PostgreSQL that understands where messages begin, and cuts at the one it is told. */
export async function startCuttingProxy(databaseUrl: string): Promise<CuttingProxy> {
  const target = new URL(databaseUrl);
  let asked: string[] = [];
  let armed = 0;
  let side: CutSide = "before";
  let cutAt: string | null = null;
  const sockets = new Set<Socket>();

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    const pair = [client, upstream];
    for (const socket of pair) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        for (const other of pair) other.destroy();
      });
    }
    const cut = () => {
      for (const socket of pair) socket.destroy();
    };
    /** The client has gone for good and the server is left to finish what it was asked. */
    let deaf = false;
    const fromClient = splitMessages(true);
    const fromServer = splitMessages(false);
    client.on("data", (chunk) => {
      for (const message of fromClient(chunk)) {
        if (deaf) return;
        const kind = message.type === null ? undefined : asking[message.type];
        if (kind !== undefined && asked.push(`${kind} ${textOf(message.bytes)}`) === armed) {
          cutAt = asked.at(-1) ?? null;
          if (side === "before") return cut();
          deaf = true;
          upstream.write(message.bytes);
          // What is sent with it, Sync above all, goes along: without it the server would not do it.
          if (kind === "Execute") upstream.write(Buffer.from([0x53, 0, 0, 0, 4]));
          return;
        }
        upstream.write(message.bytes);
      }
    });
    upstream.on("data", (chunk) => {
      if (!deaf) client.write(chunk);
      for (const message of fromServer(chunk)) if (deaf && message.type === readyForQuery) cut();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as { port: number }).port);
  return {
    url: url.href,
    asked: () => asked,
    arm(n, where = "before") {
      [asked, armed, side, cutAt] = [[], n, where, null];
    },
    cutAt: () => cutAt,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

interface Message {
  /** Null for the start-up message, which has no type. */
  type: number | null;
  bytes: Buffer;
}

/** Whole messages of one direction: a type byte (not in a client's first), a length that counts itself, the rest. */
function splitMessages(startsWithoutType: boolean): (chunk: Buffer) => Message[] {
  let rest: Buffer = Buffer.alloc(0);
  let first = startsWithoutType;
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const messages: Message[] = [];
    for (;;) {
      const head = first ? 0 : 1;
      if (rest.length < head + 4) return messages;
      const end = head + rest.readUInt32BE(head);
      if (rest.length < end) return messages;
      messages.push({ type: first ? null : (rest[0] as number), bytes: rest.subarray(0, end) });
      rest = rest.subarray(end);
      first = false;
    }
  };
}

function textOf(bytes: Buffer): string {
  return bytes
    .subarray(5, 85)
    .toString("utf8")
    .replaceAll(/[\0\s]+/g, " ")
    .trim();
}
