import { openAsBlob } from "node:fs";
import { apiError, type ProblemAnswer } from "./cli-error.ts";
import type { HostAddress } from "./find-host.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** The host's HTTP API below `/api/v1/graft`. */
export interface Client {
  readonly url: string;
  /** @returns the answer's JSON; undefined for 204. @throws ApiError */
  call<T>(method: Method, path: string, body?: unknown): Promise<T>;
  /** The JSON of each server-sent event, until the stream ends. @throws ApiError */
  events<T>(path: string): AsyncIterable<T>;
  /** The raw answer, for downloads. @throws ApiError */
  download(path: string): Promise<Response>;
  /** Puts a file there. @returns the answer's JSON. @throws ApiError */
  upload<T>(path: string, file: string): Promise<T>;
}

export function createClient(host: HostAddress): Client {
  async function send(method: Method, path: string, accept: string, body?: unknown): Promise<Response> {
    let response: Response;
    const file = body instanceof Blob ? body : null;
    const mediaType = file ? "application/octet-stream" : "application/json";
    try {
      response = await fetch(`${host.url}/api/v1/graft${path}`, {
        method,
        headers: {
          accept,
          authorization: `Bearer ${host.token}`,
          ...(body === undefined ? {} : { "content-type": mediaType }),
        },
        ...(body === undefined ? {} : { body: file ?? JSON.stringify(body) }),
      });
    } catch (cause) {
      throw unreachable(host, cause);
    }
    if (!response.ok) throw apiError(await readProblem(response));
    return response;
  }

  return {
    url: host.url,
    async call<T>(method: Method, path: string, body?: unknown): Promise<T> {
      const response = await send(method, path, "application/json", body);
      const text = await response.text();
      return (text === "" ? undefined : JSON.parse(text)) as T;
    },
    async *events<T>(path: string): AsyncIterable<T> {
      const response = await send("GET", path, "text/event-stream");
      if (response.body) for await (const data of readEvents(response.body)) yield JSON.parse(data) as T;
    },
    download: (path) => send("GET", path, "*/*"),
    upload: async <T>(path: string, file: string) =>
      (await (await send("PUT", path, "application/json", await openAsBlob(file))).json()) as T,
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

async function readProblem(response: Response): Promise<ProblemAnswer> {
  const text = await response.text();
  try {
    const body = JSON.parse(text) as Partial<ProblemAnswer>;
    if (typeof body.code === "string" && typeof body.detail === "string") return body as ProblemAnswer;
  } catch {
    // Not Graft's own answer: a proxy in between, or another server at that address.
  }
  const detail = `${response.url} answered ${response.status} without problem details.`;
  return { status: response.status, code: "NOT_GRAFT", detail, hint: "Is this the address of a Graft host?" };
}

function unreachable(host: HostAddress, cause: unknown) {
  const reason = (cause as { cause?: { code?: string } }).cause?.code ?? String(cause);
  return apiError({
    status: 503,
    code: "HOST_UNREACHABLE",
    detail: `The host at ${host.url} cannot be reached (${reason}).`,
    hint: `Start it with \`npm start\`; the address comes from ${host.source}.`,
  });
}
