import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { matchesEntityTag } from "../../../sdk/http/matches-entity-tag.ts";
import { type Digest, GraftError } from "../../core/index.ts";
import {
  acceptedEncoding,
  createCompressedFiles,
  type Encoding,
  encodings,
  type FileBody,
} from "./compressed-files.ts";
import { frameHeaders } from "./frame-policy.ts";
import { isPublicFile } from "./public-files.ts";
import { methodNotAllowed } from "./send-problem.ts";
import type { GatewayDeps } from "./types.ts";

type Deps = Pick<GatewayDeps, "store" | "registry" | "catalog" | "sdkFile" | "publicUrl">;

const immutable = "public, max-age=31536000, immutable";
const frame = /^\/frames\/([0-9a-f]{64})\/([^?]+)/;

/** Serves `/frames/{hex}/{path}` from the store and `/frames/sdk/v1.js`. @throws NOT_FOUND, METHOD_NOT_ALLOWED, store errors */
export function createFrameServer(deps: Deps): (req: IncomingMessage, res: ServerResponse) => Promise<void> {
  const files = createCompressedFiles();
  const readSdk = createSdkReader(deps.sdkFile);

  const serveFile = async (
    req: IncomingMessage,
    res: ServerResponse,
    { hex, path }: { hex: string; path: string },
  ) => {
    const digest: Digest = `sha256:${hex}`;
    if (!(await isKnown(deps, digest))) throw notFound();
    const module = await deps.store.getModule(digest);
    const file = Object.hasOwn(module.files, path) ? module.files[path] : undefined;
    if (file === undefined || !isPublicFile(module.manifest, path)) throw notFound();
    const { mediaType } = file;
    const headers = {
      ...frameHeaders(req, { hex, mediaType }, deps.publicUrl),
      "cache-control": immutable,
    };
    const encoding = acceptedEncoding(req.headers["accept-encoding"], file.mediaType);
    const body = await files.get(file.digest, encoding, () => deps.store.readFile(digest, path));
    send(req, res, { headers, body, tag: file.digest.slice(7, 39) });
  };

  const serveSdk = async (req: IncomingMessage, res: ServerResponse) => {
    const { bytes, tag } = await readSdk();
    const encoding = acceptedEncoding(req.headers["accept-encoding"], "text/javascript");
    const body = await files.get(tag, encoding, async () => bytes);
    const headers = {
      ...frameHeaders(req, { hex: "sdk", mediaType: "text/javascript" }, deps.publicUrl),
      "cache-control": "public, max-age=300",
    };
    send(req, res, { headers, body, tag });
  };

  return async (req, res) => {
    if (req.method !== "GET" && req.method !== "HEAD") throw methodNotAllowed(req.method, ["GET", "HEAD"]);
    const url = req.url ?? "/";
    if (/^\/frames\/sdk\/v1\.js(\?|$)/.test(url)) return serveSdk(req, res);
    const [, hex, path] = frame.exec(url) ?? [];
    if (hex === undefined || path === undefined) throw notFound();
    return serveFile(req, res, { hex, path: decodePath(path) });
  };
}

/** The files of what is neither installed nor offered are nobody's, though they may be in the store. */
async function isKnown({ registry, catalog }: Deps, digest: Digest): Promise<boolean> {
  if (registry.list().some((module) => module.digest === digest)) return true;
  return (await catalog.versions()).some((candidate) => candidate.digest === digest);
}

function send(
  req: IncomingMessage,
  res: ServerResponse,
  answer: { headers: Record<string, string>; body: FileBody; tag: string },
): void {
  const { body, tag } = answer;
  const etag = tagOf(tag, body.encoding);
  const headers: Record<string, string | number> = { ...answer.headers, etag, vary: "Accept-Encoding" };
  // Any encoding of the same content counts: the client holds one of them.
  if (encodings.some((one) => matchesEntityTag(req.headers["if-none-match"], tagOf(tag, one)))) {
    res.writeHead(304, headers);
    res.end();
    return;
  }
  if (body.encoding !== "identity") headers["content-encoding"] = body.encoding;
  headers["content-length"] = body.bytes.length;
  res.writeHead(200, headers);
  res.end(req.method === "HEAD" ? undefined : body.bytes);
}

function tagOf(tag: string, encoding: Encoding): string {
  return encoding === "identity" ? `"${tag}"` : `"${tag}-${encoding}"`;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw notFound();
  }
}

/** Read again only when the file changed: a rebuilt SDK is served without a restart. */
function createSdkReader(file: string): () => Promise<{ bytes: Buffer; tag: string }> {
  let known: { mtimeMs: number; bytes: Buffer; tag: string } | undefined;
  return async () => {
    const { mtimeMs } = await stat(file).catch((cause: unknown) => {
      throw new GraftError("NOT_FOUND", "The browser SDK is not built.", {
        hint: "Run `npm run build`.",
        cause,
      });
    });
    if (known?.mtimeMs !== mtimeMs) {
      const bytes = await readFile(file);
      known = { mtimeMs, bytes, tag: createHash("sha256").update(bytes).digest("hex").slice(0, 32) };
    }
    return known;
  };
}

function notFound(): GraftError {
  return new GraftError("NOT_FOUND", "There is no such file in an installed or offered module.");
}
