import { connectionOptions } from "./request-headers.ts";

/**
 * What a module must not say under the host's origin: about this connection, about the browser's state for the whole
 * origin (cookies, storage, service workers, reporting, alternative servers), to a proxy in front, or instead of the host.
 */
const dropped = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "proxy-authenticate",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "set-cookie",
  "set-cookie2",
  "clear-site-data",
  "service-worker-allowed",
  "refresh",
  "www-authenticate",
  "strict-transport-security",
  "public-key-pins",
  "expect-ct",
  "alt-svc",
  "report-to",
  "reporting-endpoints",
  "nel",
  "accept-ch",
  "critical-ch",
  "speculation-rules",
  "set-login",
  "origin-agent-cluster",
  "content-security-policy",
  "content-security-policy-report-only",
  "x-content-type-options",
  "x-frame-options",
  "permissions-policy",
  "document-policy",
  "referrer-policy",
  "x-sendfile",
  "x-accel-redirect",
  "x-powered-by",
  "server",
]);

const hints = /\brel\s*=\s*"?[^;,]*(preload|prefetch|preconnect|stylesheet|prerender)/i;

export interface HardenOptions {
  module: string;
  /** Path of the client's request, to resolve relative redirects. */
  requestPath: string;
  /** Origins that are this host; asked only for redirects. */
  ownOrigins: () => readonly string[];
}

export interface HardenedHeaders {
  /** Flat name-value list. */
  headers: string[];
  /** Bytes, when the module said so. */
  contentLength: number | null;
  isEventStream: boolean;
}

/** The module's headers as they may leave the host (DESIGN.md, "What the gateway adds to every answer of a module"). */
export function hardenResponseHeaders(
  raw: readonly (Buffer | string)[],
  options: HardenOptions,
): HardenedHeaders {
  const headers: string[] = [];
  let contentLength: number | null = null;
  let cacheControl = false;
  let isEventStream = false;
  const named = connectionOptions(find(raw, "connection")?.toLowerCase());
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = text(raw[i]).toLowerCase();
    if (isDropped(name) || named?.includes(name)) continue;
    const value = text(raw[i + 1]);
    if (name === "location") {
      const location = locationOnHost(value, options);
      if (location !== null) headers.push(name, location);
      continue;
    }
    if (name === "link" && hints.test(value)) continue;
    if (name === "content-length") contentLength = Number(value);
    if (name === "cache-control") cacheControl = true;
    if (name === "content-type") isEventStream = value.startsWith("text/event-stream");
    headers.push(name, value);
  }
  headers.push("content-security-policy", "sandbox; default-src 'none'");
  headers.push("x-content-type-options", "nosniff", "cross-origin-resource-policy", "same-origin");
  headers.push("referrer-policy", "no-referrer");
  // What a module answers is for one user; no cache between may keep it unless the module says so.
  if (!cacheControl) headers.push("cache-control", "no-store");
  return { headers, contentLength, isEventStream };
}

function isDropped(name: string): boolean {
  return (
    dropped.has(name) ||
    name.startsWith("access-control-") ||
    name.startsWith("cross-origin-") ||
    name.startsWith("graft-")
  );
}

/** A redirect that stays on the host, in the client's address space; null for any other. */
export function locationOnHost(location: string, options: HardenOptions): string | null {
  const base = "http://graft.invalid";
  if (!URL.canParse(location, base + options.requestPath)) return null;
  const url = new URL(location, base + options.requestPath);
  if (url.origin !== base && !options.ownOrigins().includes(url.origin)) return null;
  // The module knows its API as /v1/…; a path that begins with // would name another host.
  const path = /^\/v[1-9][0-9]*(\/|$)/.test(url.pathname)
    ? mapPath(url.pathname, options.module)
    : url.pathname;
  return path.startsWith("//") ? null : path + url.search + url.hash;
}

function mapPath(path: string, module: string): string {
  const end = path.indexOf("/", 1);
  return end === -1 ? `/api${path}/${module}` : `/api${path.slice(0, end)}/${module}${path.slice(end)}`;
}

function find(raw: readonly (Buffer | string)[], wanted: string): string | undefined {
  for (let i = 0; i + 1 < raw.length; i += 2) {
    if (raw[i]?.length === wanted.length && text(raw[i]).toLowerCase() === wanted) return text(raw[i + 1]);
  }
  return undefined;
}

function text(part: Buffer | string | undefined): string {
  return typeof part === "string" ? part : (part?.toString("latin1") ?? "");
}
