import type { IncomingMessage } from "node:http";
import { type Readable, Transform } from "node:stream";
import { GraftError } from "../../core/index.ts";

/**
 * The body to send on, counted on its way; null when there is none. What the receiver does not read is read here and
 * thrown away, because a body left on a kept-alive connection would block the request behind it.
 * @throws PAYLOAD_TOO_LARGE at once for an announced length; as the stream's error for one that only turns out so
 */
export function limitBody(req: IncomingMessage, limitBytes: number): Readable | null {
  const announced = req.headers["content-length"];
  if (announced === undefined && req.headers["transfer-encoding"] === undefined) return null;
  if (announced === "0") return null;
  if (announced !== undefined && Number(announced) > limitBytes) {
    req.resume();
    throw tooLarge(limitBytes);
  }
  let seen = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      seen += chunk.length;
      if (seen > limitBytes) done(tooLarge(limitBytes));
      else done(null, chunk);
    },
  });
  req.once("close", () => {
    if (!req.complete) counter.destroy(new Error("the client went away while sending its body"));
  });
  counter.once("close", () => {
    if (req.readableEnded) return;
    req.unpipe(counter);
    req.resume();
  });
  // Its reader handles errors while it reads; one after that must not end the process.
  counter.on("error", () => {});
  return req.pipe(counter);
}

function tooLarge(limitBytes: number): GraftError {
  return new GraftError("PAYLOAD_TOO_LARGE", `The request body is larger than ${limitBytes} bytes.`, {
    hint: "Send it in several parts.",
    details: { limitBytes },
  });
}
