import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join, relative } from "node:path";
import { compressedDir } from "./compress-static.ts";

/**
 * Answers requests for scripts and styles of the pages with what the build compressed, from memory (half a megabyte).
 * False: not such a file, or not a client that takes Brotli (browsers do over https and on localhost); Next answers.
 */
export function pageFiles(rootDir: string): (req: IncomingMessage, res: ServerResponse) => boolean {
  const files = readCompressed(join(rootDir, compressedDir));
  return (req, res) => {
    const file = files.get(req.url ?? "");
    if (file === undefined || (req.method !== "GET" && req.method !== "HEAD")) return false;
    if (!takesBrotli(req.headers["accept-encoding"])) return false;
    // The name holds a hash of the content: it is right for ever.
    res.writeHead(200, {
      "content-type": file.type,
      "content-encoding": "br",
      "content-length": file.bytes.length,
      "cache-control": "public, max-age=31536000, immutable",
      vary: "accept-encoding",
      "x-content-type-options": "nosniff",
    });
    res.end(req.method === "HEAD" ? undefined : file.bytes);
    return true;
  };
}

interface CompressedFile {
  type: string;
  bytes: Buffer;
}

function readCompressed(dir: string): Map<string, CompressedFile> {
  // `npm run dev` builds nothing ahead.
  if (!existsSync(dir)) return new Map();
  const files = readdirSync(dir, { withFileTypes: true, recursive: true }).filter((file) => file.isFile());
  return new Map(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      const type = name.endsWith(".css") ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
      const path = relative(dir, file).replaceAll("\\", "/");
      return [`/_next/static/${path}`, { type, bytes: readFileSync(file) }];
    }),
  );
}

/** RFC 9110, 12.5.3: `br;q=0` refuses it. */
function takesBrotli(header: string | string[] | undefined): boolean {
  return String(header ?? "")
    .toLowerCase()
    .split(",")
    .some((offer) => {
      const [coding, ...params] = offer.split(";").map((part) => part.trim());
      return coding === "br" && !params.some((param) => /^q=0(\.0*)?$/.test(param));
    });
}
