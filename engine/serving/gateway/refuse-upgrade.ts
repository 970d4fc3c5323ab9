import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { GraftError, toProblem } from "../../core/index.ts";

/** Answers an upgrade of a module's address with a problem and closes; false for addresses that are not the gateway's. */
export function refuseUpgrade(req: IncomingMessage, socket: Duplex): boolean {
  if (!/^\/(api\/v[0-9]|frames\/)/.test(req.url ?? "")) return false;
  const refusal = new GraftError("INVALID_INPUT", "Modules cannot be reached over WebSockets.", {
    hint: "Stream answers with server-sent events or NDJSON.",
  });
  const problem = toProblem(refusal, () => {});
  const body = JSON.stringify(problem);
  socket.on("error", () => {});
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\ncontent-type: application/problem+json\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
  return true;
}
