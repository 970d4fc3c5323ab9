import type { IncomingMessage } from "node:http";
import { problem } from "./problem.ts";
import type { StandardIssue, StandardSchema } from "./types.ts";

/** The whole body. @throws 413 as soon as it is known to be larger than the limit */
export async function readBytes(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  if (Number(request.headers["content-length"] ?? 0) > limitBytes) throw tooLarge(limitBytes);
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop must not end the connection: the refusal still has to travel on it.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limitBytes) throw tooLarge(limitBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** @throws 400 for broken JSON, 413, 415 for another media type, 422 with `issues` when the schema refuses it */
export async function readJson<T>(
  request: IncomingMessage,
  limitBytes: number,
  schema?: StandardSchema<T>,
): Promise<unknown> {
  const type = request.headers["content-type"];
  if (type !== undefined && !/^application\/([\w.-]+\+)?json\b/i.test(type)) {
    throw problem(415, `Send JSON with Content-Type application/json; this was ${type}.`);
  }
  const text = (await readBytes(request, limitBytes)).toString("utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw problem(400, `The body is not JSON: ${(cause as Error).message}`, { code: "BODY_NOT_JSON", cause });
  }
  if (!schema) return value;
  const result = await schema["~standard"].validate(value);
  if (!result.issues) return result.value;
  const issues = result.issues.map((issue) => ({ path: issuePath(issue), message: issue.message }));
  const first = issues[0];
  throw problem(422, first ? `${first.path || "body"}: ${first.message}` : "The body is not valid.", {
    code: "BODY_INVALID",
    details: { issues },
  });
}

function issuePath(issue: StandardIssue): string {
  return (issue.path ?? []).map((p) => String(typeof p === "object" ? p.key : p)).join(".");
}

function tooLarge(limitBytes: number) {
  return problem(413, `The body is larger than ${Math.floor(limitBytes / 1024)} KiB.`, {
    details: { limitBytes },
  });
}
