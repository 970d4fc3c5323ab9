import pg from "pg";
import type { Log } from "./log.ts";
import type { Close } from "./types.ts";

/** One connection that LISTENs, comes back by itself, and says when notifications may have been missed. */
export interface Listener {
  /** Calls `handle` with each payload; returns how to stop. Errors of `handle` are logged. */
  on(channel: string, handle: (payload: string) => void | Promise<void>): () => void;
  /**
   * Resolves when every channel asked for so far is listened to. Read your state after this, so that nothing
   * falls between the read and the first notification. Waits as long as PostgreSQL is away.
   */
  listening(): Promise<void>;
  /** After a lost connection is back and listening: read everything again. */
  onReconnect(handle: () => void | Promise<void>): () => void;
  connected(): boolean;
  close: Close;
}

const heartbeatMs = 10_000;
const answerWithinMs = 5_000;
const backoffMsMax = 5_000;

/** Connects at once, in the background. */
export function createListener(url: string, log: Log): Listener {
  const handlers = new Map<string, Set<(payload: string) => void | Promise<void>>>();
  const reconnectHandlers = new Set<() => void | Promise<void>>();
  let waiting: (() => void)[] = [];
  let client: pg.Client | null = null;
  let listened = new Set<string>();
  let listenQueue: Promise<void> = Promise.resolve();
  let failures = 0;
  let established = false;
  let hasBeenConnected = false;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;

  const run = (handle: () => void | Promise<void>, what: string) => {
    Promise.resolve()
      .then(handle)
      .catch((error) => log.error({ err: error, what }, "a notification was not handled"));
  };

  async function connect() {
    const fresh = new pg.Client({
      connectionString: url,
      application_name: "graft-listen",
      keepAlive: true,
      connectionTimeoutMillis: answerWithinMs,
      query_timeout: answerWithinMs,
    });
    // "error" and "end" both follow a lost connection; the first one counts.
    fresh.on("error", (error) => onLost(fresh, error));
    fresh.on("end", () => onLost(fresh, null));
    fresh.on("notification", ({ channel, payload }) => {
      for (const handle of handlers.get(channel) ?? []) run(() => handle(payload ?? ""), channel);
    });
    client = fresh;
    listened = new Set();
    established = false;
    try {
      await fresh.connect();
      established = true;
      await listenTo([...handlers.keys()]);
    } catch (error) {
      onLost(fresh, error);
      return;
    }
    if (client !== fresh) return;
    failures = 0;
    if (hasBeenConnected) for (const handle of reconnectHandlers) run(handle, "reconnect");
    hasBeenConnected = true;
    beat(fresh);
  }

  function onLost(lost: pg.Client, error: unknown) {
    if (client !== lost) return;
    client = null;
    clearTimeout(timer);
    lost.end().catch(() => {});
    if (closed) return;
    // The first failure is news, the rest is waiting.
    log[failures === 0 ? "warn" : "debug"]({ err: error }, "the connection for notifications is gone");
    timer = setTimeout(connect, Math.min(100 * 2 ** failures, backoffMsMax)).unref();
    failures++;
  }

  // A half-open connection never ends by itself; only a question finds out.
  function beat(current: pg.Client) {
    timer = setTimeout(() => {
      current.query("SELECT 1").then(
        () => client === current && !closed && beat(current),
        (error) => onLost(current, error),
      );
    }, heartbeatMs).unref();
  }

  function listenTo(channels: string[]): Promise<void> {
    const current = client;
    if (current === null) return Promise.resolve();
    listenQueue = listenQueue
      .catch(() => {})
      .then(async () => {
        for (const channel of channels) {
          if (client !== current || listened.has(channel)) continue;
          await current.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
          listened.add(channel);
        }
        releaseWaiting();
      });
    return listenQueue;
  }

  function releaseWaiting() {
    if (!isListening()) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  }

  function isListening() {
    return client !== null && [...handlers.keys()].every((channel) => listened.has(channel));
  }

  void connect();

  return {
    on(channel, handle) {
      const set = handlers.get(channel) ?? new Set();
      handlers.set(channel, set.add(handle));
      const current = client;
      if (current !== null && established) {
        listenTo([channel]).catch((error) => onLost(current, error));
      }
      return () => void set.delete(handle);
    },
    listening() {
      if (isListening() || closed) return Promise.resolve();
      return new Promise((resolve) => waiting.push(resolve));
    },
    onReconnect(handle) {
      reconnectHandlers.add(handle);
      return () => void reconnectHandlers.delete(handle);
    },
    connected: () => client !== null && established,
    async close() {
      closed = true;
      clearTimeout(timer);
      const current = client;
      client = null;
      for (const resolve of waiting) resolve();
      waiting = [];
      await current?.end().catch(() => {});
    },
  };
}
