import type { IncomingMessage } from "node:http";
import { GraftError } from "../../core/index.ts";

const bodyLimitBytes = 1024 * 1024;

/** The last of several values of one name counts, as in most servers. */
export function readQuery(url: string): Record<string, string> {
  const at = url.indexOf("?");
  return at === -1 ? {} : Object.fromEntries(new URLSearchParams(url.slice(at + 1)));
}

/** @throws UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, INVALID_INPUT */
export async function readJson(req: IncomingMessage): Promise<unknown> {
  const type = req.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json" && !type?.endsWith("+json")) {
    throw new GraftError("UNSUPPORTED_MEDIA_TYPE", "The body must be JSON.", {
      hint: "Send `Content-Type: application/json`.",
    });
  }
  const text = (await readBytes(req)).toString("utf8");
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new GraftError("INVALID_INPUT", `The body is not JSON: ${(cause as Error).message}.`, { cause });
  }
}

async function readBytes(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length;
    if (size > bodyLimitBytes) {
      // The rest is read and dropped, so that the connection can serve the next request.
      req.resume();
      throw new GraftError("PAYLOAD_TOO_LARGE", `The body is larger than ${bodyLimitBytes} bytes.`, {
        details: { limitBytes: bodyLimitBytes },
      });
    }
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
