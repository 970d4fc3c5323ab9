import type { FrameMessage, HostMessage, MessageId } from "./messages.ts";
import type { FetchInit } from "./types.ts";

type ResponseMessage = Extract<HostMessage, { type: "response" }>;

/** Statuses that a `Response` refuses a body for. */
const bodiless = new Set([101, 204, 205, 304]);

/** `fetch` for a frame that has no network: requests go to the host as messages, answers come back as bytes. */
export function createPortFetch(send: (message: FrameMessage, transfer?: Transferable[]) => void) {
  const waiting = new Map<MessageId, (message: ResponseMessage) => void>();
  let lastId = 0;

  const fetch = (path: string, init: FetchInit = {}): Promise<Response> =>
    new Promise((resolve, reject) => {
      const { signal } = init;
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      const id = ++lastId;
      const onAbort = () => {
        waiting.delete(id);
        send({ type: "abort", id });
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      waiting.set(id, (message) => {
        signal?.removeEventListener("abort", onAbort);
        if ("error" in message) reject(new TypeError(message.error));
        else resolve(toResponse(message));
      });
      send({ type: "fetch", id, path, ...encode(init) });
    });

  const receive = (message: ResponseMessage) => {
    const settle = waiting.get(message.id);
    waiting.delete(message.id);
    settle?.(message);
  };
  const json = async <T>(path: string, init?: FetchInit): Promise<T> => {
    const response = await fetch(path, init);
    if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
    const problem: { detail?: string; title?: string } = await response.json().catch(() => ({}));
    throw new Error(problem.detail ?? problem.title ?? `The server answered ${response.status}.`);
  };
  return { fetch, json, receive };
}

function encode(init: FetchInit) {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(init.headers ?? {})) headers[name.toLowerCase()] = value;
  const given = init.body ?? null;
  const isRaw = given === null || typeof given === "string" || given instanceof ArrayBuffer;
  if (!isRaw) headers["content-type"] ??= "application/json";
  return {
    method: init.method ?? (given === null ? "GET" : "POST"),
    headers,
    body: isRaw ? given : JSON.stringify(given),
  };
}

function toResponse(message: Exclude<ResponseMessage, { error: string }>): Response {
  const body = bodiless.has(message.status) ? null : message.body;
  return new Response(body, { status: message.status, headers: message.headers });
}
