import type { IncomingMessage, ServerResponse } from "node:http";
import type { Host } from "../engine/edge/host/index.ts";
import { withRequestLocale } from "./request-locale.ts";
import { stampRequest } from "./request-stamp.ts";
import { identifyCookie, sessionSecret } from "./session-cookie.ts";

export { setEngine } from "./engine.ts";
export { pageFiles } from "./page-files.ts";

/** What the gateway asks of a session cookie, with the key derived once. */
export function cookieReader(engineSecret: Buffer) {
  const secret = sessionSecret(engineSecret);
  return (cookieHeader: string | undefined) => identifyCookie(cookieHeader, secret);
}

type Handler = (req: IncomingMessage, res: ServerResponse) => unknown;

/** Who answers a request: the gateway what is a module's or the API's, then files of the build, then Next. */
export function createRequestHandler(by: {
  gateway: Host["gateway"];
  /** False: it is no such file. */
  files: (req: IncomingMessage, res: ServerResponse) => boolean;
  pages: Handler;
  behindProxy: boolean;
}): Handler {
  const { gateway, files, pages, behindProxy } = by;
  return (req, res) => {
    if (gateway.handle(req, res) || files(req, res)) return;
    stampRequest(req, { behindProxy });
    void withRequestLocale(() => pages(req, res));
  };
}
