import type { IncomingMessage } from "node:http";

/** Connection-level (RFC 9110, 7.6.1), the caller's credentials, and what only the host may say. */
const dropped = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authorization",
  "proxy-authenticate",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
  "http2-settings",
  "host",
  "cookie",
  "authorization",
  "forwarded",
  "x-real-ip",
  "traceparent",
]);

export interface UpstreamRequest {
  identityToken: string;
  traceparent: string;
  publicUrl: string | undefined;
}

/** Flat name-value list for the module: the client's headers without what it must not see or could forge; Host is its pool's. */
export function buildRequestHeaders(req: IncomingMessage, upstream: UpstreamRequest): string[] {
  const raw = req.rawHeaders;
  const named = connectionOptions(req.headers.connection);
  const headers: string[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = (raw[i] as string).toLowerCase();
    if (dropped.has(name) || isHostOnly(name) || named?.includes(name)) continue;
    headers.push(name, raw[i + 1] as string);
  }
  headers.push("graft-identity", upstream.identityToken, "traceparent", upstream.traceparent);
  const address = clientAddress(req, upstream.publicUrl);
  if (address !== undefined) headers.push("x-forwarded-for", address);
  if (req.headers.host !== undefined) headers.push("x-forwarded-host", req.headers.host);
  headers.push("x-forwarded-proto", upstream.publicUrl?.startsWith("https:") ? "https" : "http");
  return headers;
}

function isHostOnly(name: string): boolean {
  // Some servers read `_` as `-`.
  return (
    (name.startsWith("graft") && (name[5] === "-" || name[5] === "_")) || name.startsWith("x-forwarded-")
  );
}

/**
 * Whose request it is. With GRAFT_URL a proxy stands in front, and the last entry of X-Forwarded-For is what it saw;
 * otherwise that header is the client's invention. Undefined on a Unix socket.
 */
export function clientAddress(req: IncomingMessage, publicUrl: string | undefined): string | undefined {
  const forwarded = publicUrl === undefined ? undefined : req.headers["x-forwarded-for"];
  const last = (Array.isArray(forwarded) ? forwarded.at(-1) : forwarded)?.split(",").at(-1)?.trim();
  return last ? last : req.socket.remoteAddress;
}

/** Header names a Connection header declares to be of this connection only. */
export function connectionOptions(connection: string | undefined): string[] | null {
  if (connection === undefined || connection === "keep-alive" || connection === "close") return null;
  return connection
    .toLowerCase()
    .split(",")
    .map((option) => option.trim());
}
