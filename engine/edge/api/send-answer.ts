import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { matchesEntityTag } from "../../../sdk/http/matches-entity-tag.ts";
import type { Answer, Route, ServerEvent } from "./types.ts";

const heartbeatMs = 15_000;
const kinds = new Set(["graft-reply", "graft-events", "graft-file"]);

/** Writes what a handler returned. Resolves when the answer has ended or the client has left. */
export async function sendAnswer(res: ServerResponse, route: Route, value: unknown): Promise<void> {
  if (!isAnswer(value)) {
    if (value === undefined) res.writeHead(204, { "cache-control": "no-store" }).end();
    else sendJson(res, { status: route.status, body: value });
  } else if (value.kind === "graft-reply") {
    sendJson(res, value);
  } else if (value.kind === "graft-file") {
    await sendFile(res, value);
  } else {
    await sendEvents(res, value.events);
  }
}

export function isAnswer(value: unknown): value is Answer {
  return typeof value === "object" && value !== null && kinds.has((value as { kind?: string }).kind ?? "");
}

function sendJson(
  res: ServerResponse,
  answer: { status: number; body: unknown; headers?: Record<string, string> },
): void {
  const { status, body } = answer;
  const bytes = Buffer.from(JSON.stringify(body));
  const { method, headers: asked } = res.req;
  const headers: Record<string, string> = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    ...answer.headers,
  };
  if (status === 200 && (method === "GET" || method === "HEAD")) {
    // What asks every few seconds gets 304, not the same list again.
    headers.etag ??= `"${createHash("sha1").update(bytes).digest("base64url")}"`;
    if (matchesEntityTag(asked["if-none-match"], headers.etag)) {
      res.writeHead(304, headers).end();
      return;
    }
  }
  res.writeHead(status, { "content-type": "application/json", "content-length": bytes.length, ...headers });
  res.end(method === "HEAD" ? undefined : bytes);
}

async function sendFile(res: ServerResponse, file: Extract<Answer, { kind: "graft-file" }>): Promise<void> {
  res.writeHead(200, {
    "content-type": file.mediaType,
    "content-length": file.bytes,
    "content-disposition": `attachment; filename="${file.name.replaceAll(/[^\w.-]/g, "_")}"`,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  try {
    if (res.req.method === "HEAD") res.end();
    else await pipeline(createReadStream(file.path), res);
  } finally {
    if (file.once) await rm(file.path, { force: true });
  }
}

async function sendEvents(res: ServerResponse, events: AsyncIterable<ServerEvent>): Promise<void> {
  res.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    // nginx would hold events back until its buffer is full.
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
  });
  if (res.req.method === "HEAD") {
    res.end();
    return;
  }
  res.flushHeaders();
  // Proxies close what is silent, and a write is how a vanished client is noticed.
  const heartbeat = setInterval(() => res.write(":\n\n"), heartbeatMs);
  try {
    for await (const { event, data } of events) {
      if (res.destroyed) break;
      const line = `${event === undefined ? "" : `event: ${event}\n`}data: ${JSON.stringify(data)}\n\n`;
      if (!res.write(line)) await drained(res);
    }
  } finally {
    clearInterval(heartbeat);
    res.end();
  }
}

function drained(res: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      res.off("drain", done);
      res.off("close", done);
      resolve();
    };
    res.on("drain", done);
    res.on("close", done);
  });
}
