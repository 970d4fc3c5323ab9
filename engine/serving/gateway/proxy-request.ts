import type { IncomingMessage, ServerResponse } from "node:http";
import { SpanStatusCode } from "@opentelemetry/api";
import type { Dispatcher, Pool } from "undici";
import type { Log } from "../../core/index.ts";
import type { Identity } from "../../people/index.ts";
import type { InstalledModule } from "../../supply/installed/index.ts";
import type { Health } from "../health/index.ts";
import { explainUpstreamError } from "./explain-upstream-error.ts";
import type { IdentityTokens } from "./identity-token.ts";
import { limitBody } from "./limit-body.ts";
import type { LiveStreams } from "./live-streams.ts";
import type { ApiTarget } from "./parse-target.ts";
import { buildRequestHeaders } from "./request-headers.ts";
import { hardenResponseHeaders } from "./response-headers.ts";
import { sendProblem } from "./send-problem.ts";
import { timeLimitMs } from "./time-limit.ts";
import { startRequestSpan, traceparentOf } from "./trace-context.ts";
import type { GatewayLimits } from "./types.ts";

export interface ProxyDeps {
  log: Log;
  publicUrl: string | undefined;
  health: Pick<Health, "countRequest">;
  tokens: IdentityTokens;
  limits: GatewayLimits;
  streams: LiveStreams;
}

export interface ProxyRequest {
  req: IncomingMessage;
  res: ServerResponse;
  target: ApiTarget;
  route: InstalledModule;
  identity: Identity;
  /** The module that calls, on the host socket. */
  via?: string;
  /** Connections to the process of this moment. @throws MODULE_STOPPED */
  connect: () => Pool;
}

/** Sends one request to a module's process and its answer back, both as streams. Ends with an answer in any case. */
export function proxyRequest(deps: ProxyDeps, request: ProxyRequest): void {
  const { req, res, route, target } = request;
  const startedAt = performance.now();
  const method = req.method ?? "GET";
  const incoming = req.headers.traceparent;
  const traceparent = typeof incoming === "string" ? incoming : undefined;
  const span = startRequestSpan(route.name, method, traceparent);
  const end = (status: number) => {
    deps.health.countRequest(route.name, status, performance.now() - startedAt);
    if (span.isRecording()) {
      span.setAttribute("http.response.status_code", status);
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end();
  };
  try {
    const body = limitBody(req, deps.limits.bodyBytes(route.name));
    const options: Dispatcher.DispatchOptions = {
      path: target.path,
      method,
      headers: buildRequestHeaders(req, {
        identityToken: deps.tokens.sign(request.identity, route, request.via),
        traceparent: traceparentOf(span, traceparent),
        publicUrl: deps.publicUrl,
      }),
      body,
      headersTimeout: timeLimitMs(route, { method, target }, deps.limits.headersTimeoutMs),
      bodyTimeout: req.headers.accept?.includes("text/event-stream") ? 0 : deps.limits.idleTimeoutMs,
    };
    // A kept-alive connection may close just as it is used; what has no body and changes nothing is sent once more.
    const retries = body === null && (method === "GET" || method === "HEAD") ? 1 : 0;
    dispatch(deps, request, { options, retries, end });
  } catch (error) {
    end(sendProblem(res, error, deps.log).status);
  }
}

function dispatch(
  deps: ProxyDeps,
  request: ProxyRequest,
  attempt: { options: Dispatcher.DispatchOptions; retries: number; end: (status: number) => void },
): void {
  const { options, retries, end } = attempt;
  const { req, res, route } = request;
  let controller: Dispatcher.DispatchController | undefined;
  let status = 0;
  let length: number | null = null;
  let forget = () => {};
  const onClose = () => {
    if (!res.writableFinished) controller?.abort(clientGone);
  };
  const finish = (answered: number) => {
    res.removeListener("close", onClose);
    forget();
    end(answered);
  };
  res.once("close", onClose);

  request.connect().dispatch(options, {
    onRequestStart(started) {
      controller = started;
      if (res.destroyed) started.abort(clientGone);
    },
    onResponseStart(current, statusCode) {
      if (statusCode < 200) return;
      status = statusCode;
      const { headers, contentLength, isEventStream } = hardenResponseHeaders(
        (current.rawHeaders ?? []) as Buffer[],
        {
          module: route.name,
          requestPath: req.url ?? "/",
          ownOrigins: () => ownOrigins(req, deps.publicUrl),
        },
      );
      length = contentLength;
      if (isEventStream && request.via === undefined) {
        forget = deps.streams.add(request.identity, route.name, () => res.destroy());
      }
      res.writeHead(statusCode, headers);
      // Without a length the first bytes may be minutes away (event streams): the headers go now, unless they come together.
      if (contentLength === null) setImmediate(() => res.writableEnded || res.flushHeaders());
    },
    onResponseData(current, chunk) {
      // The whole answer in one piece, as most are: headers and body leave in one write.
      if (chunk.length === length) {
        res.end(chunk);
        return;
      }
      if (res.write(chunk) || res.destroyed) return;
      current.pause();
      res.once("drain", () => current.resume());
    },
    onResponseEnd() {
      if (!res.writableEnded) res.end();
      finish(status);
    },
    onResponseError(_current, error) {
      if (error === clientGone || res.destroyed) {
        finish(status || 499);
      } else if (retries > 0 && !res.headersSent && isStaleConnection(error)) {
        res.removeListener("close", onClose);
        try {
          dispatch(deps, request, { options, retries: retries - 1, end });
        } catch (again) {
          finish(sendProblem(res, again, deps.log).status);
        }
      } else {
        finish(sendProblem(res, explainUpstreamError(error, route.name), deps.log).status);
      }
    },
  });
}

const clientGone = new Error("the client closed the connection");

function isStaleConnection(error: Error): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "UND_ERR_SOCKET" || code === "ECONNRESET" || code === "EPIPE";
}

function ownOrigins(req: IncomingMessage, publicUrl: string | undefined): string[] {
  const own = [`http://${req.headers.host}`, `https://${req.headers.host}`];
  if (publicUrl !== undefined) own.push(new URL(publicUrl).origin);
  return own;
}
