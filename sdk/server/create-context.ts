import type { IncomingMessage, ServerResponse } from "node:http";
import { callModule } from "./call-module.ts";
import { createFlags } from "./flags.ts";
import { log } from "./log.ts";
import { readBytes, readJson } from "./read-body.ts";
import type { Context, Flags, Identity, Log, StandardSchema } from "./types.ts";

/** A request being answered, as shutdown sees it. */
export interface LiveRequest {
  streaming: boolean;
  aborted: boolean;
  abort(): void;
}

export interface ContextOptions<State> {
  request: IncomingMessage;
  response: ServerResponse;
  identity: Identity;
  state: State;
  params: Record<string, string>;
  /** The query string without its question mark. */
  search: string;
  limitBytes: number;
}

/** What most handlers never touch (signal, log, query) is made when first asked for: it would cost a third of the throughput. */
export function createContext<State>(options: ContextOptions<State>): {
  context: Context<State>;
  liveRequest: LiveRequest;
} {
  const { request, response, identity, state, params, search, limitBytes } = options;
  let controller: AbortController | undefined;
  let query: URLSearchParams | undefined;
  let requestLog: Log | undefined;
  let flags: Flags | undefined;

  const liveRequest: LiveRequest = {
    streaming: false,
    aborted: false,
    abort() {
      liveRequest.aborted = true;
      controller?.abort();
      response.destroy();
    },
  };
  const context: Context<State> = {
    state,
    identity,
    params,
    request,
    get query() {
      query ??= new URLSearchParams(search);
      return query;
    },
    get signal() {
      controller ??= abortOnClose(response);
      return controller.signal;
    },
    get traceId() {
      return readTraceId(request.headers.traceparent);
    },
    get log() {
      requestLog ??= log.with({ trace: context.traceId ?? undefined, method: request.method });
      return requestLog;
    },
    get flags() {
      flags ??= createFlags(identity, () => context.signal);
      return flags;
    },
    json: (<T>(schema?: StandardSchema<T>) =>
      readJson(request, limitBytes, schema)) as Context<State>["json"],
    text: async () => (await readBytes(request, limitBytes)).toString("utf8"),
    bytes: () => readBytes(request, limitBytes),
    call: (module, path, callOptions = {}) =>
      callModule(module, path, {
        signal: context.signal,
        ...callOptions,
        headers: traced(request, callOptions.headers),
        onBehalfOf: identity,
      }),
  };
  return { context, liveRequest };
}

function abortOnClose(response: ServerResponse): AbortController {
  const controller = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller;
}

function readTraceId(header: string | string[] | undefined): string | null {
  return (typeof header === "string" && /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(header)?.[1]) || null;
}

function traced(request: IncomingMessage, headers: Record<string, string> = {}): Record<string, string> {
  const parent = request.headers.traceparent;
  return typeof parent === "string" ? { traceparent: parent, ...headers } : headers;
}
