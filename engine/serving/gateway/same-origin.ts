import type { IncomingHttpHeaders } from "node:http";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a request that a cookie speaks for may change something: safe methods always, others only from a page of
 * this very origin. Browsers send Sec-Fetch-Site and scripts cannot set it; older ones send Origin with every write.
 * A module's frame has an opaque origin ("null", "cross-site") and so never passes.
 */
export function isSameOriginRequest(
  method: string,
  headers: IncomingHttpHeaders,
  publicUrl: string | undefined,
): boolean {
  if (safeMethods.has(method)) return true;
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin";
  const origin = headers.origin;
  if (origin === undefined || origin === "null" || !URL.canParse(origin)) return false;
  const from = new URL(origin);
  if (publicUrl !== undefined && from.origin === new URL(publicUrl).origin) return true;
  // Host only: behind a proxy that ends TLS the scheme of this connection says nothing about the browser's.
  return from.host === headers.host && (from.protocol === "http:" || from.protocol === "https:");
}
