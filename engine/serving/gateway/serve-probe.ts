import type { IncomingMessage, ServerResponse } from "node:http";
import { methodNotAllowed, sendProblem } from "./send-problem.ts";
import type { GatewayDeps } from "./types.ts";

/** `/healthz`: the process lives. `/readyz`: it can serve, 503 with the reasons when not. False for any other path. */
export function serveProbe(
  req: IncomingMessage,
  res: ServerResponse,
  deps: Pick<GatewayDeps, "ready" | "log">,
): boolean {
  const path = req.url?.split("?", 1)[0];
  if (path !== "/healthz" && path !== "/readyz") return false;
  if (req.method !== "GET" && req.method !== "HEAD") {
    sendProblem(res, methodNotAllowed(req.method, ["GET", "HEAD"]), deps.log);
  } else if (path === "/healthz") {
    answer(res, 200, { status: "ok" });
  } else {
    deps.ready().then(
      (state) => answer(res, state.ready ? 200 : 503, state),
      (error: unknown) => sendProblem(res, error, deps.log),
    );
  }
  return true;
}

function answer(res: ServerResponse, status: number, body: object): void {
  const bytes = Buffer.from(JSON.stringify(body));
  res.writeHead(status, {
    "content-type": "application/json",
    "content-length": bytes.length,
    "cache-control": "no-store",
  });
  res.end(res.req.method === "HEAD" ? undefined : bytes);
}
