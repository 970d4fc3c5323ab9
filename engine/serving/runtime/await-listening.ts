import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Resolves true when something accepts on the Unix socket, false when the time is over or `signal` aborts.
 * Asks every 3 ms at first (a start takes about 60 ms and is waited for by a person), later every 25 ms.
 */
export async function awaitListening(path: string, timeoutMs: number, signal: AbortSignal): Promise<boolean> {
  const begin = performance.now();
  for (;;) {
    if (await accepts(path)) return true;
    const waitedMs = performance.now() - begin;
    if (signal.aborted || waitedMs >= timeoutMs) return false;
    await sleep(waitedMs < 500 ? 3 : 25, undefined, { signal }).catch(() => {});
  }
}

function accepts(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      socket.destroy();
      resolve(false);
    });
  });
}
