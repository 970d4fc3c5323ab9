import { request as httpRequest } from "node:http";
import { Readable } from "node:stream";

export interface TestRequest {
  method?: string;
  headers?: Record<string, string>;
  /** Objects are sent as JSON. */
  body?: unknown;
  signal?: AbortSignal;
}

/** `fetch` over a Unix socket; the body streams. */
export function sendRequest(socketPath: string, path: string, init: TestRequest = {}): Promise<Response> {
  const { body, signal } = init;
  const raw = body === undefined || typeof body === "string" || body instanceof Uint8Array;
  const headers = { ...(raw ? {} : { "content-type": "application/json" }), ...init.headers };
  const method = init.method ?? (body === undefined ? "GET" : "POST");
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { socketPath, path, method, headers, ...(signal && { signal }) },
      (answer) => {
        const status = answer.statusCode ?? 500;
        const empty = status === 204 || status === 304 || method === "HEAD";
        if (empty) answer.resume();
        const stream = empty ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>);
        resolve(new Response(stream, { status, headers: answer.headers as Record<string, string> }));
      },
    );
    request.on("error", reject);
    request.end(raw ? body : JSON.stringify(body));
  });
}
