import { Agent, request as httpRequest, type IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { environment } from "./environment.ts";
import { problem } from "./problem.ts";
import type { CallOptions } from "./types.ts";
import { identityToken } from "./verify-identity.ts";

const agent = new Agent({ keepAlive: true, maxSockets: 32 });

/**
 * Calls another module's API through the host: `callModule("knowledge-graph", "/v1/entities?query=ada", { onBehalfOf })`.
 * The manifest must list it under `permissions.modules` (`knowledge-graph:v1`). Status codes are returned, not thrown.
 * @throws a 503 problem when the host cannot be reached, 504 when it does not answer in time
 */
export async function callModule(module: string, path: string, options: CallOptions = {}): Promise<Response> {
  const [, version, rest] = /^\/(v[1-9][0-9]*)(\/.*)?$/.exec(path) ?? [];
  if (!version)
    throw new Error(`callModule: the path "${path}" must start with an API version, as in /v1/items`);
  return callHost(`/api/${version}/${module}${rest ?? ""}`, options);
}

/** One request to the host's own socket, as this module. */
export async function callHost(path: string, options: CallOptions): Promise<Response> {
  const { hostSocket, token } = environment;
  if (!hostSocket || !token) {
    throw problem(503, "This process was not started by Graft, so it cannot reach it.");
  }
  const body = encodeBody(options.body);
  const headers: Record<string, string> = { ...options.headers, authorization: `Bearer ${token}` };
  if (body.contentType) headers["content-type"] ??= body.contentType;
  const onBehalf = options.onBehalfOf && identityToken(options.onBehalfOf);
  if (onBehalf) headers["graft-on-behalf"] = onBehalf;

  const answer = await send(
    {
      socketPath: hostSocket,
      method: options.method ?? (options.body === undefined ? "GET" : "POST"),
      path,
      headers,
      timeoutMs: options.timeoutMs ?? 10_000,
      signal: options.signal,
    },
    body.data,
  );
  return toResponse(answer);
}

interface SendOptions {
  socketPath: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  timeoutMs: number;
  signal: AbortSignal | undefined;
}

function send(
  options: SendOptions,
  data: string | Uint8Array | Readable | undefined,
): Promise<IncomingMessage> {
  const { timeoutMs, signal, ...target } = options;
  return new Promise((resolve, reject) => {
    const request = httpRequest({ ...target, agent, ...(signal && { signal }) });
    const timer = setTimeout(() => {
      reject(
        problem(504, `The other module did not answer within ${timeoutMs} ms.`, { code: "CALL_TIMEOUT" }),
      );
      request.destroy();
    }, timeoutMs);
    request.on("response", (response) => {
      clearTimeout(timer);
      resolve(response);
    });
    request.on("error", (cause) => {
      clearTimeout(timer);
      reject(
        signal?.aborted
          ? signal.reason
          : problem(503, "Graft could not be reached from this module.", { code: "HOST_UNREACHABLE", cause }),
      );
    });
    if (data instanceof Readable) data.pipe(request);
    else request.end(data);
  });
}

function encodeBody(body: unknown): {
  data: string | Uint8Array | Readable | undefined;
  contentType?: string;
} {
  if (body === undefined) return { data: undefined };
  if (typeof body === "string" || body instanceof Uint8Array || body instanceof Readable)
    return { data: body };
  return { data: JSON.stringify(body), contentType: "application/json" };
}

function toResponse(answer: IncomingMessage): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  const status = answer.statusCode ?? 502;
  const empty = status === 204 || status === 205 || status === 304;
  if (empty) answer.resume();
  return new Response(empty ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>), {
    status,
    headers,
  });
}
