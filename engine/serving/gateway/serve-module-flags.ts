import type { IncomingMessage, ServerResponse } from "node:http";
import { GraftError } from "../../core/index.ts";
import { contextListMax, type FeatureFlags, type FlagContext, hasLongList } from "../../decisions/index.ts";
import type { Identity } from "../../people/index.ts";
import type { InstalledModule } from "../../supply/installed/index.ts";

export const moduleFlagsPath = "/ofrep/v1/evaluate/flags";
const bodyBytesMax = 64 * 1024;

/**
 * A module's own flags, under the names in its manifest, for the user it serves. What it says of the user beyond that
 * is added; who the user is, it cannot change.
 */
export async function serveModuleFlags(
  features: Pick<FeatureFlags, "contextOf" | "evaluateModule">,
  options: { req: IncomingMessage; res: ServerResponse; caller: InstalledModule; identity: Identity | null },
): Promise<void> {
  const { req, res, caller, identity } = options;
  if (req.method !== "POST") {
    throw new GraftError(
      "METHOD_NOT_ALLOWED",
      `${req.method} is not possible at ${moduleFlagsPath}; use POST.`,
    );
  }
  const given = await readContext(req);
  const context = identity === null ? given : { ...given, ...features.contextOf(identity) };
  const body = JSON.stringify({ flags: features.evaluateModule(context, caller.name) });
  res.writeHead(200, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
  });
  res.end(body);
}

async function readContext(req: IncomingMessage): Promise<FlagContext> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) throw new GraftError("PAYLOAD_TOO_LARGE", "A context is at most 64 KiB.");
    chunks.push(chunk);
  }
  let body: unknown;
  try {
    body = bytes === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw new GraftError("INVALID_INPUT", "The body is not JSON.");
  }
  const context = (body as { context?: unknown } | null)?.context ?? {};
  if (hasLongList(context, bytes))
    throw new GraftError("INVALID_INPUT", `A list in the context has more than ${contextListMax} entries.`);
  if (typeof context === "object" && !Array.isArray(context)) return context as FlagContext;
  throw new GraftError("INVALID_INPUT", "context must be an object.");
}
