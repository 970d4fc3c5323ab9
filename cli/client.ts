import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { apiError, type ProblemAnswer } from "./cli-error.ts";
import type { HostAddress } from "./find-host.ts";
import { type FileBody, readText, send } from "./send.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** The host's HTTP API below `/api/v1/graft`. */
export interface Client {
  readonly url: string;
  /** @returns the answer's JSON; undefined for 204. @throws ApiError */
  call<T>(method: Method, path: string, body?: unknown): Promise<T>;
  /** The JSON of each server-sent event, until the stream ends. @throws ApiError */
  events<T>(path: string): AsyncIterable<T>;
  /** The raw bytes of an answer. @throws ApiError */
  download(path: string): Promise<Readable>;
  /** Puts a file there. @returns the answer's JSON. @throws ApiError */
  upload<T>(path: string, file: string): Promise<T>;
}

export function createClient(host: HostAddress): Client {
  async function ask(
    method: Method,
    path: string,
    { accept, body }: { accept: string; body?: string | FileBody | undefined },
  ): Promise<IncomingMessage> {
    const url = `${host.url}/api/v1/graft${path}`;
    const headers: Record<string, string> = { accept, authorization: `Bearer ${host.token}` };
    if (body !== undefined)
      headers["content-type"] = typeof body === "string" ? "application/json" : "application/octet-stream";
    const answer = await send(url, { method, headers, ...(body === undefined ? {} : { body }) }).catch(
      (cause) => {
        throw unreachable(host, cause);
      },
    );
    const status = answer.statusCode ?? 0;
    if (status < 200 || status > 299) throw apiError(await readProblem(url, status, answer));
    return answer;
  }

  return {
    url: host.url,
    async call<T>(method: Method, path: string, body?: unknown): Promise<T> {
      const sent = body === undefined ? undefined : JSON.stringify(body);
      const text = await readText(await ask(method, path, { accept: "application/json", body: sent }));
      return (text === "" ? undefined : JSON.parse(text)) as T;
    },
    async *events<T>(path: string): AsyncIterable<T> {
      for await (const data of readEvents(await ask("GET", path, { accept: "text/event-stream" })))
        yield JSON.parse(data) as T;
    },
    download: (path) => ask("GET", path, { accept: "*/*" }),
    async upload<T>(path: string, file: string): Promise<T> {
      const { size: bytes } = await stat(file);
      const body = { stream: createReadStream(file), bytes };
      return JSON.parse(await readText(await ask("PUT", path, { accept: "application/json", body }))) as T;
    },
  };
}

/** The `data` of each event of a `text/event-stream`. */
export async function* readEvents(stream: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) {
    text = (text + decoder.decode(chunk, { stream: true })).replaceAll("\r\n", "\n");
    const events = text.split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) {
      const data = event.split("\n").filter((line) => line.startsWith("data:"));
      if (data.length > 0) yield data.map((line) => line.slice(5).trimStart()).join("\n");
    }
  }
}

async function readProblem(url: string, status: number, answer: IncomingMessage): Promise<ProblemAnswer> {
  const text = await readText(answer);
  try {
    const body = JSON.parse(text) as Partial<ProblemAnswer>;
    if (typeof body.code === "string" && typeof body.detail === "string") return body as ProblemAnswer;
  } catch {
    // Not Graft's own answer: a proxy in between, or another server at that address.
  }
  const detail = `${url} answered ${status} without problem details.`;
  return { status, code: "NOT_GRAFT", detail, hint: "Is this the address of a Graft host?" };
}

function unreachable(host: HostAddress, cause: NodeJS.ErrnoException) {
  const reason = cause.code ?? String(cause);
  return apiError({
    status: 503,
    code: "HOST_UNREACHABLE",
    detail: `The host at ${host.url} cannot be reached (${reason}).`,
    hint: `Start it with \`npm start\`; the address comes from ${host.source}.`,
  });
}
