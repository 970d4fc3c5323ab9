import type { FetchRequest, HostMessage } from "@/sdk/client/messages";
import { allowedHeaders, resolveFetchTarget } from "./fetch-target.ts";
import { pageSlots, type RequestSlots } from "./request-slots.ts";

export interface FetchProxyOptions {
  module: string;
  origin: string;
  fetch: typeof fetch;
  send(message: HostMessage, transfer?: ArrayBuffer[]): void;
  /** Called after something was written: a request other than GET that succeeded. */
  onWritten?: () => void;
  /** Requests of this frame under way at once; more wait in line. One less than a page has: no frame takes them all. */
  concurrencyMax?: number;
  /** Shared with the other frames. */
  slots?: RequestSlots;
  /** Requests in line; more are refused. */
  queueMax?: number;
  /** Bytes, for a request's and for a response's body each. */
  bodyBytesMax?: number;
}

export interface FetchProxy {
  request(message: FetchRequest): void;
  abort(id: FetchRequest["id"]): void;
  /** Aborts everything; nothing is sent afterwards. */
  close(): void;
}

/** Makes a frame's requests with the viewer's session, to the frame's own module alone. */
export function createFetchProxy(options: FetchProxyOptions): FetchProxy {
  const { concurrencyMax = 2, slots = pageSlots, queueMax = 100 } = options;
  const { bodyBytesMax = 16 * 1024 * 1024 } = options;
  const running = new Map<FetchRequest["id"], AbortController>();
  const queue: FetchRequest[] = [];
  let closed = false;

  function fail(id: FetchRequest["id"], error: string) {
    if (!closed) options.send({ type: "response", id, error });
  }

  function startNext() {
    while (running.size < concurrencyMax) {
      const message = queue.shift();
      if (message === undefined) return;
      const controller = new AbortController();
      running.set(message.id, controller);
      void inSlot(controller.signal, () => run(message, controller)).finally(() => {
        running.delete(message.id);
        startNext();
      });
    }
  }

  /** Also when it was aborted in line: then `work` finds that, and asks nobody. */
  function inSlot(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      let leave = () => {};
      const giveUp = () => {
        leave();
        void work().finally(resolve);
      };
      signal.addEventListener("abort", giveUp, { once: true });
      leave = slots.take((release) => {
        signal.removeEventListener("abort", giveUp);
        void work().finally(() => {
          release();
          resolve();
        });
      });
    });
  }

  async function run(message: FetchRequest, controller: AbortController) {
    if (controller.signal.aborted) return fail(message.id, "Aborted.");
    const target = resolveFetchTarget(options, message.path, message.method);
    if (!target.ok) return fail(message.id, `Refused ${message.path}: ${target.reason}.`);
    try {
      const response = await options.fetch(target.url, {
        method: message.method,
        headers: allowedHeaders(message.headers),
        body: message.method === "GET" || message.method === "HEAD" ? null : message.body,
        credentials: "same-origin",
        // Followed, a redirect would carry the session to a place that the path check has not seen.
        redirect: "manual",
        signal: controller.signal,
      });
      if (response.type === "opaqueredirect" || (response.status >= 300 && response.status < 304)) {
        return fail(message.id, "The API answered with a redirect, which is not followed for frames.");
      }
      const body = await readBody(response, bodyBytesMax);
      if (body === null) {
        controller.abort();
        return fail(message.id, `The answer is larger than ${bodyBytesMax} bytes.`);
      }
      if (closed || controller.signal.aborted) return;
      if (response.ok && message.method !== "GET" && message.method !== "HEAD") options.onWritten?.();
      const headers = Object.fromEntries(response.headers.entries());
      options.send({ type: "response", id: message.id, status: response.status, headers, body }, [body]);
    } catch (error) {
      fail(message.id, controller.signal.aborted ? "Aborted." : `Network error: ${messageOf(error)}`);
    }
  }

  return {
    request(message) {
      if (closed) return;
      if (running.has(message.id) || queue.some((waiting) => waiting.id === message.id)) {
        return fail(message.id, "This request id is in use.");
      }
      if (byteLength(message.body) > bodyBytesMax) {
        return fail(message.id, `The request body is larger than ${bodyBytesMax} bytes.`);
      }
      if (queue.length >= queueMax) return fail(message.id, "Too many requests are waiting.");
      queue.push(message);
      startNext();
    },
    abort(id) {
      running.get(id)?.abort();
      const waiting = queue.findIndex((message) => message.id === id);
      if (waiting >= 0) queue.splice(waiting, 1);
    },
    close() {
      closed = true;
      queue.length = 0;
      for (const controller of running.values()) controller.abort();
    },
  };
}

/** Null when there is more than `bytesMax`; reading stops there. */
async function readBody(response: Response, bytesMax: number): Promise<ArrayBuffer | null> {
  if (response.body === null) return new ArrayBuffer(0);
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > bytesMax) {
      await reader.cancel().catch(() => {});
      return null;
    }
    chunks.push(value);
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.byteLength;
  }
  return body.buffer;
}

function byteLength(body: FetchRequest["body"]): number {
  if (body === null) return 0;
  // Text is sent as UTF-8, up to three bytes for each of its code units.
  return typeof body === "string" ? new Blob([body]).size : body.byteLength;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
