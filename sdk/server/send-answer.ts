import { createHash } from "node:crypto";
import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { matchesEntityTag } from "../http/matches-entity-tag.ts";
import { type Problem, problemBody } from "./problem.ts";
import type { Reply, StreamBody } from "./types.ts";

const taggedBytesMax = 256 * 1024;

/** An answer with a status and headers of its own: `reply(201, post, { location })`. */
export function reply(status: number, body?: unknown, headers: OutgoingHttpHeaders = {}): Reply {
  return { kind: "graft-reply", status, headers, body };
}

/** Server-sent events: each yielded value is one `data:` line of JSON. */
export function events(values: AsyncIterable<unknown>): Reply {
  return reply(200, toEventLines(values), {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
}

async function* toEventLines(values: AsyncIterable<unknown>) {
  for await (const value of values) yield `data: ${JSON.stringify(value)}\n\n`;
}

/** Whether sending it takes as long as its source: such an answer is ended when the module stops. */
export function isStream(body: unknown): body is StreamBody {
  return (
    typeof body === "object" &&
    body !== null &&
    (Symbol.asyncIterator in body || Object.prototype.toString.call(body) === "[object ReadableStream]")
  );
}

// By tag, not `instanceof Response`: touching that global loads undici, 15 ms and 8 MB a module may never need.
export function isWebResponse(value: unknown): value is Response {
  return Object.prototype.toString.call(value) === "[object Response]";
}

export function isReply(value: unknown): value is Reply {
  return typeof value === "object" && value !== null && (value as Reply).kind === "graft-reply";
}

export function sendProblem(response: ServerResponse, error: Problem, headers: OutgoingHttpHeaders = {}) {
  sendBytes(response, Buffer.from(JSON.stringify(problemBody(error))), {
    status: error.status,
    headers: { "content-type": "application/problem+json", ...headers },
  });
}

/** Writes what a handler returned. Resolves when the last byte is handed over. */
export async function sendAnswer(response: ServerResponse, answer: unknown): Promise<void> {
  if (isReply(answer)) return sendValue(response, answer.body, answer);
  if (isWebResponse(answer)) {
    const headers: OutgoingHttpHeaders = {};
    for (const [name, value] of answer.headers) headers[name] = name === "set-cookie" ? [value] : value;
    return sendValue(response, answer.body ?? undefined, { status: answer.status, headers });
  }
  return sendValue(response, answer, { status: answer === undefined ? 204 : 200, headers: {} });
}

interface Head {
  status: number;
  headers: OutgoingHttpHeaders;
}

async function sendValue(response: ServerResponse, body: unknown, head: Head): Promise<void> {
  const { status, headers } = head;
  if (body === undefined) {
    response.writeHead(
      status,
      status === 204 || status === 304 ? headers : { "content-length": 0, ...headers },
    );
    response.end();
  } else if (body instanceof Uint8Array) {
    sendBytes(response, body, {
      status,
      headers: { "content-type": "application/octet-stream", ...headers },
    });
  } else if (isStream(body)) {
    response.writeHead(status, { "content-type": "application/octet-stream", ...headers });
    response.flushHeaders();
    await pipeline(Readable.from(body as AsyncIterable<string | Uint8Array>), response);
  } else if (typeof body === "string" && headers["content-type"] !== undefined) {
    sendBytes(response, Buffer.from(body), head);
  } else {
    sendJson(response, Buffer.from(JSON.stringify(body)), head);
  }
}

/** Whoever asks again and again, as the home page does for its widgets, gets 304 while the answer is the same. */
function sendJson(response: ServerResponse, bytes: Uint8Array, { status, headers }: Head): void {
  const { method, headers: asked } = response.req;
  const tagged = method === "GET" && status === 200 && bytes.byteLength <= taggedBytesMax;
  const etag = tagged ? `"${createHash("sha1").update(bytes).digest("base64url")}"` : undefined;
  if (etag !== undefined && matchesEntityTag(asked["if-none-match"], etag)) {
    response.writeHead(304, { etag, ...headers });
    response.end();
    return;
  }
  const own = { "content-type": "application/json; charset=utf-8", ...(etag === undefined ? {} : { etag }) };
  sendBytes(response, bytes, { status, headers: { ...own, ...headers } });
}

function sendBytes(response: ServerResponse, bytes: Uint8Array, { status, headers }: Head): void {
  response.writeHead(status, { ...headers, "content-length": bytes.byteLength });
  response.end(bytes);
}
