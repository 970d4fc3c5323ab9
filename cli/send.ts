import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";

/** A file's bytes, sent as they are read. */
export interface FileBody {
  stream: Readable;
  bytes: number;
}

/**
 * One HTTP request. Not `fetch`: its implementation alone takes a command 60 ms of processor time.
 * @param body text, or a file
 * @returns the answer, whatever its status, once its head is here; its body is read from it
 */
export async function send(
  url: string,
  { method, headers, body }: { method: string; headers: Record<string, string>; body?: string | FileBody },
): Promise<IncomingMessage> {
  // Not by `import`, which would touch every export of theirs: node:http's WebSocket is what `fetch` is made of.
  const { request } = process.getBuiltinModule(url.startsWith("https:") ? "node:https" : "node:http");
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const sent = request(url, { method, headers: { ...headers, ...lengthOf(body) } }, resolve);
  sent.on("error", reject);
  if (body === undefined || typeof body === "string") sent.end(body);
  else {
    body.stream.pipe(sent);
    finished(body.stream).catch((error) => sent.destroy(error));
  }
  return await promise;
}

function lengthOf(body: string | FileBody | undefined): Record<string, string> {
  if (body === undefined) return {};
  return { "content-length": String(typeof body === "string" ? Buffer.byteLength(body) : body.bytes) };
}

export async function readText(answer: IncomingMessage): Promise<string> {
  let text = "";
  answer.setEncoding("utf8");
  for await (const chunk of answer) text += chunk;
  return text;
}
