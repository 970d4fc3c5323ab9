import type { IncomingMessage } from "node:http";

/** Headers of every answer below /frames/: loadable from an opaque origin, harmless when opened directly. */
const shared = {
  "access-control-allow-origin": "*",
  // A frame's opaque origin is same-origin with nothing; its own pictures and scripts would be blocked.
  "cross-origin-resource-policy": "cross-origin",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

const passivePolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

/** The policy of one file of the module `hex` (DESIGN.md, "What a module's frame is promised"). */
export function frameHeaders(
  req: IncomingMessage,
  { hex, mediaType }: { hex: string; mediaType: string },
  publicUrl: string | undefined,
): Record<string, string> {
  const headers = { ...shared, "content-type": withCharset(mediaType) };
  if (mediaType !== "text/html") return { ...headers, "content-security-policy": passivePolicy };
  return {
    ...headers,
    "content-security-policy": documentPolicy(ownSources(req.headers.host, publicUrl), hex),
    // Chromium gives each such frame a process of its own: one that hangs stops neither the page nor other frames.
    "document-isolation-policy": "isolate-and-credentialless",
  };
}

/** Scripts, styles, pictures and fonts of its own digest and the SDK; no connection, no form target, no framing elsewhere. */
function documentPolicy(origins: string[], hex: string): string {
  const own = origins.map((origin) => (origin === "'self'" ? origin : `${origin}/frames/${hex}/`)).join(" ");
  const sdk = origins.map((origin) => (origin === "'self'" ? origin : `${origin}/frames/sdk/`)).join(" ");
  return [
    "sandbox allow-scripts allow-forms",
    "default-src 'none'",
    `script-src ${own} ${sdk}`,
    `style-src ${own} 'unsafe-inline'`,
    `img-src ${own} data: blob:`,
    `font-src ${own} data:`,
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join("; ");
}

/**
 * The host as a CSP source. `'self'` alone would allow every address of the host. Without a scheme, so that it holds
 * behind a proxy that ends TLS. A Host that CSP's grammar has no words for (IPv6, or an attempt to write a directive)
 * falls back to `'self'`.
 */
function ownSources(host: string | undefined, publicUrl: string | undefined): string[] {
  const sources: string[] = [];
  if (host !== undefined && /^[a-z0-9.-]+(:[0-9]{1,5})?$/i.test(host)) sources.push(host);
  if (publicUrl !== undefined) {
    const publicHost = new URL(publicUrl).host;
    if (!sources.includes(publicHost) && !publicHost.startsWith("[")) sources.push(publicHost);
  }
  return sources.length === 0 ? ["'self'"] : sources;
}

function withCharset(mediaType: string): string {
  const textual =
    mediaType.startsWith("text/") || mediaType === "application/json" || mediaType === "image/svg+xml";
  return textual ? `${mediaType}; charset=utf-8` : mediaType;
}
