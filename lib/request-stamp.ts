import type { IncomingMessage } from "node:http";

/** Who asked and for what, as server.ts saw it on the socket; a client cannot set these. */
export const pathHeader = "x-graft-path";
export const addressHeader = "x-graft-address";

/**
 * For server.ts, on every request before Next sees it. With `behindProxy` (GRAFT_URL is set) the last entry of
 * X-Forwarded-For is the client, because the nearest proxy wrote it; otherwise the socket's peer is.
 */
export function stampRequest(req: IncomingMessage, options: { behindProxy: boolean }): void {
  const forwarded = options.behindProxy ? lastEntry(req.headers["x-forwarded-for"]) : undefined;
  req.headers[pathHeader] = pagePath(req.url ?? "/");
  req.headers[addressHeader] = forwarded ?? req.socket.remoteAddress ?? "";
  if (options.behindProxy) return;
  // Without a proxy these could only come from the client; next-auth and Next's origin check believe them.
  delete req.headers["x-forwarded-host"];
  delete req.headers["x-forwarded-proto"];
  delete req.headers["x-forwarded-for"];
}

function lastEntry(value: string | string[] | undefined): string | undefined {
  const last = (Array.isArray(value) ? value.join(",") : value)?.split(",").at(-1)?.trim();
  return last === "" ? undefined : last;
}

/** The address as a person would type it: without the cache key that Next adds to its own fetches. */
function pagePath(url: string): string {
  const at = url.indexOf("?");
  if (at === -1) return url;
  const query = new URLSearchParams(url.slice(at + 1));
  query.delete("_rsc");
  const rest = query.toString();
  return rest === "" ? url.slice(0, at) : `${url.slice(0, at)}?${rest}`;
}
