import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { LRUCache } from "lru-cache";

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

export const encodings = ["br", "gzip", "identity"] as const;
export type Encoding = (typeof encodings)[number];

export interface FileBody {
  encoding: Encoding;
  bytes: Buffer;
}

/** Immutable files in the encodings they were asked for, the least recently used dropped beyond `maxBytes`. */
export interface CompressedFiles {
  /** `key` names the content; `load` is called when it is not in memory. */
  get(key: string, accepted: Encoding, load: () => Promise<Buffer>): Promise<FileBody>;
}

export function createCompressedFiles(maxBytes = 32 * 1024 * 1024): CompressedFiles {
  const bodies = new LRUCache<string, FileBody, () => Promise<FileBody>>({
    maxSize: maxBytes,
    // One large file must not empty the whole cache.
    maxEntrySize: maxBytes / 8,
    sizeCalculation: ({ bytes }) => Math.max(bytes.length, 1),
    fetchMethod: (_slot, _stale, { context }) => context(),
    // Whoever waits for a file that others have pushed out meanwhile gets it all the same.
    ignoreFetchAbort: true,
  });
  return {
    async get(key, accepted, load) {
      const context = async () => compress(await load(), accepted);
      return bodies.forceFetch(`${accepted} ${key}`, { context });
    },
  };
}

async function compress(bytes: Buffer, encoding: Encoding): Promise<FileBody> {
  if (encoding === "identity" || bytes.length < 512) return { encoding: "identity", bytes };
  // Level 11 of a large bundle would take seconds of a core for the last percent.
  const quality = bytes.length > 256 * 1024 ? 6 : 10;
  const packed =
    encoding === "br"
      ? await brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } })
      : await zip(bytes, { level: 9 });
  return packed.length < bytes.length ? { encoding, bytes: packed } : { encoding: "identity", bytes };
}

/** The best encoding a client takes (RFC 9110, 12.5.3); `q=0` refuses one. */
export function acceptedEncoding(header: string | string[] | undefined, mediaType: string): Encoding {
  if (header === undefined || !isCompressible(mediaType)) return "identity";
  const offers = String(header).toLowerCase().split(",");
  const takes = (name: string) =>
    offers.some((offer) => {
      const [coding, ...params] = offer.split(";").map((part) => part.trim());
      return coding === name && !params.some((param) => /^q=0(\.0*)?$/.test(param));
    });
  return takes("br") ? "br" : takes("gzip") ? "gzip" : "identity";
}

function isCompressible(mediaType: string): boolean {
  return (
    mediaType.startsWith("text/") ||
    /[/+](json|xml|javascript|wasm|sql|yaml|x-ndjson)$/.test(mediaType) ||
    mediaType === "font/ttf" ||
    mediaType === "font/otf"
  );
}
